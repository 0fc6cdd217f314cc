//! Where the key that wraps all others comes from.

use super::OpenError;
use crate::domain::secret::Secret;
use data_encoding::{BASE64, HEXLOWER, HEXLOWER_PERMISSIVE};
use ring::rand::{SecureRandom, SystemRandom};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The file that holds the master key where none was given, inside the data directory.
const OWN_FILE: &str = "master.key";

/// The 32 bytes of a master key.
pub(super) type MasterKeyBytes = Zeroizing<[u8; 32]>;

/// Where the store's master key comes from. As text it is 32 bytes in hex or Base64.
#[derive(Clone, Debug)]
pub enum MasterKey {
    /// The text itself (`NVPGATE_MASTER_KEY`).
    Given(Secret),
    /// A file that holds the text (`master_key_file`).
    File(PathBuf),
    /// `master.key` in the data directory, made with mode 0600 when the store is made. Whoever copies the
    /// whole directory then has records and key together, which is why making it is logged as a warning.
    InDataDirectory,
}

impl MasterKey {
    /// The key's bytes. `store_exists` says whether there are records already, which a new key could not open.
    pub(super) fn bytes(&self, data: &Path, store_exists: bool) -> Result<MasterKeyBytes, OpenError> {
        match self {
            MasterKey::Given(text) => decode(text.expose()).ok_or_else(|| OpenError::MasterKeyForm {
                key: "NVPGATE_MASTER_KEY",
                place: "the environment".to_owned(),
            }),
            MasterKey::File(path) => read(path),
            MasterKey::InDataDirectory => {
                let path = data.join(OWN_FILE);
                if !store_exists && !path.exists() {
                    make(&path)
                        .map_err(|cause| OpenError::MasterKeyFile { path: path.clone(), cause: cause.to_string() })?;
                    log::warn!(
                        "made a master key for the store in {}: without this file no record can be read; keep it \
                         elsewhere and name it by master_key_file or NVPGATE_MASTER_KEY",
                        path.display()
                    );
                }
                read(&path)
            }
        }
    }

    /// The key's bytes for a store that several nodes share, and that has no directory to make a key in.
    pub(super) fn shared_bytes(&self) -> Result<MasterKeyBytes, OpenError> {
        match self {
            MasterKey::InDataDirectory => Err(OpenError::NoSharedMasterKey),
            MasterKey::Given(_) | MasterKey::File(_) => self.bytes(Path::new(""), true),
        }
    }
}

fn read(path: &Path) -> Result<MasterKeyBytes, OpenError> {
    let text = fs::read_to_string(path)
        .map(Zeroizing::new)
        .map_err(|cause| OpenError::MasterKeyFile { path: path.to_owned(), cause: cause.to_string() })?;
    decode(&text).ok_or_else(|| OpenError::MasterKeyForm { key: "master_key_file", place: path.display().to_string() })
}

/// 64 hex digits or 44 characters of Base64, white space around them aside.
fn decode(text: &str) -> Option<MasterKeyBytes> {
    let text = text.trim().as_bytes();
    let bytes = Zeroizing::new(HEXLOWER_PERMISSIVE.decode(text).or_else(|_| BASE64.decode(text)).ok()?);
    <[u8; 32]>::try_from(bytes.as_slice()).ok().map(Zeroizing::new)
}

/// Writes a new key beside its place and moves it there, so that a crash leaves either none or a whole one.
fn make(path: &Path) -> io::Result<()> {
    let mut bytes = MasterKeyBytes::default();
    SystemRandom::new()
        .fill(bytes.as_mut())
        .map_err(|_| io::Error::other("the operating system gave no random bytes"))?;
    let text = Zeroizing::new(HEXLOWER.encode(bytes.as_ref()) + "\n");
    let unfinished = path.with_extension("unfinished");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    match path.parent() {
        Some(directory) => File::open(directory)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn hex_and_base64_of_32_bytes_are_read_and_nothing_else() {
        let hex = "000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F";
        let base64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        let bytes: Vec<u8> = (0..32).collect();
        for good in [hex, base64, "\t000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\r\n"] {
            assert_eq!(decode(good).map(|key| key.to_vec()), Some(bytes.clone()), "{good:?}");
        }
        for bad in ["", "00", &hex[2..], &format!("{hex}00"), &base64[4..], "not a key at all, just some words......"] {
            assert!(decode(bad).is_none(), "{bad:?} is no key");
        }
    }

    #[test]
    fn an_own_key_is_made_once_and_only_its_owner_can_read_it() {
        let data = tempfile::tempdir().unwrap();
        let first = MasterKey::InDataDirectory.bytes(data.path(), false).unwrap();
        let again = MasterKey::InDataDirectory.bytes(data.path(), true).unwrap();
        assert_eq!(first, again, "the key of the first start is the key of the second");
        let mode = fs::metadata(data.path().join(OWN_FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_lost_key_is_not_replaced_by_a_new_one() {
        let data = tempfile::tempdir().unwrap();
        let error = MasterKey::InDataDirectory.bytes(data.path(), true).unwrap_err();
        assert!(matches!(error, OpenError::MasterKeyFile { .. }), "{error}");
        assert!(!data.path().join(OWN_FILE).exists(), "no key was made that could open nothing");
    }

    #[test]
    fn errors_name_the_place_and_never_the_text() {
        let data = tempfile::tempdir().unwrap();
        let file = data.path().join("k");
        fs::write(&file, "0123456789abcdef").unwrap();
        for key in [MasterKey::File(file), MasterKey::Given(Secret::new("0123456789abcdef"))] {
            let error = key.bytes(data.path(), false).unwrap_err();
            let shown = format!("{error} {error:?} {key:?}");
            assert!(!shown.contains("0123456789abcdef"), "{shown}");
            assert!(matches!(error, OpenError::MasterKeyForm { .. }), "{shown}");
        }
    }
}
