//! Reads the tables of `catalogue/`, and says of a bad row in which file and line it stands.

use std::fmt;
use std::fs;
use std::path::Path;
use std::str::FromStr;

/// What is wrong with the catalogue, and where.
#[derive(Debug)]
pub struct Problem(String);

impl Problem {
    /// A problem with no single line.
    pub fn new(text: impl fmt::Display) -> Problem {
        Problem(text.to_string())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Problem {}

/// One row of a table.
pub struct Row {
    place: String,
    columns: &'static [&'static str],
    cells: Vec<String>,
}

impl Row {
    /// What stands in a column.
    pub fn text(&self, column: &str) -> &str {
        let at = self.columns.iter().position(|known| *known == column);
        at.and_then(|at| self.cells.get(at)).map(String::as_str).unwrap_or_default()
    }

    /// The name of the row, which is its first column.
    pub fn name(&self) -> &str {
        self.text("name")
    }

    /// A `yes` or a `no`.
    pub fn yes(&self, column: &str) -> Result<bool, Problem> {
        self.one_of(column, &[("yes", true), ("no", false)])
    }

    /// What the word of a column stands for.
    pub fn one_of<T: Copy>(&self, column: &str, words: &[(&str, T)]) -> Result<T, Problem> {
        let text = self.text(column);
        let found = words.iter().find(|(word, _)| *word == text);
        found.map(|(_, value)| *value).ok_or_else(|| {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.problem(format!("the column {column} says '{text}', and may say {}", words.join(", ")))
        })
    }

    /// A whole number.
    pub fn number<T: FromStr>(&self, column: &str) -> Result<T, Problem> {
        let text = self.text(column);
        text.parse().map_err(|_| self.problem(format!("the column {column} says '{text}', which is no number here")))
    }

    /// A whole number, or nothing.
    pub fn optional_number<T: FromStr>(&self, column: &str) -> Result<Option<T>, Problem> {
        if self.text(column).is_empty() { Ok(None) } else { self.number(column).map(Some) }
    }

    /// A problem with this row.
    pub fn problem(&self, text: impl fmt::Display) -> Problem {
        Problem::new(format_args!("{}: {text}", self.place))
    }
}

/// The rows of a table, which are sorted by name in byte order. A line that begins with `#` is a comment.
pub fn read(folder: &Path, file: &str, columns: &'static [&'static str]) -> Result<Vec<Row>, Problem> {
    let text = fs::read_to_string(folder.join(file))
        .map_err(|error| Problem::new(format_args!("catalogue/{file} cannot be read: {error}")))?;
    let mut rows: Vec<Row> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let place = format!("catalogue/{file}:{}", at + 1);
        if line.starts_with('#') {
            continue;
        }
        let row = Row { place, columns, cells: line.split('\t').map(str::to_owned).collect() };
        if at == 0 {
            if row.cells != columns {
                return Err(row.problem(format!("the first line names the columns {}", columns.join(", "))));
            }
            continue;
        }
        if row.cells.len() != columns.len() {
            return Err(row.problem(format!("{} columns, and there are {}", row.cells.len(), columns.len())));
        }
        if let Some(last) = rows.last().filter(|last| last.name() > row.name()) {
            return Err(row.problem(format!("{} stands behind {}, and rows are sorted", row.name(), last.name())));
        }
        rows.push(row);
    }
    Ok(rows)
}
