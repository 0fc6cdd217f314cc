//! `nvpgate config`: prints what is in effect.

use super::Settings;
use crate::config::Config;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

pub(super) fn run(settings: &Settings) -> Result<ExitCode, Box<dyn Error>> {
    print(&settings.load()?.effective())
}

pub(super) fn run_defaults() -> Result<ExitCode, Box<dyn Error>> {
    print(Config::DEFAULTS)
}

fn print(text: &str) -> Result<ExitCode, Box<dyn Error>> {
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
