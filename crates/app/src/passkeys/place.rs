//! Where passkeys are good for: one address, as it was configured.

use std::time::Duration;

use webauthn_rs::{
    WebauthnBuilder,
    prelude::{Url, Webauthn},
};

use super::ANSWER_MINUTES;

/// The address that passkeys are bound to.
pub struct Place {
    pub(super) relying: Webauthn,
    origin: String,
}

impl Place {
    /// The place at the public address. `name` is what an authenticator shows of the organisation.
    ///
    /// `None` where browsers offer no passkeys: at an address without https, or one that is a number and no host name
    /// (Web Authentication Level 3, 5.1.3). `localhost` is secure by itself, for trials.
    pub fn at(base_url: &str, name: &str) -> Option<Self> {
        let url = Url::parse(base_url).ok()?;
        let host = url.domain()?;
        let is_own_machine = host == "localhost" || host.ends_with(".localhost");
        if url.scheme() != "https" && !(url.scheme() == "http" && is_own_machine) {
            return None;
        }
        let minutes = u64::try_from(ANSWER_MINUTES).ok()?;
        let relying = WebauthnBuilder::new(host, &url)
            .ok()?
            .rp_name(name)
            .timeout(Duration::from_secs(60 * minutes))
            .build()
            .ok()?;
        Some(Self {
            relying,
            origin: url.origin().ascii_serialization(),
        })
    }

    /// The origin at which a browser has to ask: a page that is reached otherwise must not offer it.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_host_name_with_https_has_passkeys() {
        for (address, origin) in [
            ("https://safe.example.org", Some("https://safe.example.org")),
            (
                "https://safe.example.org:8443",
                Some("https://safe.example.org:8443"),
            ),
            ("https://safe.example.org/", Some("https://safe.example.org")),
            ("http://localhost:8080", Some("http://localhost:8080")),
            ("http://safe.example.org", None),
            ("https://192.0.2.7", None),
            ("https://[2001:db8::7]", None),
            ("http://127.0.0.1:8080", None),
            ("http://duskgytldkxiuqc6.onion", None),
            ("http://localhost.example.org", None),
            ("nowhere", None),
            ("", None),
        ] {
            let place = Place::at(address, "Riverbank");
            assert_eq!(place.as_ref().map(Place::origin), origin, "{address}");
        }
    }
}
