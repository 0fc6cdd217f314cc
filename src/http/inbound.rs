//! A request's body, as long as it keeps to its limits.

use crate::domain::failure::{Mistake, Rejection};
use crate::limits;
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_LENGTH, HeaderMap, TRANSFER_ENCODING};
use actix_web::web::{Bytes, BytesMut};
use futures_util::{FutureExt, Stream, StreamExt};
use std::pin::pin;
use std::time::Duration;

/// Reads the whole body: at most [`limits::BODY_BYTES`], with or without a Content-Length, in at most `time`.
pub(super) async fn body(
    headers: &HeaderMap,
    payload: impl Stream<Item = Result<Bytes, PayloadError>> + Unpin,
    time: Duration,
) -> Result<Bytes, Rejection> {
    let declared = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if declared.is_some_and(|declared| declared > limits::BODY_BYTES as u64) {
        return Err(too_large());
    }
    if declared.is_some_and(|declared| declared > 0) || headers.contains_key(TRANSFER_ENCODING) {
        // actix-http polls a handler when it has parsed the head, and again when it has handed over what it
        // read after it. Looking at the body only then finds nearly every body whole, and needs no timer.
        tokio::task::yield_now().await;
    }
    let mut collecting = pin!(collect(payload));
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

async fn collect(mut payload: impl Stream<Item = Result<Bytes, PayloadError>> + Unpin) -> Result<Bytes, Rejection> {
    let mut first = Bytes::new();
    let mut joined = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk =
            chunk.map_err(|_| Rejection::general(Mistake::Request, "The body could not be read to its end."))?;
        if first.len() + joined.len() + chunk.len() > limits::BODY_BYTES {
            return Err(too_large());
        }
        // Nearly every body is one chunk, which is then not copied.
        if first.is_empty() && joined.is_empty() {
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
    use actix_web::http::header::HeaderValue;
    use futures_util::stream;

    fn read(headers: &HeaderMap, chunks: Vec<Result<Bytes, PayloadError>>) -> Result<Bytes, Mistake> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let read = body(headers, stream::iter(chunks), limits::BODY_TIME);
        runtime.block_on(read).map_err(|rejection| rejection.mistake())
    }

    fn pieces(sizes: &[usize]) -> Vec<Result<Bytes, PayloadError>> {
        sizes.iter().enumerate().map(|(at, size)| Ok(Bytes::from(vec![b'a' + at as u8; *size]))).collect()
    }

    #[test]
    fn chunks_are_joined_in_their_order() {
        let none = HeaderMap::new();
        assert_eq!(read(&none, Vec::new()).unwrap(), Bytes::new(), "no body is an empty one");
        assert_eq!(read(&none, pieces(&[0, 2, 0, 1])).unwrap(), Bytes::from("bbd"));
        assert_eq!(read(&none, pieces(&[1, 2, 3])).unwrap(), Bytes::from("abbccc"));
    }

    #[test]
    fn the_limit_holds_with_and_without_a_declared_length() {
        let none = HeaderMap::new();
        assert_eq!(read(&none, pieces(&[limits::BODY_BYTES])).unwrap().len(), limits::BODY_BYTES, "at the limit");
        assert_eq!(read(&none, pieces(&[limits::BODY_BYTES, 1])), Err(Mistake::TooLarge), "one byte over it");
        let mut declared = HeaderMap::new();
        declared.insert(CONTENT_LENGTH, HeaderValue::from(limits::BODY_BYTES + 1));
        assert_eq!(read(&declared, Vec::new()), Err(Mistake::TooLarge), "before a byte of it was read");
    }

    #[test]
    fn a_body_that_breaks_off_is_the_caller_s_mistake() {
        let broken = vec![Ok(Bytes::from("a=")), Err(PayloadError::Incomplete(None))];
        assert_eq!(read(&HeaderMap::new(), broken), Err(Mistake::Request));
    }
}
