//! Sending a form of the desk as a browser does: with what its page brings along in hidden fields.

use crate::app::{Answer, Visitor};

/// Names and values as they are sent.
pub fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

/// What a page brings along under these names, where it does, and these fields after it.
pub async fn filled(
    desk: &mut Visitor,
    path: &str,
    hidden: &[&str],
    fields: &[(&str, &str)],
) -> Vec<(String, String)> {
    let page = desk.get(path).await;
    let brought = hidden
        .iter()
        .map(|name| ((*name).to_owned(), page.hidden(name)))
        .filter(|(_, value)| !value.is_empty());
    let typed = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    brought.chain(typed).collect()
}

/// Opens a form and sends it.
pub async fn send(desk: &mut Visitor, path: &str, hidden: &[&str], fields: &[(&str, &str)]) -> Answer {
    let all = filled(desk, path, hidden, fields).await;
    desk.post(path.split('?').next().unwrap(), &borrowed(&all)).await
}
