//! What somebody signs in with, as two pages ask for it: a pass phrase and an authenticator app.

use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use qrcode::{QrCode, render::svg};
use safehold_app::team::{NewTotp, TeamError};

use crate::{
    fields::Fields,
    layout::{FieldError, Page},
    problem::Problem,
};

/// The fields for it.
pub(crate) struct Credentials {
    /// A picture of the secret, as an address that holds it.
    pub(crate) qr: String,
    /// The secret as people type it.
    pub(crate) secret: String,
    /// The code that was typed.
    pub(crate) code: String,
    pub(crate) pass_error: String,
    pub(crate) again_error: String,
    pub(crate) code_error: String,
}

impl Credentials {
    /// The fields with this secret.
    pub(crate) fn new(totp: &NewTotp, fields: &Fields) -> Result<Self, Problem> {
        Ok(Self {
            qr: picture(&totp.uri)?,
            secret: totp.typed.to_string(),
            code: fields.get("code").to_owned(),
            pass_error: String::new(),
            again_error: String::new(),
            code_error: String::new(),
        })
    }

    /// The errors for the summary.
    pub(crate) fn problems(&self) -> Vec<FieldError> {
        [
            ("pass", &self.pass_error),
            ("pass_again", &self.again_error),
            ("code", &self.code_error),
        ]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| FieldError {
            name: name.to_owned(),
            text: text.clone(),
        })
        .collect()
    }

    /// Notes what is wrong. Answers whether the error was one of these fields.
    pub(crate) fn note(&mut self, page: &Page, error: &TeamError) -> bool {
        match error {
            TeamError::Weak(problems) => self.pass_error = weak_words(page, problems),
            TeamError::Code => self.code_error = page.t("team-code-wrong"),
            TeamError::Role
            | TeamError::Name
            | TeamError::Email
            | TeamError::EmailTaken
            | TeamError::Invitation
            | TeamError::NoMember
            | TeamError::LastReceiver
            | TeamError::ProveFirst
            | TeamError::OnlyYou
            | TeamError::OnlyReader
            | TeamError::SecondPerson
            | TeamError::Days
            | TeamError::App(_) => return false,
        }
        true
    }
}

/// Why a pass phrase is not good enough, and what makes it better.
pub(crate) fn weak_words(page: &Page, problems: &[String]) -> String {
    let words: Vec<_> = problems
        .iter()
        .map(|problem| page.t(&format!("team-pass-{problem}")))
        .collect();
    page.with("team-pass-weak", "why", words.join(" "))
}

fn picture(uri: &str) -> Result<String, Problem> {
    let code = QrCode::new(uri.as_bytes()).map_err(|error| Problem::server(&error))?;
    let svg = code.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
    Ok(format!("data:image/svg+xml;base64,{}", BASE64.encode(svg)))
}
