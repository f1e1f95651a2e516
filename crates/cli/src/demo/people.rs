//! The invented team of the demonstration.

use std::fmt::Write;

use anyhow::Context;
use jiff::Timestamp;
use safehold_app::{
    App, SecretString,
    desk::Reader,
    setup::{self, FirstRun},
    sign_in,
    team::{self, NewMember},
};
use safehold_core::{organisation::Organisation, roster::Role};
use safehold_seal::totp;

/// A member with what they sign in with.
pub struct Person {
    /// Signed in.
    pub reader: Reader,
    email: &'static str,
    pass: &'static str,
    secret: String,
}

/// The team.
pub struct Team {
    /// The designated lead.
    pub lead: Person,
    /// The alternate lead.
    pub alternate: Person,
    /// The independent recipient.
    pub sponsor: Person,
    /// The caseworker.
    pub caseworker: Person,
    /// The facilitator.
    facilitator: Person,
    recovery_key: String,
}

struct Invented {
    role: Role,
    name: &'static str,
    email: &'static str,
    phone: &'static str,
    pass: &'static str,
}

const LEAD: Invented = Invented {
    role: Role::Lead,
    name: "Marisol Penhale",
    email: "marisol@riverbank.example",
    phone: "01632 960101",
    pass: "heron paddles past seven willows",
};
const ALTERNATE: Invented = Invented {
    role: Role::Alternate,
    name: "Tunde Ashgrove",
    email: "tunde@riverbank.example",
    phone: "01632 960102",
    pass: "otter borrows a yellow teapot",
};
const SPONSOR: Invented = Invented {
    role: Role::Sponsor,
    name: "Imelda Quillfeather",
    email: "imelda@riverbank.example",
    phone: "01632 960105",
    pass: "kingfisher mends the old bridge",
};
const CASEWORKER: Invented = Invented {
    role: Role::Caseworker,
    name: "Bo Lanternfield",
    email: "bo@riverbank.example",
    phone: "",
    pass: "beaver counts nine round pebbles",
};

const FACILITATOR: Invented = Invented {
    role: Role::Facilitator,
    name: "Juno Applegarth",
    email: "juno@riverbank.example",
    phone: "",
    pass: "badger folds the tall blue tent",
};

/// A code that an authenticator app showed half a minute ago: it is still good, and leaves the present one, which
/// can be used once only, to whoever looks around.
async fn code(app: &App, typed: &str) -> anyhow::Result<String> {
    // In the last second of a step it could be too old by the time it is looked at.
    if app.now().as_second() % 30 == 29 {
        tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    }
    let secret = totp::parse_typed(typed).context("an authenticator secret")?;
    totp::code_at(&secret, app.now().as_second() - 30).context("an authenticator code")
}

/// Sets the organisation up and lets everybody join, as people would in the browser.
pub async fn found(app: &App) -> anyhow::Result<Team> {
    let organisation = Organisation::example()?;
    let secret = team::new_totp(LEAD.email, &organisation.short_name)?
        .typed
        .to_string();
    let first = FirstRun {
        organisation,
        name: LEAD.name.to_owned(),
        email: LEAD.email.to_owned(),
        phone: LEAD.phone.to_owned(),
        pass: SecretString::from(LEAD.pass),
        typed_secret: secret.clone(),
        code: code(app, &secret).await?,
    };
    let founded = setup::set_up(app, first).await?;
    let lead = signed_in(app, &LEAD, secret).await?;
    // The first has only the lead beside them; whoever comes then is confirmed by the alternate.
    let alternate = join(app, &lead.reader, None, &ALTERNATE).await?;
    let sponsor = join(app, &lead.reader, Some(&alternate.reader), &SPONSOR).await?;
    let caseworker = join(app, &lead.reader, Some(&alternate.reader), &CASEWORKER).await?;
    let facilitator = join(app, &lead.reader, Some(&alternate.reader), &FACILITATOR).await?;
    let recovery_key = founded.recovery_key.to_string();
    Ok(Team {
        lead,
        alternate,
        sponsor,
        caseworker,
        facilitator,
        recovery_key,
    })
}

async fn join(app: &App, by: &Reader, second: Option<&Reader>, who: &Invented) -> anyhow::Result<Person> {
    let new = NewMember {
        role: who.role,
        name: who.name.to_owned(),
        email: who.email.to_owned(),
        phone: who.phone.to_owned(),
    };
    let team::Link::Shown(token) = team::invite(app, by, new).await? else {
        anyhow::bail!("the demonstration sends no mail, and yet the link went by mail");
    };
    let secret = team::new_totp(who.email, "Riverbank")?.typed.to_string();
    let joined = team::join(
        app,
        &token,
        SecretString::from(who.pass),
        &secret,
        &code(app, &secret).await?,
    )
    .await?;
    if let (true, Some(second)) = (joined.waits, second) {
        let members = team::list(app).await?;
        let waiting = members.iter().find(|member| member.email == who.email);
        team::confirm(app, second, waiting.context("somebody who joined")?.id).await?;
    }
    signed_in(app, who, secret).await
}

async fn signed_in(app: &App, who: &Invented, secret: String) -> anyhow::Result<Person> {
    let cookie = sign_in::sign_in(
        app,
        who.email,
        SecretString::from(who.pass),
        &code(app, &secret).await?,
    )
    .await?;
    let signed_in = sign_in::resume(app, &cookie.expose())
        .await?
        .context("a session that has just begun")?;
    sign_in::sign_out(app, &cookie.expose()).await?;
    Ok(Person {
        reader: signed_in.reader,
        email: who.email,
        pass: who.pass,
        secret,
    })
}

/// Where the notes leave room for the code of a time. As it stands in the file, it says how to make one.
const CODE: &str = "    code now: oathtool --totp -b ";

/// The notes with the codes of this time.
pub fn with_codes(notes: &str, at: Timestamp) -> String {
    let mut text = String::new();
    for line in notes.lines() {
        let code = line
            .strip_prefix(CODE)
            .and_then(totp::parse_typed)
            .and_then(|secret| totp::code_at(&secret, at.as_second()));
        // Writing to a string cannot go wrong.
        let _ = match code {
            Some(code) => writeln!(text, "    code now: {code}"),
            None => writeln!(text, "{line}"),
        };
    }
    text
}

/// Only the codes of this time, a line for each person.
pub fn codes(notes: &str, at: Timestamp) -> String {
    let mut text = String::new();
    let mut email = "";
    for line in with_codes(notes, at).lines() {
        if let Some((_, found)) = line.split_once(": ").filter(|(_, found)| found.contains('@')) {
            email = found;
        } else if let Some(code) = line.strip_prefix("    code now: ") {
            let _ = writeln!(text, "  {code}  {email}");
        }
    }
    text
}

/// What is kept beside the database and printed at each start, with the codes of that time.
pub fn notes(team: &Team, words: &[(&'static str, String)]) -> String {
    let mut text = String::from(
        "Everything here is invented. Nothing is sent to anybody.\n\n\
         Sign-ins. A code is good for about a minute, and once. ./run --codes prints those of the moment, or type\n\
         a secret into an authenticator app, as a key that you enter yourself:\n",
    );
    let people = [
        ("designated lead", &team.lead),
        ("alternate lead", &team.alternate),
        ("independent recipient", &team.sponsor),
        ("caseworker", &team.caseworker),
        ("facilitator", &team.facilitator),
    ];
    for (role, person) in people {
        // Writing to a string cannot go wrong.
        let _ = writeln!(
            text,
            "  {role}: {}\n    pass phrase: {}\n    authenticator secret: {}\n{CODE}{}",
            person.email, person.pass, person.secret, person.secret
        );
    }
    text.push_str("\nWords to come back with, as somebody who reported:\n");
    for (what, words) in words {
        let _ = writeln!(text, "  {what}:\n    {words}");
    }
    let _ = writeln!(
        text,
        "\nRecovery key of the demonstration:\n{}",
        team.recovery_key.trim_end()
    );
    text
}
