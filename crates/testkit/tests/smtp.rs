//! The mail server for tests takes what `lettre` sends, and refuses when told to.
#![cfg(test)]

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    transport::smtp::client::{Certificate, Tls, TlsParameters},
};
use safehold_testkit::smtp::SmtpServer;

fn message() -> Message {
    Message::builder()
        .from("desk@example.org".parse().unwrap())
        .to("lead@example.org".parse().unwrap())
        .subject("Something to read – when you can")
        .body("There is something for you to read.\n".to_owned())
        .unwrap()
}

#[tokio::test]
async fn a_mail_is_kept_before_it_is_accepted() {
    let server = SmtpServer::start();
    let client = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1")
        .port(server.port())
        .build();
    client.send(message()).await.unwrap();
    let mails = server.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, ["lead@example.org"]);
    assert_eq!(mails[0].subject(), "Something to read – when you can");
    assert_eq!(mails[0].text.trim(), "There is something for you to read.");
    assert!(!mails[0].tls);
}

#[tokio::test]
async fn it_refuses_while_told_to() {
    let server = SmtpServer::start();
    let client = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1")
        .port(server.port())
        .build();
    server.refuse("451 4.3.0 Try again later");
    let error = client.send(message()).await.unwrap_err();
    assert!(error.is_transient());
    assert_eq!(server.refused(), 1);
    assert!(server.mails().is_empty());
    server.accept();
    client.send(message()).await.unwrap();
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn it_speaks_tls() {
    let server = SmtpServer::start_with_tls();
    let authority = Certificate::from_pem(&std::fs::read(server.ca_file()).unwrap()).unwrap();
    let tls = TlsParameters::builder("localhost".to_owned())
        .add_root_certificate(authority)
        .build()
        .unwrap();
    let client = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1")
        .port(server.port())
        .tls(Tls::Required(tls))
        .build();
    client.send(message()).await.unwrap();
    assert!(server.mails()[0].tls);
}
