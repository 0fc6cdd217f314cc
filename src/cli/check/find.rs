//! Which files a run checks.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The file name's ending of a fixture.
const ENDING: &str = "nvp";

/// Every file that is named and every fixture below a directory that is, each once, in order of their
/// paths.
///
/// # Errors
/// The sentence names the path that cannot be read, or that has no fixture.
pub fn find(paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut found = BTreeSet::new();
    for path in paths {
        let mut below = Vec::new();
        for entry in WalkDir::new(path) {
            let entry = entry.map_err(|error| match error.io_error() {
                Some(cause) => format!("{}: {cause}", error.path().unwrap_or(path).display()),
                None => error.to_string(),
            })?;
            let named = entry.depth() == 0;
            if entry.file_type().is_file() && (named || is_fixture(entry.path())) {
                below.push(entry.into_path());
            }
        }
        if below.is_empty() {
            return Err(format!("{}: no fixture (*.{ENDING}) here", path.display()));
        }
        found.extend(below);
    }
    Ok(found.into_iter().collect())
}

fn is_fixture(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == ENDING)
}
