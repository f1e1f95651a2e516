//! An authenticator in software, and the part of a browser that stands between it and a page: what
//! `navigator.credentials` would answer. Unlike a real one it can be copied, and asked from another address.
#![expect(
    clippy::indexing_slicing,
    reason = "JSON that has not what it should is null, and ends the test where it is read"
)]

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use passkey_authenticator::{Authenticator, MemoryStore, UiHint, UserCheck, UserValidationMethod};
use passkey_crypto::{iana::Algorithm, rust_crypto::RustCryptoBackend};
use passkey_types::{
    Bytes, Passkey,
    ctap2::{Aaguid, Ctap2Error, get_assertion, make_credential},
    webauthn::{
        PublicKeyCredentialDescriptor, PublicKeyCredentialParameters, PublicKeyCredentialType,
        PublicKeyCredentialUserEntity,
    },
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Whoever holds the device: they are there, and show who they are if they can.
struct Owner {
    is_verified: bool,
}

#[async_trait::async_trait]
impl UserValidationMethod for Owner {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(
        &self,
        _: UiHint<'a, Passkey>,
        presence: bool,
        _: bool,
    ) -> Result<UserCheck, Ctap2Error> {
        Ok(UserCheck {
            presence,
            verification: self.is_verified,
        })
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(true)
    }
}

/// A device with passkeys, at an address.
pub struct Device {
    inside: Authenticator<MemoryStore, Owner, RustCryptoBackend>,
    origin: String,
    is_verified: bool,
}

impl Device {
    /// A new device, which asks for its owner's fingerprint and counts what it signs.
    pub fn new(origin: &str) -> Self {
        Self::with(MemoryStore::new(), origin, true)
    }

    fn with(store: MemoryStore, origin: &str, is_verified: bool) -> Self {
        let mut inside = Authenticator::new(
            Aaguid::new_empty(),
            store,
            Owner { is_verified },
            RustCryptoBackend,
        );
        inside.set_make_credentials_with_signature_counter(true);
        Self {
            inside,
            origin: origin.to_owned(),
            is_verified,
        }
    }

    /// Another device with the same passkeys and counters, as a thief could make one of a badly kept key.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self::with(self.inside.store().clone(), &self.origin, true)
    }

    /// The same passkeys at another address, as a page that pretends to be ours would ask for them, past what a real
    /// browser would not let through.
    #[must_use]
    pub fn at(&self, origin: &str) -> Self {
        Self::with(self.inside.store().clone(), origin, true)
    }

    /// The same passkeys in a device that lets anybody who holds it sign.
    #[must_use]
    pub fn unverified(&self) -> Self {
        Self::with(self.inside.store().clone(), &self.origin, false)
    }

    /// How many passkeys are in it.
    pub fn count(&self) -> usize {
        self.inside.store().len()
    }

    /// Makes a passkey, as `navigator.credentials.create` does with these options; the answer is JSON.
    pub async fn create(&mut self, options: &str) -> String {
        let asked = public_key(options);
        let client_data = self.client_data("webauthn.create", &asked);
        let user = &asked["user"];
        let request = make_credential::Request {
            client_data_hash: hash(&client_data),
            rp: make_credential::PublicKeyCredentialRpEntity {
                id: text(&asked["rp"]["id"]),
                name: None,
            },
            user: PublicKeyCredentialUserEntity {
                id: bytes(&user["id"]),
                name: text(&user["name"]),
                display_name: text(&user["displayName"]),
            },
            pub_key_cred_params: vec![PublicKeyCredentialParameters {
                ty: PublicKeyCredentialType::PublicKey,
                alg: Algorithm::ES256,
            }],
            exclude_list: None,
            extensions: None,
            options: make_credential::Options {
                rk: false,
                up: true,
                uv: self.is_verified,
            },
            pin_auth: None,
            pin_protocol: None,
        };
        let known: Vec<Vec<u8>> = self.inside.store().keys().cloned().collect();
        let made = self.inside.make_credential(request).await.expect("a new passkey");
        let id = self
            .inside
            .store()
            .keys()
            .find(|id| !known.contains(id))
            .expect("a new passkey");
        answer(
            id,
            &json!({
                "attestationObject": BASE64.encode(&*made.as_webauthn_bytes()),
                "clientDataJSON": BASE64.encode(&client_data),
            }),
        )
    }

    /// Signs with a passkey, as `navigator.credentials.get` does with these options; the answer is JSON.
    pub async fn get(&mut self, options: &str) -> String {
        let asked = public_key(options);
        let client_data = self.client_data("webauthn.get", &asked);
        let allowed = asked["allowCredentials"]
            .as_array()
            .expect("passkeys to choose from");
        let allowed = allowed.iter().map(|one| PublicKeyCredentialDescriptor {
            ty: PublicKeyCredentialType::PublicKey,
            id: bytes(&one["id"]),
            transports: None,
        });
        let request = get_assertion::Request {
            rp_id: text(&asked["rpId"]),
            client_data_hash: hash(&client_data),
            allow_list: Some(allowed.collect()),
            extensions: None,
            options: get_assertion::Options {
                up: true,
                uv: self.is_verified,
            },
            pin_auth: None,
            pin_protocol: None,
        };
        let signed = self.inside.get_assertion(request).await.expect("a passkey");
        let id = signed.credential.expect("which passkey").id;
        answer(
            &id,
            &json!({
                "authenticatorData": BASE64.encode(signed.auth_data.to_vec()),
                "clientDataJSON": BASE64.encode(&client_data),
                "signature": BASE64.encode(&*signed.signature),
            }),
        )
    }

    fn client_data(&self, kind: &str, asked: &Value) -> Vec<u8> {
        let data = json!({
            "type": kind,
            "challenge": asked["challenge"],
            "origin": self.origin,
            "crossOrigin": false,
        });
        data.to_string().into_bytes()
    }
}

fn public_key(options: &str) -> Value {
    let mut options: Value = serde_json::from_str(options).expect("options as JSON");
    options["publicKey"].take()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn bytes(value: &Value) -> Bytes {
    BASE64.decode(text(value)).expect("bytes").into()
}

fn hash(client_data: &[u8]) -> Bytes {
    Sha256::digest(client_data).to_vec().into()
}

fn answer(id: &[u8], response: &Value) -> String {
    let id = BASE64.encode(id);
    json!({ "id": id, "rawId": id, "type": "public-key", "response": response, "extensions": {} }).to_string()
}
