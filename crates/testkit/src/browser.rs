//! Somebody at the real program: a browser over a real socket, without script, which keeps its cookie and the token
//! of the page that it saw last.

use std::{fmt::Write, io, net::IpAddr};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpSocket, TcpStream},
};

/// What a concern answers, by question: nothing but what is needed. The account is added to it.
pub const ANSWERS: &[(&str, &str)] = &[
    ("danger", "no"),
    ("kind", "concern"),
    ("identity", "named"),
    ("name", "Wren Oakbarrow"),
    ("about_whom", "me"),
    ("related", "yes"),
    ("under_18", "no"),
    ("team_involved", "none"),
    ("enough", "send"),
    ("contact", "messages"),
];

/// The browser.
#[derive(Debug)]
pub struct Browser {
    address: String,
    from: Option<IpAddr>,
    headers: String,
    cookie: Option<String>,
    token: String,
    connection: Option<BufReader<TcpStream>>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers in their order, names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

/// What somebody has who has sent a report.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Its number, as it is shown.
    pub number: String,
    /// The words to come back with.
    pub words: String,
}

/// How somebody goes through the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// Each page is opened, then answered.
    EachPage,
    /// Pages are answered as fast as they can be.
    Nothing,
}

impl Answer {
    /// The first header of this name; an absent one is empty.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .iter()
            .find(|(found, _)| found == name)
            .map_or("", |(_, value)| value)
    }

    /// The value of a hidden control.
    pub fn hidden(&self, name: &str) -> Option<&str> {
        between(&self.body, &format!("name=\"{name}\" value=\""), "\"")
    }

    /// Where it leads.
    ///
    /// # Errors
    /// If it leads nowhere: with the status and what the page says.
    pub fn to(&self) -> io::Result<&str> {
        if self.status == 303 {
            return Ok(self.header("location"));
        }
        let main = between(&self.body, "<main", "</main>").unwrap_or(&self.body);
        Err(io::Error::other(format!("{} {main}", self.status)))
    }
}

impl Browser {
    /// A browser that visits the site at this address: a host and a port.
    pub fn new(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            from: None,
            headers: String::new(),
            cookie: None,
            token: String::new(),
            connection: None,
        }
    }

    /// Whose requests come from this address of the machine.
    #[must_use]
    pub fn from(mut self, address: IpAddr) -> Self {
        self.from = Some(address);
        self
    }

    /// Whose requests carry this header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.add(name, value);
        self
    }

    /// Becomes the browser of somebody else, without cookie, token or more headers, on the same connection.
    pub fn begin_anew(&mut self) {
        self.cookie = None;
        self.token.clear();
        self.headers.clear();
    }

    /// Its requests carry this header from now on.
    pub fn add(&mut self, name: &str, value: &str) {
        self.headers.extend([name, ": ", value, "\r\n"]);
    }

    /// The cookie that it keeps, as `name=value`.
    pub fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    /// Opens a page.
    ///
    /// # Errors
    /// If no whole answer came.
    pub async fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.send("GET", path, "", b"").await
    }

    /// Sends a form, with the token of the last page.
    ///
    /// # Errors
    /// If no whole answer came.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        let mut body = format!("csrf={}", encoded(&self.token));
        for (name, value) in fields {
            body.extend(["&", &encoded(name), "=", &encoded(value)]);
        }
        let kind = "Content-Type: application/x-www-form-urlencoded\r\n";
        self.send("POST", path, kind, body.as_bytes()).await
    }

    /// Sends a form with a file in it.
    ///
    /// # Errors
    /// If no whole answer came.
    pub async fn post_file(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        (name, content): (&str, &[u8]),
    ) -> io::Result<Answer> {
        let part = "--XX\r\nContent-Disposition: form-data; name=";
        let mut body = format!("{part}\"csrf\"\r\n\r\n{}\r\n", self.token);
        for (name, value) in fields {
            body.extend([part, "\"", name, "\"\r\n\r\n", value, "\r\n"]);
        }
        body.extend([part, "\"files\"; filename=\"", name, "\"\r\n\r\n"]);
        let mut body = body.into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--XX--\r\n");
        let kind = "Content-Type: multipart/form-data; boundary=XX\r\n";
        self.send("POST", path, kind, &body).await
    }

    /// Writes a concern with this account, from the first page to "check your answers".
    ///
    /// # Errors
    /// If an answer didn't come, or a page wasn't taken.
    pub async fn write(&mut self, account: &str, reads: Reads) -> io::Result<()> {
        self.write_with(&[("what_happened", account)], reads).await
    }

    /// The same, with more answers than [`ANSWERS`] or others.
    ///
    /// # Errors
    /// If an answer didn't come, or a page wasn't taken.
    pub async fn write_with(&mut self, more: &[(&str, &str)], reads: Reads) -> io::Result<()> {
        let answers: Vec<_> = more
            .iter()
            .chain(
                ANSWERS
                    .iter()
                    .filter(|(name, _)| !more.iter().any(|(other, _)| other == name)),
            )
            .copied()
            .collect();
        let mut page = "/report/danger".to_owned();
        for _ in 0..100 {
            if page == "/report/check" {
                return Ok(());
            }
            // The token of a visit is on each of its pages, and the first needs none.
            if reads == Reads::EachPage || (self.token.is_empty() && self.cookie.is_some()) {
                self.get(&page).await?;
            }
            let answer = self.post(&page, &answers).await?;
            answer.to()?.clone_into(&mut page);
        }
        Err(io::Error::other(format!("the form has no end: {page}")))
    }

    /// The words of what is being written, or of what was sent.
    ///
    /// # Errors
    /// If no page with words came.
    pub async fn words(&mut self) -> io::Result<String> {
        let page = self.get("/report/words").await?;
        words_of(&page)
    }

    /// Presses "send". When this answers, the program has said that it has the report.
    ///
    /// # Errors
    /// If it did not say so.
    pub async fn press_send(&mut self) -> io::Result<()> {
        let answer = self.post("/report/send", &[]).await?;
        match answer.to()? {
            "/report/sent" => Ok(()),
            other => Err(io::Error::other(format!("it led to {other}"))),
        }
    }

    /// Goes through the whole form with this account, checks the answers, sends them, and notes number and words.
    ///
    /// # Errors
    /// If any page of it was not as it should be.
    pub async fn report(&mut self, account: &str) -> io::Result<Sent> {
        self.get("/report/start").await?;
        self.write(account, Reads::EachPage).await?;
        self.get("/report/check").await?;
        self.press_send().await?;
        let page = self.get("/report/sent").await?;
        let number = number_of(&page.body).ok_or_else(|| io::Error::other("no number on the page"))?;
        Ok(Sent {
            number,
            words: words_of(&page)?,
        })
    }

    async fn send(&mut self, method: &str, path: &str, kind: &str, body: &[u8]) -> io::Result<Answer> {
        let cookie = self
            .cookie
            .as_ref()
            .map_or_else(String::new, |cookie| format!("Cookie: {cookie}\r\n"));
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n{kind}{cookie}{}\r\n",
            self.address,
            body.len(),
            self.headers
        )
        .into_bytes();
        request.extend_from_slice(body);
        let kept = match self.connection.take() {
            Some(kept) => Some(self.exchange(kept, &request).await),
            None => None,
        };
        let answer = match kept {
            Some(Ok(answer)) => answer,
            Some(Err(error)) if !ended(&error) => return Err(error),
            // A connection that was kept may have been closed meanwhile: a browser then opens another.
            Some(Err(_)) | None => {
                let new = self.connect().await?;
                self.exchange(new, &request).await?
            }
        };
        for (_, set) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let pair = set.split(';').next().unwrap_or_default().to_owned();
            self.cookie = (!set.contains("Max-Age=0")).then_some(pair);
        }
        if let Some(token) = answer.hidden("csrf") {
            token.clone_into(&mut self.token);
        }
        Ok(answer)
    }

    async fn connect(&self) -> io::Result<BufReader<TcpStream>> {
        let to = tokio::net::lookup_host(&self.address)
            .await?
            .next()
            .ok_or_else(|| io::Error::other("no such host"))?;
        let socket = if to.is_ipv4() {
            TcpSocket::new_v4()?
        } else {
            TcpSocket::new_v6()?
        };
        if let Some(from) = self.from {
            socket.bind((from, 0).into())?;
        }
        let stream = socket.connect(to).await?;
        stream.set_nodelay(true)?;
        Ok(BufReader::new(stream))
    }

    async fn exchange(&mut self, mut connection: BufReader<TcpStream>, request: &[u8]) -> io::Result<Answer> {
        connection.write_all(request).await?;
        let mut line = String::new();
        connection.read_line(&mut line).await?;
        let status = line
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .ok_or(io::ErrorKind::UnexpectedEof)?;
        let mut headers = Vec::new();
        loop {
            line.clear();
            connection.read_line(&mut line).await?;
            let Some((name, value)) = line.trim_end().split_once(": ") else {
                break;
            };
            headers.push((name.to_lowercase(), value.to_owned()));
        }
        let mut answer = Answer {
            status,
            headers,
            body: String::new(),
        };
        let length = answer.header("content-length").parse().unwrap_or(0);
        let mut body = vec![0; length];
        connection.read_exact(&mut body).await?;
        answer.body = String::from_utf8_lossy(&body).into_owned();
        if answer.header("connection") != "close" {
            self.connection = Some(connection);
        }
        Ok(answer)
    }
}

fn ended(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    matches!(
        error.kind(),
        Kind::UnexpectedEof | Kind::ConnectionReset | Kind::BrokenPipe | Kind::ConnectionAborted
    )
}

fn words_of(page: &Answer) -> io::Result<String> {
    let words = between(&page.body, "<strong translate=\"no\">", "</strong>");
    words
        .map(|words| words.trim().to_owned())
        .ok_or_else(|| io::Error::other(format!("no words on a page with status {}", page.status)))
}

/// The first number of a report in a text: four letters or digits, a dash, and four more.
pub fn number_of(body: &str) -> Option<String> {
    let main = between(body, "<main", "</main>")?;
    main.split(|char: char| !char.is_ascii_alphanumeric() && char != '-')
        .find(|word| {
            word.len() == 9
                && word.as_bytes().get(4) == Some(&b'-')
                && !word.chars().any(|char| char.is_ascii_lowercase())
        })
        .map(str::to_owned)
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(from)?;
    rest.split_once(to).map(|(found, _)| found)
}

/// As a form encodes it.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'*' => out.push(char::from(byte)),
            b' ' => out.push('+'),
            // Writing to a string cannot go wrong.
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}
