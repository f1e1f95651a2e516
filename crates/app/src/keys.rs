//! The keys of a case, and the contexts that bind each ciphertext to its place.

use std::collections::BTreeMap;

use safehold_core::id::{CaseId, EventId, FileId, MessageId, PasskeyId, RequestId, UserId, VisitId};
use safehold_seal::{
    Context, OpenError, ReaderPublic, ReaderSecret, ReplyPublic, ReplySecret, SealError, Sealed,
    SymmetricKey, open_body, seal_body, unwrap_key, unwrap_key_reply, unwrap_key_symmetric, wrap_key,
    wrap_key_reply,
};
use safehold_store::wraps::{Holder, WrapRow};
use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

pub(crate) fn draft(visit: VisitId) -> Context {
    Context::new("draft", &[&visit.to_string()])
}

pub(crate) fn words_key(visit: VisitId) -> Context {
    Context::new("words-key", &[&visit.to_string()])
}

pub(crate) fn words_text(visit: VisitId) -> Context {
    Context::new("words-text", &[&visit.to_string()])
}

pub(crate) fn report(case: CaseId) -> Context {
    Context::new("report", &[&case.to_string()])
}

pub(crate) fn message(case: CaseId, message: MessageId) -> Context {
    Context::new("message", &[&case.to_string(), &message.to_string()])
}

pub(crate) fn event(case: CaseId, event: EventId) -> Context {
    Context::new("event", &[&case.to_string(), &event.to_string()])
}

/// A case's half of what is said of it and another, by the number of the half.
pub(crate) fn pattern_half(case: CaseId, epoch: i64, number: u32) -> Context {
    Context::new(
        "pattern-half",
        &[&case.to_string(), &epoch.to_string(), &number.to_string()],
    )
}

/// What is said of two cases, under the key of the first, in a half of the second.
pub(crate) fn pattern_words(keys_of: CaseId, half_of: CaseId) -> Context {
    Context::new("pattern-words", &[&keys_of.to_string(), &half_of.to_string()])
}

/// A file is sealed before it is known to which case it will belong, so only its own id binds it.
pub(crate) fn file(file: FileId) -> Context {
    Context::new("file", &[&file.to_string()])
}

pub(crate) fn case_key(case: CaseId, epoch: i64, holder: Holder) -> Context {
    Context::new(
        "case-key",
        &[&case.to_string(), &epoch.to_string(), &holder.to_string()],
    )
}

pub(crate) fn session(user: UserId) -> Context {
    Context::new("session", &[&user.to_string()])
}

pub(crate) fn passkey(user: UserId, passkey: PasskeyId) -> Context {
    Context::new("passkey", &[&user.to_string(), &passkey.to_string()])
}

pub(crate) fn passkey_attempt(user: UserId) -> Context {
    Context::new("passkey-attempt", &[&user.to_string()])
}

pub(crate) fn notice() -> Context {
    Context::new("notice-address", &[])
}

pub(crate) fn invitation() -> Context {
    Context::new("invitation", &[])
}

pub(crate) fn review(case: CaseId, review: EventId) -> Context {
    Context::new("review", &[&case.to_string(), &review.to_string()])
}

/// The key of a request, for one of its readers.
pub(crate) fn request_key(request: RequestId, reader: UserId) -> Context {
    Context::new("request-key", &[&request.to_string(), &reader.to_string()])
}

pub(crate) fn request_entry(request: RequestId, entry: EventId) -> Context {
    Context::new("request-entry", &[&request.to_string(), &entry.to_string()])
}

/// The key of what one reader of a request found.
pub(crate) fn request_look_key(request: RequestId, reader: UserId) -> Context {
    Context::new("request-look-key", &[&request.to_string(), &reader.to_string()])
}

pub(crate) fn request_look(request: RequestId, reader: UserId) -> Context {
    Context::new("request-look", &[&request.to_string(), &reader.to_string()])
}

/// Answers at the end are bound to nothing: that would join them to a case.
pub(crate) fn end_answers() -> Context {
    Context::new("end-answers", &[])
}

/// Something sealed that could not be read.
#[derive(Debug, thiserror::Error)]
pub enum BodyError {
    /// It did not open.
    #[error("a sealed body did not open")]
    Open(#[from] OpenError),
    /// It could not be sealed.
    #[error("a body could not be sealed")]
    Seal(#[from] SealError),
    /// It opened, but is not what it should be. The source is left out: it could quote what was written.
    #[error("a sealed body is not in a form that this version knows")]
    Form,
}

pub(crate) fn seal<T: Serialize>(
    key: &SymmetricKey,
    context: &Context,
    body: &T,
) -> Result<Sealed, BodyError> {
    let plain = Zeroizing::new(serde_json::to_vec(body).map_err(|_| BodyError::Form)?);
    Ok(seal_body(key, context, &plain)?)
}

pub(crate) fn open<T: DeserializeOwned>(
    key: &SymmetricKey,
    context: &Context,
    sealed: &Sealed,
) -> Result<T, BodyError> {
    let opened = open_body(key, context, sealed)?;
    serde_json::from_slice(&opened).map_err(|_| BodyError::Form)
}

/// The keys of one case, by epoch. A new epoch begins when somebody is excluded.
pub(crate) struct CaseKeys {
    case: CaseId,
    by_epoch: BTreeMap<i64, SymmetricKey>,
}

impl CaseKeys {
    pub(crate) fn first(case: CaseId) -> Self {
        Self {
            case,
            by_epoch: BTreeMap::from([(1, SymmetricKey::generate())]),
        }
    }

    /// Unwraps the keys that somebody holds.
    pub(crate) fn unwrap(case: CaseId, secret: &ReaderSecret, wraps: &[WrapRow]) -> Result<Self, OpenError> {
        let unwrap = |wrap: &WrapRow| {
            let context = case_key(case, wrap.epoch, wrap.holder);
            Ok((wrap.epoch, unwrap_key(secret, &context, &wrap.wrap_sealed)?))
        };
        let by_epoch = wraps.iter().map(unwrap).collect::<Result<_, OpenError>>()?;
        Ok(Self { case, by_epoch })
    }

    /// Unwraps the keys of the reporter: the first is under their own key, later ones are under the key derived
    /// from it, because they were made while the reporter was away.
    pub(crate) fn unwrap_reporter(
        case: CaseId,
        key: &SymmetricKey,
        wraps: &[WrapRow],
    ) -> Result<Self, OpenError> {
        let unwrap = |wrap: &WrapRow| {
            let context = case_key(case, wrap.epoch, Holder::Reporter);
            let key = match wrap.epoch {
                1 => unwrap_key_symmetric(key, &context, &wrap.wrap_sealed)?,
                _ => unwrap_key_reply(&ReplySecret::of(key), &context, &wrap.wrap_sealed)?,
            };
            Ok((wrap.epoch, key))
        };
        let by_epoch = wraps.iter().map(unwrap).collect::<Result<_, OpenError>>()?;
        Ok(Self { case, by_epoch })
    }

    /// Wraps one epoch's key to the reporter, who is away.
    pub(crate) fn wrap_to_reporter(&self, epoch: i64, to: &ReplyPublic) -> Result<Sealed, BodyError> {
        Ok(wrap_key_reply(
            to,
            &case_key(self.case, epoch, Holder::Reporter),
            self.of(epoch)?,
        )?)
    }

    pub(crate) fn of(&self, epoch: i64) -> Result<&SymmetricKey, OpenError> {
        self.by_epoch.get(&epoch).ok_or(OpenError::Refused)
    }

    pub(crate) fn epochs(&self) -> impl Iterator<Item = (i64, &SymmetricKey)> {
        self.by_epoch.iter().map(|(epoch, key)| (*epoch, key))
    }

    /// Begins a new epoch and says which.
    pub(crate) fn renew(&mut self) -> i64 {
        let epoch = self.by_epoch.last_key_value().map_or(1, |(epoch, _)| epoch + 1);
        self.by_epoch.insert(epoch, SymmetricKey::generate());
        epoch
    }

    /// Wraps one epoch's key to a reader.
    pub(crate) fn wrap_to(&self, epoch: i64, holder: Holder, to: &ReaderPublic) -> Result<Sealed, BodyError> {
        Ok(wrap_key(
            to,
            &case_key(self.case, epoch, holder),
            self.of(epoch)?,
        )?)
    }
}
