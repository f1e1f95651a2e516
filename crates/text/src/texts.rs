//! Loading the words, and finding one of them in a few microseconds.

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use fluent_syntax::ast::Pattern;
use unic_langid::LanguageIdentifier;

use crate::{ENGLISH, Lang, Value, pseudo};

/// Why the words could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum TextsError {
    /// A file is not Fluent.
    #[error("{file}:{line}: {message}")]
    Syntax {
        /// The file, or `overlay`.
        file: String,
        /// The line, counted from one.
        line: usize,
        /// What the parser says.
        message: String,
    },
    /// Two of the embedded files hold the same id.
    #[error("{file}: {id} is already in another file")]
    Twice {
        /// The later file.
        file: String,
        /// The message's id.
        id: String,
    },
}

/// The words of the program in all its languages. Cheap to share: `Send`, `Sync`, never changed.
pub struct Texts {
    english: FluentBundle<FluentResource>,
    pseudo: FluentBundle<FluentResource>,
}

impl Texts {
    /// Loads the embedded words, then `overlay`: an organisation's own Fluent text, which adds
    /// words (of its own form) or takes the place of ours.
    pub fn load(overlay: Option<&str>) -> Result<Self, TextsError> {
        Self::from_files(ENGLISH, overlay)
    }

    fn from_files(files: &[(&str, &str)], overlay: Option<&str>) -> Result<Self, TextsError> {
        // The pseudo-languages keep English rules for plurals and numbers.
        let rules: LanguageIdentifier = "en-GB".parse().unwrap_or_default();
        let mut english = FluentBundle::new_concurrent(vec![rules.clone()]);
        let mut pseudo = FluentBundle::new_concurrent(vec![rules]);
        pseudo.set_transform(Some(pseudo::accent));
        for bundle in [&mut english, &mut pseudo] {
            // Marks around each argument would end up in attributes, titles and mails.
            bundle.set_use_isolating(false);
            for (file, source) in files {
                bundle
                    .add_resource(parse(file, source)?)
                    .map_err(|errors| TextsError::Twice {
                        file: (*file).to_owned(),
                        id: errors.first().map_or_else(String::new, overridden_id),
                    })?;
            }
            if let Some(source) = overlay {
                bundle.add_resource_overriding(parse("overlay", source)?);
            }
        }
        Ok(Self { english, pseudo })
    }

    /// The text of a message (`report-title`) or of one of its attributes (`q-danger.hint`).
    /// A key that does not exist comes back in brackets.
    pub fn get(&self, lang: Lang, key: &str) -> Cow<'_, str> {
        self.format(lang, key, &[])
    }

    /// The same, with arguments.
    pub fn format(&self, lang: Lang, key: &str, args: &[(&str, Value<'_>)]) -> Cow<'_, str> {
        self.try_format(lang, key, args)
            .unwrap_or_else(|| format!("[{key}]").into())
    }

    /// The text of a key, if it exists.
    pub fn try_get(&self, lang: Lang, key: &str) -> Option<Cow<'_, str>> {
        self.try_format(lang, key, &[])
    }

    /// The text of an attribute of a message, if it exists: `try_get_attr(lang, "q-danger", "hint")`.
    pub fn try_get_attr(&self, lang: Lang, id: &str, attribute: &str) -> Option<Cow<'_, str>> {
        Some(self.write(lang, self.find(lang, id, Some(attribute))?, &[]))
    }

    /// The text of a key with arguments, if the key exists.
    pub fn try_format(&self, lang: Lang, key: &str, args: &[(&str, Value<'_>)]) -> Option<Cow<'_, str>> {
        let (id, attribute) = match key.split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (key, None),
        };
        Some(self.write(lang, self.find(lang, id, attribute)?, args))
    }

    /// Says whether a key exists.
    pub fn has(&self, key: &str) -> bool {
        let (id, attribute) = key
            .split_once('.')
            .map_or((key, None), |(id, attribute)| (id, Some(attribute)));
        self.find(Lang::En, id, attribute).is_some()
    }

    fn bundle(&self, lang: Lang) -> &FluentBundle<FluentResource> {
        match lang {
            Lang::En => &self.english,
            Lang::Pseudo | Lang::PseudoRtl => &self.pseudo,
        }
    }

    fn find(&self, lang: Lang, id: &str, attribute: Option<&str>) -> Option<&Pattern<&str>> {
        let message = self.bundle(lang).get_message(id)?;
        match attribute {
            Some(attribute) => Some(message.get_attribute(attribute)?.value()),
            None => message.value(),
        }
    }

    fn write<'a>(
        &'a self,
        lang: Lang,
        pattern: &'a Pattern<&'a str>,
        args: &[(&str, Value<'_>)],
    ) -> Cow<'a, str> {
        // Faults in formatting (an argument not given) leave `{$name}` in the text; the tests over
        // all templates look for that. A page that is a little wrong beats no page.
        let mut faults = Vec::new();
        let bundle = self.bundle(lang);
        let text = if args.is_empty() {
            bundle.format_pattern(pattern, None, &mut faults)
        } else {
            let args: FluentArgs = args.iter().map(|(name, value)| (*name, value.clone())).collect();
            bundle
                .format_pattern(pattern, Some(&args), &mut faults)
                .into_owned()
                .into()
        };
        pseudo::mark(lang, text)
    }
}

fn parse(file: &str, source: &str) -> Result<FluentResource, TextsError> {
    FluentResource::try_new(source.to_owned()).map_err(|(_, errors)| {
        let first = errors.into_iter().next();
        let at = first.as_ref().map_or(0, |error| error.pos.start);
        TextsError::Syntax {
            file: file.to_owned(),
            line: source.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1,
            message: first.map_or_else(String::new, |error| error.kind.to_string()),
        }
    })
}

fn overridden_id(error: &fluent_bundle::FluentError) -> String {
    match error {
        fluent_bundle::FluentError::Overriding { id, .. } => id.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &'static str, overlay: Option<&str>) -> Texts {
        Texts::from_files(&[("test.ftl", source)], overlay).unwrap()
    }

    #[test]
    fn messages_attributes_and_arguments_are_found() {
        let texts = texts(
            "hello = Hello { $name }\n    .hint = A greeting\nonly =\n    .hint = No value\n",
            None,
        );
        assert_eq!(
            texts.format(Lang::En, "hello", &[("name", "Sam".into())]),
            "Hello Sam"
        );
        assert_eq!(texts.get(Lang::En, "hello.hint"), "A greeting");
        assert_eq!(
            texts.try_get_attr(Lang::En, "hello", "hint").as_deref(),
            Some("A greeting")
        );
        assert_eq!(texts.try_get_attr(Lang::En, "hello", "other"), None);
        assert_eq!(texts.try_get(Lang::En, "only"), None);
        assert_eq!(texts.get(Lang::En, "gone"), "[gone]");
        assert!(texts.has("only.hint") && !texts.has("only"));
    }

    #[test]
    fn a_plain_text_is_borrowed() {
        let texts = texts("plain = Plain words\n", None);
        assert!(matches!(texts.get(Lang::En, "plain"), Cow::Borrowed(_)));
    }

    #[test]
    fn the_pseudo_languages_are_marked_and_longer_but_keep_arguments() {
        let texts = texts("hello = Hello { $name }, come in\n", None);
        let args = [("name", Value::from("Sam"))];
        assert_eq!(
            texts.format(Lang::Pseudo, "hello", &args),
            "⟦Ħeeŀŀoo Sam, ƈooḿee iƞ⟧"
        );
        let right = texts.format(Lang::PseudoRtl, "hello", &args);
        assert!(right.starts_with('\u{202e}') && right.ends_with('\u{202c}'));
    }

    #[test]
    fn an_overlay_adds_and_replaces() {
        let texts = texts("a = One\nb = Two\n", Some("b = Mine\nc = Three\n"));
        assert_eq!(texts.get(Lang::En, "a"), "One");
        assert_eq!(texts.get(Lang::En, "b"), "Mine");
        assert_eq!(texts.get(Lang::Pseudo, "c"), "⟦Ŧħřeeee⟧");
    }

    #[test]
    fn errors_name_file_and_line() {
        let error = Texts::from_files(&[("a.ftl", "ok = Yes\nbad\n")], None)
            .err()
            .unwrap();
        assert!(error.to_string().starts_with("a.ftl:2: "), "{error}");
        let error = Texts::from_files(&[("a.ftl", "x = 1\n"), ("b.ftl", "x = 2\n")], None)
            .err()
            .unwrap();
        assert_eq!(error.to_string(), "b.ftl: x is already in another file");
        let error = Texts::from_files(&[], Some("\n\nbad bad")).err().unwrap();
        assert!(error.to_string().starts_with("overlay:3: "), "{error}");
    }

    #[test]
    fn texts_are_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Texts>();
    }
}
