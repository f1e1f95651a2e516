//! JSON that is written in one way only: names in order of their bytes, two spaces for each level, whole numbers. So a
//! signature over it can be made again from what was read, and a file that differs by one sign is another file.

use std::fmt::Write;

use serde_json::Value;

/// A value as text; nothing if it holds a number that is not whole, which could be written in more than one way.
pub(super) fn text(value: &Value) -> Option<String> {
    let mut out = String::new();
    write(value, 0, &mut out)?;
    out.push('\n');
    Some(out)
}

fn write(value: &Value, depth: usize, out: &mut String) -> Option<()> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(is) => out.push_str(if *is { "true" } else { "false" }),
        Value::Number(number) if number.is_u64() || number.is_i64() => {
            // Writing to a text cannot go wrong.
            let _ = write!(out, "{number}");
        }
        Value::Number(_) => return None,
        Value::String(string) => out.push_str(&serde_json::to_string(string).ok()?),
        Value::Array(list) => {
            let items = list.iter().map(|item| (None, item)).collect();
            block('[', ']', items, depth, out)?;
        }
        Value::Object(map) => {
            // Whether the map keeps an order of its own depends on what else is built with serde_json.
            let mut items: Vec<_> = map
                .iter()
                .map(|(name, item)| (Some(name.as_str()), item))
                .collect();
            items.sort_by_key(|(name, _)| *name);
            block('{', '}', items, depth, out)?;
        }
    }
    Some(())
}

fn block(
    open: char,
    close: char,
    items: Vec<(Option<&str>, &Value)>,
    depth: usize,
    out: &mut String,
) -> Option<()> {
    out.push(open);
    let is_empty = items.is_empty();
    for (index, (name, item)) in items.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        line(depth + 1, out);
        if let Some(name) = name {
            out.push_str(&serde_json::to_string(name).ok()?);
            out.push_str(": ");
        }
        write(item, depth + 1, out)?;
    }
    if !is_empty {
        line(depth, out);
    }
    out.push(close);
    Some(())
}

fn line(depth: usize, out: &mut String) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_whatever_came_first() {
        let one: Value =
            serde_json::from_str(r#"{"b":[1,{}],"a":{"z":"\u00e9\n","y":null},"c":[]}"#).unwrap();
        let text = text(&one).unwrap();
        assert_eq!(
            text,
            "{\n  \"a\": {\n    \"y\": null,\n    \"z\": \"é\\n\"\n  },\n  \"b\": [\n    1,\n    {}\n  ],\n  \"c\": []\n}\n"
        );
    }

    #[test]
    fn a_number_that_can_be_written_in_more_than_one_way_is_refused() {
        assert!(text(&serde_json::json!(1.5)).is_none());
    }
}
