//! Layers: what goes, what stays, and what happens where a passage has moved.

use proptest::prelude::*;
use safehold_documents::{Ground, Passage, Piece, Text, redact};

use crate::sample::{everywhere, layer, sample};

fn words(entry: &str, field: &str, from: usize, text: &str) -> Passage {
    Passage::Words {
        entry: entry.to_owned(),
        field: field.to_owned(),
        from,
        text: text.to_owned(),
    }
}

/// A text with its marks, to compare.
fn shown(text: &Text) -> String {
    let pieces = text.0.iter().map(|piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Removed { removed, .. } => {
            let grounds: Vec<_> = removed.iter().map(|ground| ground.key()).collect();
            format!("[{}]", grounds.join("+"))
        }
    });
    pieces.collect()
}

fn account(layers: &[safehold_documents::Layer]) -> (String, Vec<(String, String)>) {
    let left = redact(&sample(), layers);
    let field = &left.file.find("report/account").unwrap().fields[0];
    (shown(&field.text), left.moved)
}

#[test]
fn picked_words_go_and_the_rest_stays() {
    let layer = layer(
        Ground::Privilege,
        vec![words(
            "report/account",
            "what_happened",
            0,
            "Quentin Marlowe shouted at me.",
        )],
    );
    let (text, moved) = account(&[layer]);
    assert_eq!(
        text,
        "[privilege]\n\nThen Quentin left. Zoë “saw” it, at 10 o’clock."
    );
    assert!(moved.is_empty());
}

#[test]
fn layers_lie_over_one_another_and_each_keeps_its_ground() {
    let one = layer(Ground::ThirdParty, vec![everywhere("Quentin", "")]);
    let two = layer(
        Ground::SeriousHarm,
        vec![words("report/account", "what_happened", 8, "Marlowe shouted")],
    );
    let (text, _) = account(&[one.clone(), two.clone()]);
    assert_eq!(
        text,
        "[third_party+serious_harm] at me.\n\nThen [third_party] left. Zoë “saw” it, at 10 o’clock."
    );
    assert_eq!(account(&[two, one]).0, text);
}

#[test]
fn words_that_moved_are_found_again_and_else_all_goes() {
    let again = layer(
        Ground::ThirdParty,
        vec![words("report/account", "what_happened", 3, "Quentin")],
    );
    let (text, moved) = account(&[again]);
    assert_eq!(
        text,
        "[third_party] Marlowe shouted at me.\n\nThen [third_party] left. Zoë “saw” it, at 10 o’clock."
    );
    assert!(moved.is_empty());

    let gone = layer(
        Ground::ThirdParty,
        vec![words("report/account", "what_happened", 0, "Somebody else")],
    );
    let (text, moved) = account(&[gone]);
    assert_eq!(text, "[third_party]");
    assert_eq!(moved, [("report/account".to_owned(), "what_happened".to_owned())]);
}

#[test]
fn a_phrase_goes_from_the_title_page_headings_and_file_names_too() {
    let mut file = sample();
    file.title = "Quentin’s case".to_owned();
    let left = redact(
        &file,
        &[layer(
            Ground::ThirdParty,
            vec![everywhere("QUENTIN", ""), everywhere("penhale", "")],
        )],
    )
    .file;
    assert_eq!(left.title, "[left out: about somebody else]’s case");
    assert_eq!(shown(&left.front[1].text), "Marisol [third_party]");
    assert_eq!(
        shown(&left.find("file/1").unwrap().heading),
        "[third_party]-marlowe.jpg"
    );
    let all = serde_json::to_string(&left).unwrap().to_lowercase();
    assert!(!all.contains("quentin") && !all.contains("penhale"), "{all}");
}

#[test]
fn a_field_or_an_entry_goes_whole() {
    let field = Passage::Field {
        entry: "report/account".to_owned(),
        field: "what_happened".to_owned(),
    };
    assert_eq!(
        account(&[layer(Ground::ThirdParty, vec![field])]).0,
        "[third_party]"
    );
    let entry = Passage::Entry {
        entry: "message/1".to_owned(),
    };
    let left = redact(&sample(), &[layer(Ground::ThirdParty, vec![entry])]).file;
    let entry = left.find("message/1").unwrap();
    assert!(
        entry.fields.is_empty() && entry.heading.is_empty() && entry.about.is_empty() && entry.at.is_none()
    );
    assert_eq!(entry.removed, [Ground::ThirdParty]);
}

#[test]
fn nothing_picked_is_the_same_file() {
    assert!(redact(&sample(), &[]).file == sample());
    assert!(
        redact(
            &sample(),
            &[layer(Ground::ThirdParty, vec![everywhere("  ", "")])]
        )
        .file
            == sample()
    );
}

proptest! {
    #[test]
    fn a_word_of_letters_never_survives_however_it_is_put(
        before in "[ a-z.,\n]{0,20}", after in "[ a-z.,\n]{0,20}", upper in any::<bool>()
    ) {
        let mut file = sample();
        let word = if upper { "QUOKKA" } else { "quokka" };
        file.parts[0].entries[0].fields[0].text = Text::new(format!("{before} {word}-{word} {after}"));
        let left = redact(&file, &[layer(Ground::ThirdParty, vec![everywhere("Quokka", "")])]).file;
        let all = serde_json::to_string(&left).unwrap().to_lowercase();
        prop_assert!(!all.contains("quokka"));
        prop_assert!(all.contains("i want") || !before.contains("i want"));
    }

    #[test]
    fn cutting_never_loses_what_was_not_picked(text in "\\PC{0,60}", from in 0usize..60, long in 1usize..20) {
        let mut file = sample();
        file.parts[0].entries[0].fields[0].text = Text::new(text.clone());
        let picked: String = text.chars().skip(from).take(long).collect();
        prop_assume!(!picked.is_empty());
        let left = redact(&file, &[layer(Ground::ThirdParty, vec![words("report/wishes", "wishes", from, &picked)])]);
        prop_assert!(left.moved.is_empty());
        let kept: String = left.file.parts[0].entries[0].fields[0].text.words();
        let head: String = text.chars().take(from).collect();
        let tail: String = text.chars().skip(from + picked.chars().count()).collect();
        prop_assert_eq!(kept, head + &tail);
    }
}
