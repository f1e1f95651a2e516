//! Layers: what goes, what stays, and what happens where a passage has moved.

use proptest::prelude::*;
use safehold_documents::{Ground, Passage, Piece, Text, redact, redact::CHRONOLOGY};

use crate::sample::{entry, everywhere, field, layer, part, sample};

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

fn account(layers: &[safehold_documents::Layer]) -> (String, usize) {
    let left = redact(&sample(), layers);
    let field = &left.file.find("report/account").unwrap().fields[0];
    (shown(&field.text), left.lost)
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
    let (text, lost) = account(&[layer]);
    assert_eq!(
        text,
        "[privilege]\n\nThen Quentin left. Zoë “saw” it, at 10 o’clock."
    );
    assert_eq!(lost, 0);
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
fn words_that_moved_are_found_again_and_those_that_are_nowhere_are_missed() {
    let rest = " left. Zoë “saw” it, at 10 o’clock.";
    for (entry, field, from) in [
        ("report/account", "what_happened", 3),
        ("report/account", "other", 0),
        ("gone", "what_happened", 0),
    ] {
        let again = layer(Ground::ThirdParty, vec![words(entry, field, from, "Quentin")]);
        let (text, lost) = account(&[again]);
        assert_eq!(
            text,
            format!("[third_party] Marlowe shouted at me.\n\nThen [third_party]{rest}")
        );
        assert_eq!(lost, 0);
    }
    let gone = layer(
        Ground::ThirdParty,
        vec![words("report/account", "what_happened", 0, "Somebody else")],
    );
    assert_eq!(account(&[gone]).1, 1);
    let gone = Passage::Entry {
        entry: "message/9".to_owned(),
    };
    assert_eq!(account(&[layer(Ground::ThirdParty, vec![gone])]).1, 1);
}

#[test]
fn what_goes_from_an_entry_goes_from_its_line_in_the_chronology() {
    let mut file = sample();
    let lines = ["message/1", "file/1", "report/account"].map(|id| {
        let heading = file.find(id).unwrap().heading.words();
        entry(
            &format!("{CHRONOLOGY}{id}"),
            "",
            "",
            vec![field("what", "24 November 2026", &heading)],
        )
    });
    file.parts
        .push(part("chronology", "In order of time", lines.into()));
    let out = Passage::Entry {
        entry: "message/1".to_owned(),
    };
    let picked = words("file/1", "heading", 0, "quentin-marlowe");
    let left = redact(&file, &[layer(Ground::ThirdParty, vec![out, picked])]).file;
    assert!(left.find("chronology/message/1").unwrap().fields.is_empty());
    let line = left.find("chronology/file/1").unwrap();
    assert_eq!(shown(&line.fields[0].text), "[third_party].jpg");
    let line = left.find("chronology/report/account").unwrap();
    assert_eq!(shown(&line.fields[0].text), "What was seen");
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
fn an_entry_goes_whole() {
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
        prop_assert_eq!(left.lost, 0);
        let kept: String = left.file.parts[0].entries[0].fields[0].text.words();
        let head: String = text.chars().take(from).collect();
        let tail: String = text.chars().skip(from + picked.chars().count()).collect();
        prop_assert_eq!(kept, head + &tail);
    }
}
