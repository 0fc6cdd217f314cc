//! A request's body, as long as it keeps to its limits.

use crate::domain::rejection::{Mistake, Rejection};
use crate::limits;
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_LENGTH, HeaderMap, TRANSFER_ENCODING};
use actix_web::web::{Bytes, BytesMut};
use futures_util::{FutureExt, Stream, StreamExt};
use std::pin::pin;
use std::time::Duration;

/// Reads the whole body: at most [`limits::BODY_BYTES`], with or without a Content-Length, in at most `time`.
/// After an error what is left of the body is still in `payload`.
///
/// Without a length and without chunks there is no body, even where the request asks to upgrade the
/// connection and actix-http would read to its end.
pub(super) async fn body(
    headers: &HeaderMap,
    payload: &mut (impl Stream<Item = Result<Bytes, PayloadError>> + Unpin),
    time: Duration,
) -> Result<Bytes, Rejection> {
    let declared = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.trim().parse::<u64>().ok());
    let at_most = match declared {
        Some(declared) => usize::try_from(declared).map_err(|_| too_large())?,
        None if headers.contains_key(TRANSFER_ENCODING) => usize::MAX,
        None => 0,
    };
    if declared.is_some() && at_most > limits::BODY_BYTES {
        return Err(too_large());
    }
    if at_most == 0 {
        return Ok(Bytes::new());
    }
    // actix-http polls a handler when it has parsed the head, and again when it has handed over what it read
    // after it. Looking at the body only then finds nearly every body whole, and needs no timer.
    tokio::task::yield_now().await;
    let mut collecting = pin!(collect(payload, at_most));
    if let Some(body) = collecting.as_mut().now_or_never() {
        return body;
    }
    match tokio::time::timeout(time, collecting).await {
        Ok(body) => body,
        Err(_) => Err(Rejection::general(
            Mistake::Slow,
            format!("The body did not arrive within {} seconds.", time.as_secs()),
        )),
    }
}

async fn collect(
    payload: &mut (impl Stream<Item = Result<Bytes, PayloadError>> + Unpin),
    at_most: usize,
) -> Result<Bytes, Rejection> {
    let mut first = Bytes::new();
    let mut joined = BytesMut::new();
    while first.len() + joined.len() < at_most {
        let Some(chunk) = payload.next().await else { break };
        let mut chunk =
            chunk.map_err(|_| Rejection::general(Mistake::Request, "The body could not be read to its end."))?;
        let length = first.len() + joined.len();
        // Only on a connection that is to be upgraded does more come than was declared.
        chunk.truncate(at_most - length);
        if length + chunk.len() > limits::BODY_BYTES {
            return Err(too_large());
        }
        // Nearly every body is one chunk, which is then not copied.
        if length == 0 {
            first = chunk;
        } else {
            joined.extend_from_slice(&std::mem::take(&mut first));
            joined.extend_from_slice(&chunk);
        }
    }
    Ok(if joined.is_empty() { first } else { joined.freeze() })
}

fn too_large() -> Rejection {
    Rejection::general(Mistake::TooLarge, format!("The body is longer than {} bytes.", limits::BODY_BYTES))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};
    use futures_util::stream;

    fn read(headers: &HeaderMap, chunks: Vec<Result<Bytes, PayloadError>>) -> Result<Bytes, Mistake> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let mut chunks = stream::iter(chunks);
        let read = body(headers, &mut chunks, limits::BODY_TIME);
        runtime.block_on(read).map_err(|rejection| rejection.mistake())
    }

    fn header(name: HeaderName, value: &str) -> HeaderMap {
        [(name, HeaderValue::from_str(value).unwrap())].into_iter().collect()
    }

    fn pieces(sizes: &[usize]) -> Vec<Result<Bytes, PayloadError>> {
        sizes.iter().enumerate().map(|(at, size)| Ok(Bytes::from(vec![b'a' + at as u8; *size]))).collect()
    }

    #[test]
    fn chunks_are_joined_in_their_order() {
        let chunked = header(TRANSFER_ENCODING, "chunked");
        assert_eq!(read(&chunked, Vec::new()).unwrap(), Bytes::new(), "no chunk is an empty body");
        assert_eq!(read(&chunked, pieces(&[0, 2, 0, 1])).unwrap(), Bytes::from("bbd"));
        assert_eq!(read(&chunked, pieces(&[1, 2, 3])).unwrap(), Bytes::from("abbccc"));
    }

    #[test]
    fn no_more_is_read_than_was_declared() {
        assert_eq!(read(&header(CONTENT_LENGTH, "2"), pieces(&[1, 5])).unwrap(), Bytes::from("ab"));
        assert_eq!(read(&header(CONTENT_LENGTH, "0"), pieces(&[5])).unwrap(), Bytes::new());
        assert_eq!(read(&HeaderMap::new(), pieces(&[5])).unwrap(), Bytes::new(), "nothing declared, nothing read");
    }

    #[test]
    fn the_limit_holds_with_and_without_a_declared_length() {
        let chunked = header(TRANSFER_ENCODING, "chunked");
        assert_eq!(read(&chunked, pieces(&[limits::BODY_BYTES])).unwrap().len(), limits::BODY_BYTES, "at the limit");
        assert_eq!(read(&chunked, pieces(&[limits::BODY_BYTES, 1])), Err(Mistake::TooLarge), "one byte over it");
        for declared in [(limits::BODY_BYTES + 1).to_string(), u64::MAX.to_string()] {
            let declared = header(CONTENT_LENGTH, &declared);
            assert_eq!(read(&declared, Vec::new()), Err(Mistake::TooLarge), "before a byte of it was read");
        }
    }

    #[test]
    fn a_body_that_breaks_off_is_the_caller_s_mistake() {
        let broken = vec![Ok(Bytes::from("a=")), Err(PayloadError::Incomplete(None))];
        assert_eq!(read(&header(CONTENT_LENGTH, "5"), broken), Err(Mistake::Request));
    }
}
