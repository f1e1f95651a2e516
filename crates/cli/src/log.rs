//! Logging: lines on standard error, one for each event, whatever a value holds.

use std::io::{self, Write};

use tracing_subscriber::fmt::MakeWriter;

use crate::config::Config;

/// Begins to log to standard error: a sentence and fields, never content, names, addresses or links.
///
/// # Errors
/// If logging has begun already.
pub fn begin(config: &Config) -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::new(format!(
        "warn,safehold={0},safehold_app={0},safehold_jobs={0},safehold_web={0},safehold_store={0}",
        config.log
    ));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(OneLine(io::stderr))
        .with_ansi(false)
        .try_init()
        .map_err(|_| anyhow::anyhow!("logging has begun already"))
}

/// Makes writers that keep each event on one line: a value with a line break in it could otherwise look like an event
/// that never was.
struct OneLine<M>(M);

impl<'a, M: MakeWriter<'a>> MakeWriter<'a> for OneLine<M> {
    type Writer = Escaped<M::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        Escaped(self.0.make_writer())
    }
}

/// Gets an event as a whole, with the one line break that ends it.
struct Escaped<W>(W);

impl<W: Write> Write for Escaped<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        self.0.write_all(&escaped(event))?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn escaped(event: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(event);
    let line = text.strip_suffix('\n').unwrap_or(&text);
    let mut out = String::with_capacity(text.len());
    for char in line.chars() {
        // U+2028 and U+2029 are line breaks to some that show logs.
        if char.is_control() || ['\u{2028}', '\u{2029}'].contains(&char) {
            out.extend(char.escape_unicode());
        } else {
            out.push(char);
        }
    }
    out.push('\n');
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex, PoisonError};

    use super::*;

    /// Keeps what is written.
    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn an_event_is_one_line_whatever_is_in_its_values() {
        let kept = Kept::default();
        let maker = kept.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_writer(OneLine(move || maker.clone()))
            .with_ansi(false)
            .finish();
        let nasty = "a\r\n2026-11-24T10:00:00Z ERROR safehold: made up\u{1b}[2J\u{2028}b\u{85}c";
        tracing::subscriber::with_default(subscriber, || {
            tracing::warn!(value = %nasty, other = ?nasty, "first");
            tracing::warn!("second");
        });
        let bytes = kept.0.lock().unwrap().clone();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text.lines().count(), 2, "{text}");
        assert!(text.lines().all(|line| !line.chars().any(char::is_control)));
        assert!(text.contains("made up") && text.contains("second"), "{text}");
    }
}
