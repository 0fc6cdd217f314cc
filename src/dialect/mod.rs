//! How older API versions name and word what this program knows once: requests on their way in, answers and errors on
//! their way out. [`renamings`] is the one table of names.

pub mod answers;
pub mod errors;
pub mod renamings;
pub mod requests;

use crate::spec::versions::Versions;

/// The API versions with the errors and masks of the first (observed in clients of versions 1 to 4). No text after
/// version 4 names the field of an error, so that the field `error.field` begins there (decided).
const FIRST_GENERATION: Versions = Versions::until(4);
