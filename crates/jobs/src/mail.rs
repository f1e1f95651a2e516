//! Sending a mail that says only that there is something to read (domain reference T21).

use std::{path::PathBuf, time::Duration};

use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls as LettreTls, TlsParameters},
        extension::ClientId,
    },
};
use safehold_app::{Zeroizing, team::INVITATION_DAYS};
use safehold_text::{Lang, Texts};

/// How the connection to the mail server is kept from being read on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// TLS from the first byte, usually on port 465.
    Wrapped,
    /// Begins in clear and must become TLS, usually on port 587.
    StartTls,
    /// None: for a server on this machine only.
    Loopback,
}

/// Where mail is handed in.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    /// The server's name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept private.
    pub tls: Tls,
    /// Name and password, if the server asks for them.
    pub credentials: Option<(String, String)>,
    /// The sender's address.
    pub from: String,
    /// A file with one more certificate authority to trust, in PEM.
    pub ca_file: Option<PathBuf>,
}

/// A mail to send.
#[derive(Clone, Copy)]
pub enum Mail<'a> {
    /// To a member of the team.
    Member,
    /// To somebody who is invited to join it, with the link that lets them.
    Invited {
        /// The secret part of the link.
        token: &'a str,
    },
    /// To a reporter.
    Reporter,
}

/// Why a mail was not sent. No address is in it.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// A setting cannot be used.
    #[error("the mail settings cannot be used: {0}")]
    Settings(&'static str),
    /// The address is none.
    #[error("the address cannot be written to")]
    Address,
    /// The server says that it will never take it.
    #[error("the mail server refused it ({code})")]
    Refused {
        /// The server's reply code.
        code: String,
    },
    /// It may work later.
    #[error("the mail server could not take it now ({kind})")]
    Later {
        /// `connect`, `tls`, `timeout` or the server's reply code.
        kind: String,
    },
}

impl MailError {
    /// A word for the queue, which everybody who looks after the installation may read.
    pub fn kind(&self) -> String {
        match self {
            Self::Settings(_) => "settings".to_owned(),
            Self::Address => "address".to_owned(),
            Self::Refused { code } => format!("smtp-{code}"),
            Self::Later { kind } => kind.clone(),
        }
    }

    /// Whether trying again may help.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Later { .. } => true,
            Self::Settings(_) | Self::Address | Self::Refused { .. } => false,
        }
    }
}

/// How a certificate begins in PEM.
const PEM_BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// Whether mail can come from here or go there.
pub fn is_address(text: &str) -> bool {
    text.parse::<Address>().is_ok()
}

/// Sends mail.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Address,
    texts: std::sync::Arc<Texts>,
    lang: Lang,
    base_url: String,
}

impl Mailer {
    /// Makes a mailer. Nothing is connected yet.
    ///
    /// # Errors
    /// [`MailError::Settings`].
    pub fn new(
        settings: &SmtpSettings,
        texts: std::sync::Arc<Texts>,
        lang: Lang,
        base_url: &str,
    ) -> Result<Self, MailError> {
        let from = settings
            .from
            .parse()
            .map_err(|_| MailError::Settings("`smtp.from` is no address"))?;
        let mut tls = TlsParameters::builder(settings.host.clone());
        if let Some(path) = &settings.ca_file {
            let pem = std::fs::read(path)
                .map_err(|_| MailError::Settings("the file of `smtp.ca_file` cannot be read"))?;
            // A file without any is taken for an empty list, and every mail would then stay here.
            if !pem.windows(PEM_BEGIN.len()).any(|window| window == PEM_BEGIN) {
                return Err(MailError::Settings(
                    "the file of `smtp.ca_file` holds no certificate in PEM",
                ));
            }
            let certificate = Certificate::from_pem(&pem)
                .map_err(|_| MailError::Settings("the file of `smtp.ca_file` holds no certificate in PEM"))?;
            tls = tls.add_root_certificate(certificate);
        }
        let tls = tls
            .build_rustls()
            .map_err(|_| MailError::Settings("TLS cannot be set up"))?;
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(settings.host.clone())
            .port(settings.port)
            .timeout(Some(Duration::from_secs(30)))
            // The name of this machine is nobody's business.
            .hello_name(ClientId::Domain("[127.0.0.1]".to_owned()))
            .tls(match settings.tls {
                Tls::Wrapped => LettreTls::Wrapper(tls),
                Tls::StartTls => LettreTls::Required(tls),
                Tls::Loopback => LettreTls::None,
            });
        if let Some((name, password)) = &settings.credentials {
            transport = transport.credentials(Credentials::new(name.clone(), password.clone()));
        }
        Ok(Self {
            transport: transport.build(),
            from,
            texts,
            lang,
            base_url: base_url.trim_end_matches('/').to_owned(),
        })
    }

    /// Sends one mail.
    ///
    /// # Errors
    /// [`MailError`].
    pub async fn send(&self, address: &str, mail: Mail<'_>) -> Result<(), MailError> {
        let message = self.message(address, mail)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => Err(classify(&error)),
        }
    }

    fn message(&self, address: &str, mail: Mail<'_>) -> Result<Message, MailError> {
        let to: Address = address.parse().map_err(|_| MailError::Address)?;
        let (subject, body) = match mail {
            Mail::Member => ("mail-member-subject", "mail-member-body"),
            Mail::Invited { .. } => ("mail-invited-subject", "mail-invited-body"),
            Mail::Reporter => ("mail-reporter-subject", "mail-reporter-body"),
        };
        let desk = format!("{}/desk", self.base_url);
        let join = match mail {
            Mail::Invited { token } => Zeroizing::new(format!("{}/join?token={token}", self.base_url)),
            Mail::Member | Mail::Reporter => Zeroizing::default(),
        };
        let words = [
            ("desk", desk.as_str().into()),
            ("join", join.as_str().into()),
            ("days", INVITATION_DAYS.into()),
        ];
        let body = self.texts.format(self.lang, body, &words);
        let sender = self.texts.get(self.lang, "mail-sender").into_owned();
        Message::builder()
            .from(Mailbox::new(Some(sender), self.from.clone()))
            .to(Mailbox::new(None, to))
            .subject(self.texts.get(self.lang, subject).into_owned())
            // Random, with the sender's own domain: nothing of this machine is in it.
            .message_id(Some(format!("<{}@{}>", message_id(), self.from.domain())))
            .header(ContentType::TEXT_PLAIN)
            .body(body.into_owned())
            .map_err(|_| MailError::Address)
    }
}

fn message_id() -> String {
    safehold_app::report::Visit::begin().id.to_string()
}

fn classify(error: &lettre::transport::smtp::Error) -> MailError {
    let code = error.status().map(|code| code.to_string());
    match code {
        Some(code) if error.is_permanent() && !is_ours(&code) && !is_greylisting(error) => {
            MailError::Refused { code }
        }
        Some(code) => MailError::Later {
            kind: format!("smtp-{code}"),
        },
        None if error.is_timeout() => MailError::Later {
            kind: "timeout".to_owned(),
        },
        None if error.is_tls() => MailError::Later {
            kind: "tls".to_owned(),
        },
        None => MailError::Later {
            kind: "connect".to_owned(),
        },
    }
}

/// A wrong password of ours is no fault of the message: it waits until somebody puts it right.
fn is_ours(code: &str) -> bool {
    code.starts_with("53")
}

/// Some servers say "never" and mean "not yet", to see whether the sender comes again. What they say is looked at
/// and not kept, for it may hold the address.
fn is_greylisting(error: &lettre::transport::smtp::Error) -> bool {
    let said = error.to_string().to_ascii_lowercase();
    [
        "greylist",
        "graylist",
        "grey-list",
        "gray-list",
        "try again later",
    ]
    .iter()
    .any(|sign| said.contains(sign))
}
