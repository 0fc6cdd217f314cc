//! Points in time, in milliseconds, in the formats of the protocol.

use time::format_description::BorrowedFormatItem;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Month, OffsetDateTime};

const RFC_3339_MILLISECONDS: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
const DATE: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");
const COMPACT_DATE: &[BorrowedFormatItem<'_>] = format_description!("[year][month][day]");
const MONTH_DAY: &[BorrowedFormatItem<'_>] = format_description!("[month][day]");
const RECEIPT_TIME: &[BorrowedFormatItem<'_>] = format_description!("[year repr:last_two][ordinal][hour]");

/// A point in time, in milliseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The earliest time.
    pub const EARLIEST: Timestamp = Timestamp(i64::MIN);

    /// The time from milliseconds since 1970.
    pub fn from_milliseconds(milliseconds: i64) -> Timestamp {
        Timestamp(milliseconds)
    }

    /// Milliseconds since 1970.
    pub fn milliseconds(self) -> i64 {
        self.0
    }

    /// Reads a date and time as the protocol writes it, `2018-01-28T03:46:52.961Z`. Any number of decimals is
    /// allowed, and an offset in place of the Z.
    pub fn parse(text: &str) -> Option<Timestamp> {
        let moment = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        i64::try_from(moment.unix_timestamp_nanos().div_euclid(1_000_000)).ok().map(Timestamp)
    }

    /// The time plus a number of milliseconds.
    pub fn plus_milliseconds(self, milliseconds: i64) -> Timestamp {
        Timestamp(self.0.saturating_add(milliseconds))
    }

    /// The time plus a number of seconds.
    pub fn plus_seconds(self, seconds: i64) -> Timestamp {
        self.plus_milliseconds(seconds.saturating_mul(1000))
    }

    /// The same day and time a number of months later. A month without that day gives its last day.
    pub fn plus_months(self, months: u8) -> Timestamp {
        let moment = self.moment();
        let month = i32::from(u8::from(moment.month())) - 1 + i32::from(months);
        let year = moment.year() + month / 12;
        let date = u8::try_from(month % 12 + 1).ok().and_then(|month| Month::try_from(month).ok()).and_then(|month| {
            let day = moment.day().min(month.length(year));
            time::Date::from_calendar_date(year, month, day).ok()
        });
        // Such a date always exists up to the year 9999.
        let later = date.map_or(moment, |date| moment.replace_date(date));
        Timestamp(self.0.saturating_add(i64::try_from((later - moment).whole_milliseconds()).unwrap_or(0)))
    }

    /// The form of every timestamp in an answer, `2018-01-28T03:46:52.961Z`.
    pub fn to_protocol(self) -> String {
        self.format(RFC_3339_MILLISECONDS)
    }

    /// `2018-01-28`, the form of a settlement date.
    pub fn to_date(self) -> String {
        self.format(DATE)
    }

    /// `20180128`, the form of an acquirer's batch.
    pub fn to_compact_date(self) -> String {
        self.format(COMPACT_DATE)
    }

    /// `0128`, the form of an acquirer's date.
    pub fn to_month_day(self) -> String {
        self.format(MONTH_DAY)
    }

    /// The last digit of the year, the day of the year and the hour: the beginning of a receipt (`802803`).
    pub fn to_receipt_time(self) -> String {
        self.format(RECEIPT_TIME).split_off(1)
    }

    /// Year and month, to compare with a card's expiry.
    pub fn year_and_month(self) -> (u16, u8) {
        let moment = self.moment();
        (u16::try_from(moment.year()).unwrap_or(0), u8::from(moment.month()))
    }

    fn moment(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    fn format(self, description: &[BorrowedFormatItem<'_>]) -> String {
        // Formatting into memory cannot fail for a description without an offset.
        self.moment().format(description).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recorded_answer_s_forms_are_reproduced() {
        let recorded = Timestamp::from_milliseconds(1_517_111_212_961);
        assert_eq!(recorded.to_protocol(), "2018-01-28T03:46:52.961Z");
        assert_eq!(recorded.to_date(), "2018-01-28");
        assert_eq!(recorded.to_compact_date(), "20180128");
        assert_eq!(recorded.to_month_day(), "0128");
        assert_eq!(recorded.to_receipt_time(), "802803");
        assert_eq!(recorded.year_and_month(), (2018, 1));
        assert_eq!(Timestamp::parse("2018-01-28T03:46:52.961Z"), Some(recorded));
    }

    #[test]
    fn a_date_and_time_is_read_with_few_decimals_and_with_an_offset() {
        let at = |milliseconds| Some(Timestamp::from_milliseconds(milliseconds));
        for (text, expected) in [
            ("1970-01-01T00:00:01Z", at(1_000)),
            ("1970-01-01T00:00:01.04Z", at(1_040)),
            ("1970-01-01T01:00:01+01:00", at(1_000)),
            ("1969-12-31T23:59:59.9999Z", at(-1)),
            ("1970-01-01", None),
            ("1970-13-01T00:00:00Z", None),
            ("", None),
        ] {
            assert_eq!(Timestamp::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn months_have_their_own_lengths() {
        for (from, months, expected) in [
            ("2026-03-27T09:23:24.191Z", 3, "2026-06-27T09:23:24.191Z"),
            ("2026-11-30T00:00:00Z", 3, "2027-02-28T00:00:00.000Z"),
            ("2027-11-30T23:59:59Z", 3, "2028-02-29T23:59:59.000Z"),
            ("2026-12-31T00:00:00Z", 12, "2027-12-31T00:00:00.000Z"),
        ] {
            let later = Timestamp::parse(from).unwrap().plus_months(months);
            assert_eq!(later.to_protocol(), expected, "{from} and {months} months");
        }
    }
}
