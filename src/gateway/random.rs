//! The values that nobody can guess. They come from the randomness of a merchant's world.

use crate::environment::World;
use crate::op::Random;
use data_encoding::{BASE64, HEXLOWER};

const UPPER: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &[u8] = b"0123456789";

impl Random for World {
    fn session_id(&self) -> String {
        format!("SESSION0002{}", self.characters(UPPER, 20))
    }

    fn session_version(&self) -> String {
        HEXLOWER.encode(&self.bytes(4))
    }

    fn aes256_key(&self) -> String {
        BASE64.encode(&self.bytes(32))
    }

    fn success_indicator(&self) -> String {
        HEXLOWER.encode(&self.bytes(8))
    }

    fn link_id(&self) -> String {
        format!("PAYLINK0001{}", self.characters(UPPER, 20))
    }

    fn token_digits(&self) -> String {
        self.characters(DIGITS, 15)
    }

    fn conversion_id(&self) -> String {
        self.characters(UPPER, 20)
    }
}
