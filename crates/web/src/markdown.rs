//! Markdown to HTML, for the statement and for longer texts. HTML inside it is shown, never obeyed.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use safehold_core::statement::paragraph_number;

/// A text of our own: links, lists, emphasis.
pub fn prose(text: &str) -> String {
    write(inert(text))
}

/// The statement: a paragraph that begins with a number gets an anchor (`#p4.2`) and links to itself.
pub fn numbered(text: &str) -> String {
    let mut events = inert(text).peekable();
    let mut out = Vec::new();
    while let Some(event) = events.next() {
        let number = match (&event, events.peek()) {
            (Event::Start(Tag::Paragraph), Some(Event::Text(words))) => paragraph_number(words).0,
            _ => None,
        };
        let Some(number) = number else {
            out.push(event);
            continue;
        };
        // A number is digits and dots, so it can stand in HTML as it is.
        let open = format!("<p id=\"p{number}\"><a class=\"para-number\" href=\"#p{number}\">{number}</a> ");
        out.push(Event::Html(open.into()));
        if let Some(Event::Text(words)) = events.next() {
            out.push(Event::Text(CowStr::from(paragraph_number(&words).1.to_owned())));
        }
        for event in events.by_ref() {
            let end = matches!(event, Event::End(TagEnd::Paragraph));
            out.push(if end { Event::Html("</p>\n".into()) } else { event });
            if end {
                break;
            }
        }
    }
    write(out.into_iter())
}

fn write<'a>(events: impl Iterator<Item = Event<'a>>) -> String {
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

/// Parses, and takes the teeth out: HTML becomes text, images become their description, and a link keeps
/// its address only if that is harmless. The page has its own first heading, so headings begin at the second.
fn inert(text: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Some(Event::Text(html)),
        Event::Start(Tag::Image { .. } | Tag::HtmlBlock) | Event::End(TagEnd::Image | TagEnd::HtmlBlock) => {
            None
        }
        Event::Start(Tag::Link {
            link_type, dest_url, ..
        }) => Some(Event::Start(Tag::Link {
            link_type,
            dest_url: if harmless(&dest_url) { dest_url } else { "#".into() },
            title: "".into(),
            id: "".into(),
        })),
        Event::Start(Tag::Heading {
            level: HeadingLevel::H1,
            ..
        }) => Some(Event::Start(Tag::Heading {
            level: HeadingLevel::H2,
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        })),
        Event::End(TagEnd::Heading(HeadingLevel::H1)) => Some(Event::End(TagEnd::Heading(HeadingLevel::H2))),
        other => Some(other),
    })
}

fn harmless(url: &str) -> bool {
    let local = url.starts_with('/') && !url.starts_with("//") && !url.starts_with("/\\");
    local
        || url.starts_with('#')
        || ["https://", "mailto:", "tel:", "sms:"]
            .iter()
            .any(|start| url.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_shown_and_never_obeyed() {
        let html = prose(
            "Hi <script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n![pic](https://x.example/a.png)",
        );
        assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
        assert!(html.contains("&lt;script&gt;") && html.contains("pic"), "{html}");
    }

    #[test]
    fn links_that_could_run_lose_their_address() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "data:text/html,x",
            "//evil.example",
            "/\\evil.example",
        ] {
            let html = prose(&format!("[x](<{bad}>)"));
            assert!(html.contains("href=\"#\""), "{html}");
        }
        assert!(prose("[x](/help)").contains("href=\"/help\""));
    }

    #[test]
    fn numbered_paragraphs_can_be_linked_to() {
        let html = numbered("# One\n\n1.2 Hello **you**\n\nno number\n\n- 1.3 item");
        assert!(html.contains("<h2>One</h2>"), "{html}");
        let wanted =
            "<p id=\"p1.2\"><a class=\"para-number\" href=\"#p1.2\">1.2</a> Hello <strong>you</strong></p>";
        assert!(html.contains(wanted), "{html}");
        assert_eq!(html.matches("para-number").count(), 1);
        assert!(!numbered("1.2<script>x</script> y").contains("<script"));
    }
}
