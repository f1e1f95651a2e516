//! The proof of submission that a person can keep (Statement R4.2): it says that something came, when,
//! and a digest of it sealed; nothing of what it says.

use std::fmt::Write;

use jiff::Timestamp;
use safehold_core::reference::Reference;

use crate::installation::{VerifyKey, parse_signature};

const TITLE: &str = "safehold receipt v1";

/// Why a text is not a receipt of this installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// It does not begin as receipts do.
    #[error("a receipt begins with `safehold receipt v1`")]
    Title,
    /// A line is not there.
    #[error("the line `{name}:` is missing")]
    Missing {
        /// Its name.
        name: &'static str,
    },
    /// A line does not hold what it should.
    #[error("the line `{name}:` is not as it was given")]
    Line {
        /// Its name.
        name: &'static str,
    },
    /// All is there, but this installation did not sign it so.
    #[error("not signed by this installation, or changed since")]
    Signature,
}

/// What a receipt says.
///
/// ```text
/// safehold receipt v1
/// number: K7QP-3M2X
/// received: 2026-11-24T09:30:00Z
/// digest: hexadecimal SHA-256 of the sealed report
/// signed: base64 of the Ed25519 signature
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The number of the report.
    pub number: Reference,
    /// When it was received, to the second.
    pub at: Timestamp,
    /// [`crate::Sealed::digest`] of the report as it was stored.
    pub digest: [u8; 32],
}

impl Receipt {
    /// The lines that are signed.
    pub(crate) fn signed_text(&self) -> String {
        let second = Timestamp::from_second(self.at.as_second()).unwrap_or(self.at);
        let mut text = format!("{TITLE}\nnumber: {}\nreceived: {second}\ndigest: ", self.number);
        for byte in self.digest {
            // Writing to a text cannot go wrong.
            let _ = write!(text, "{byte:02x}");
        }
        text.push('\n');
        text
    }

    /// Reads a receipt and checks its signature.
    ///
    /// Blank lines, space around lines, lines that were wrapped or quoted in a mail, and other line ends
    /// do not matter.
    pub fn verify(text: &str, by: &VerifyKey) -> Result<Self, ReceiptError> {
        let (receipt, signature) = Self::parse(text)?;
        by.verify_receipt(&receipt.signed_text(), &signature)
            .map_err(|_| ReceiptError::Signature)?;
        Ok(receipt)
    }

    /// Reads a receipt without checking its signature, which comes with it.
    pub fn parse(text: &str) -> Result<(Self, [u8; 64]), ReceiptError> {
        let lines = text
            .lines()
            .map(|line| line.trim_matches(|char: char| char.is_whitespace() || char == '>'));
        let mut lines = lines.filter(|line| !line.is_empty());
        let title = lines.next().map(|line| line.trim_start_matches('\u{feff}'));
        if !title.is_some_and(|title| title.eq_ignore_ascii_case(TITLE)) {
            return Err(ReceiptError::Title);
        }
        let mut fields: [(&'static str, Option<String>); 4] = [
            ("number", None),
            ("received", None),
            ("digest", None),
            ("signed", None),
        ];
        let mut current = None;
        for line in lines {
            let named = line.split_once(':').and_then(|(name, value)| {
                let name = name.trim_end();
                let place = fields
                    .iter()
                    .position(|(known, _)| name.eq_ignore_ascii_case(known))?;
                Some((place, value.trim_start()))
            });
            // A line without a name goes on with the one before.
            let (place, value) = match (named, current) {
                (Some(named), _) => named,
                (None, Some(place)) => (place, line),
                (None, None) => return Err(ReceiptError::Missing { name: "number" }),
            };
            let Some((name, field)) = fields.get_mut(place) else {
                continue;
            };
            match field {
                Some(_) if named.is_some() => return Err(ReceiptError::Line { name }),
                Some(field) => field.push_str(value),
                None => *field = Some(value.to_owned()),
            }
            current = Some(place);
        }
        let [number, received, digest, signed] =
            fields.map(|(name, value)| value.ok_or(ReceiptError::Missing { name }));
        let line = |name| ReceiptError::Line { name };
        let receipt = Self {
            number: number?.parse().map_err(|_| line("number"))?,
            at: received?.parse().map_err(|_| line("received"))?,
            digest: parse_digest(&digest?).ok_or(line("digest"))?,
        };
        let signature = parse_signature(&signed?).ok_or(line("signed"))?;
        Ok((receipt, signature))
    }
}

fn parse_digest(text: &str) -> Option<[u8; 32]> {
    let mut digits = text.chars().filter(|char| !char.is_whitespace());
    let mut digest = [0; 32];
    for byte in &mut digest {
        let high = digits.next()?.to_digit(16)?;
        let low = digits.next()?.to_digit(16)?;
        *byte = u8::try_from(high << 4 | low).ok()?;
    }
    digits.next().is_none().then_some(digest)
}
