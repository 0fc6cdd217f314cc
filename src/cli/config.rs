//! `nvpgate config`: prints what is in effect.

use super::Settings;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

pub(super) fn run(settings: &Settings) -> Result<ExitCode, Box<dyn Error>> {
    let config = settings.load()?;
    std::io::stdout().lock().write_all(config.effective().as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
