//! What happens by itself: mail from the queue, reminders and escalation, expiry, and signed heads of the trace.

mod mail;
mod runner;

pub use mail::{Mail, MailError, Mailer, SmtpSettings, Tls, is_address};
pub use runner::{RunError, Runner};
