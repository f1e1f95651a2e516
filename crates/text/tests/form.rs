//! The words that people meet when they report: all there, and in the tone that the collective wants.

use fluent_syntax::{
    ast::{Entry, Resource},
    parser::parse,
    serializer::serialize,
};
use safehold_core::{categories::Categories, form::Form};
use safehold_text::{ENGLISH, Lang, Texts};

/// Every message and attribute in the embedded files: file, key and the whole message as written.
fn all_texts() -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for (file, source) in ENGLISH {
        // `Texts::load`, which every test here calls, stops at the first fault.
        let resource = parse(*source).unwrap_or_else(|(partial, _)| partial);
        for entry in resource.body {
            let Entry::Message(message) = &entry else {
                continue;
            };
            let id = message.id.name;
            let value = message.value.iter().map(|_| id.to_owned());
            let attributes = message
                .attributes
                .iter()
                .map(|attribute| format!("{id}.{}", attribute.id.name));
            let keys: Vec<_> = value.chain(attributes).collect();
            let whole = serialize(&Resource { body: vec![entry] });
            found.extend(
                keys.into_iter()
                    .map(|key| ((*file).to_owned(), key, whole.clone())),
            );
        }
    }
    found
}

#[test]
fn every_word_of_the_built_in_form_is_there() {
    let texts = Texts::load(None).unwrap();
    let form = Form::built_in().unwrap();
    let missing: Vec<_> = form
        .text_keys()
        .into_iter()
        .filter(|key| !texts.has(key))
        .collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn every_word_of_the_form_belongs_to_a_question() {
    let form = Form::built_in().unwrap();
    let keys = form.text_keys();
    let known = |key: &str| keys.iter().any(|known| known.split('.').next() == Some(key));
    let spare: Vec<_> = all_texts()
        .into_iter()
        .filter(|(file, _, _)| file == "form.ftl")
        .map(|(_, key, _)| key.split('.').next().unwrap().to_owned())
        .filter(|key| !key.starts_with("form-") && !known(key))
        .collect();
    assert_eq!(spare, [""; 0]);
}

#[test]
fn every_category_has_its_words() {
    let texts = Texts::load(None).unwrap();
    for category in Categories::built_in().unwrap().all() {
        let words = texts.category(Lang::En, &category.key);
        for text in [words.name, words.short, words.signs] {
            assert!(!text.starts_with('['), "{text}");
        }
    }
}

#[test]
fn every_error_has_words_with_its_numbers() {
    let texts = Texts::load(None).unwrap();
    for key in [
        "missing",
        "too-long",
        "unknown-option",
        "bad-date",
        "mixed",
        "not-text",
    ] {
        assert!(texts.has(&format!("form-error-{key}")), "{key}");
    }
    let text = texts.format(
        Lang::En,
        "form-error-too-long",
        &[("max", 200.into()), ("by", 1.into())],
    );
    assert_eq!(
        text,
        "This is 1 character longer than fits here. Please shorten it to 200 characters. \
         You can tell us the rest in another answer, or later."
    );
}

#[test]
fn no_words_that_blame_or_shout() {
    let forbidden = [
        "victim",
        "alleged",
        "vulnerable",
        "ground rules",
        "failed to",
        "why did you",
        "!",
    ];
    Texts::load(None).unwrap();
    for (file, key, text) in all_texts() {
        let lower = text.to_lowercase();
        for word in forbidden {
            assert!(!lower.contains(word), "{file}: {key}: {word}");
        }
    }
}

#[test]
fn every_message_differs_in_the_pseudo_languages() {
    let texts = Texts::load(None).unwrap();
    let keys = all_texts();
    assert!(keys.len() > 500);
    for (file, key, _) in keys {
        let english = texts.get(Lang::En, &key);
        for lang in [Lang::Pseudo, Lang::PseudoRtl] {
            let pseudo = texts.get(lang, &key);
            assert_ne!(english, pseudo, "{file}: {key}");
            assert!(
                pseudo.contains('\u{27e6}') && pseudo.contains('\u{27e7}'),
                "{file}: {key}"
            );
        }
    }
}

#[test]
fn sentences_stay_short() {
    let texts = Texts::load(None).unwrap();
    // A guide, not a proof: reading age about nine means short sentences (T14).
    for (file, key, _) in all_texts().into_iter().filter(|(file, ..)| file == "form.ftl") {
        let text = texts.get(Lang::En, &key);
        for sentence in text.split(['.', '?', ':', ';', '\n']) {
            let words = sentence.split_whitespace().count();
            assert!(words <= 28, "{file}: {key}: {words} words: {sentence}");
        }
        if key.split_once('.').is_some_and(|(_, part)| part == "why") {
            assert!(text.split_whitespace().count() <= 40, "{key}");
        }
    }
}
