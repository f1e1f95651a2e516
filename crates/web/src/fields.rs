//! What a form sent, as pairs of names and values, and the token that it must carry.

use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
};
use subtle::ConstantTimeEq;

use crate::problem::Problem;

/// No form that people fill in by hand comes near this, in bytes.
pub const MOST_BYTES: usize = 512 * 1024;

/// The fields of a form, in the order in which they came.
#[derive(Default)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The first value of a field; an absent one is empty.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value)
    }

    /// Whether the form carries this token. Compared in constant time.
    pub fn carries(&self, token: &str) -> bool {
        self.get("csrf").as_bytes().ct_eq(token.as_bytes()).into()
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Problem;

    /// Bytes that are no text come as the replacement character, which the form then points at; nothing that was
    /// typed is thrown away.
    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let body = to_bytes(request.into_body(), MOST_BYTES)
            .await
            .map_err(|_| Problem::TooLarge)?;
        let pairs = form_urlencoded::parse(&body);
        Ok(Self(
            pairs
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        ))
    }
}
