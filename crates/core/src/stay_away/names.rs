//! Names of people who would like to join, as somebody typed or pasted them, compared with the name of somebody who is
//! to stay away. It only says who may be meant: people look, and people decide.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::case::keyed;

/// The most lines that are read at once.
pub const MOST_LINES: usize = 2_000;
/// The most characters that are read at once.
pub const MOST_CHARACTERS: usize = 200_000;
/// The fewest digits that are a telephone number.
const FEWEST_DIGITS: usize = 7;
/// How alike two names without their spaces have to be, from 0 to 1.
const ALIKE: f64 = 0.85;

keyed! {
    /// How a name that was asked about is like a known one, the surest first.
    Alike {
        /// The same words, in whatever order.
        Same = "same",
        /// The same address or telephone number.
        Reach = "reach",
        /// Another spelling, a shorter form, an initial.
        Near = "near",
        /// Only one name of several.
        Part = "part",
    }
}

/// More was pasted than is read at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too much at once")]
pub struct TooMuch;

/// One line that was asked about. It holds somebody's name, so it never prints.
pub struct Asked {
    /// The number of the line, from 1.
    pub line: usize,
    /// What stands in it.
    pub text: String,
    names: Vec<Vec<String>>,
    reach: Vec<String>,
}

impl std::fmt::Debug for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Asked(line {})", self.line)
    }
}

/// Reads what was typed or pasted: one name in a line, or a table from a spreadsheet with commas, semicolons or tabs.
///
/// # Errors
/// [`TooMuch`], for more than [`MOST_LINES`] or [`MOST_CHARACTERS`].
pub fn read_list(text: &str) -> Result<Vec<Asked>, TooMuch> {
    if text.chars().count() > MOST_CHARACTERS || text.lines().count() > MOST_LINES {
        return Err(TooMuch);
    }
    let mut asked = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let cells = cells(line);
        if cells.is_empty() {
            continue;
        }
        let (mut plain, mut reach) = (Vec::new(), Vec::new());
        for cell in &cells {
            let (name, found) = split(cell);
            plain.push(words(&name));
            reach.extend(found);
        }
        plain.retain(|words| !words.is_empty());
        // First and last name may be in columns of their own, in either order.
        let pairs = plain.windows(2).map(<[_]>::concat).collect::<Vec<_>>();
        plain.extend(pairs);
        asked.push(Asked {
            line: index + 1,
            text: cells.join(", "),
            names: plain,
            reach,
        });
    }
    Ok(asked)
}

/// The cells of a line. Each is read by itself: a quotation mark that nobody closed must not swallow the names after it.
fn cells(line: &str) -> Vec<String> {
    let delimiter = [b'\t', b';']
        .into_iter()
        .find(|sign| line.as_bytes().contains(sign))
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .from_reader(line.as_bytes());
    let mut cells = Vec::new();
    for record in reader.records().flatten() {
        cells.extend(record.iter().filter(|cell| !cell.is_empty()).map(str::to_owned));
    }
    cells
}

/// A cell without addresses and numbers, and these.
fn split(cell: &str) -> (String, Vec<String>) {
    let digits = digits(cell);
    let is_number = digits.len() >= FEWEST_DIGITS && !cell.chars().any(char::is_alphabetic);
    if is_number {
        return (String::new(), vec![number(&digits)]);
    }
    let (reach, name): (Vec<_>, Vec<_>) = cell.split_whitespace().partition(|word| word.contains('@'));
    (name.join(" "), reach.into_iter().map(address).collect())
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The end of a telephone number, which is the same with and without the code of the country.
fn number(digits: &str) -> String {
    let from = digits.len().saturating_sub(9);
    digits.get(from..).unwrap_or(digits).to_owned()
}

fn address(word: &str) -> String {
    let signs: &[char] = &['<', '>', '(', ')', ',', ';', '.', '"', '\''];
    let plain = word.trim_matches(signs).to_lowercase();
    plain.strip_prefix("mailto:").unwrap_or(&plain).to_owned()
}

/// Small letters without accents and punctuation, word by word.
fn words(text: &str) -> Vec<String> {
    let mut plain = String::with_capacity(text.len());
    for char in text.nfkd().filter(|char| !is_combining_mark(*char)) {
        for char in char.to_lowercase() {
            match char {
                '\'' | '\u{2018}' | '\u{2019}' | '\u{02bc}' => {}
                'ł' => plain.push('l'),
                'ø' => plain.push('o'),
                'đ' | 'ð' => plain.push('d'),
                'ı' => plain.push('i'),
                'æ' => plain.push_str("ae"),
                'œ' => plain.push_str("oe"),
                'ß' => plain.push_str("ss"),
                'þ' => plain.push_str("th"),
                char => plain.push(char),
            }
        }
    }
    plain
        .split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether a line may mean somebody with these names and this address or number. The surest likeness counts.
pub fn alike<'a>(asked: &Asked, known: impl Iterator<Item = &'a str>, reach: Option<&str>) -> Option<Alike> {
    let ways: Vec<String> = reach.map_or_else(Vec::new, |reach| {
        let number_of = |part: &str| Some(digits(part)).filter(|all| all.len() >= FEWEST_DIGITS);
        let numbers = reach
            .split([',', ';', '\n'])
            .filter_map(number_of)
            .map(|all| number(&all));
        let addresses = reach
            .split_whitespace()
            .filter(|word| word.contains('@'))
            .map(address);
        numbers.chain(addresses).collect()
    });
    let by_reach = asked
        .reach
        .iter()
        .any(|way| ways.contains(way))
        .then_some(Alike::Reach);
    known
        .map(words)
        .flat_map(|name| asked.names.iter().filter_map(move |asked| compare(asked, &name)))
        .chain(by_reach)
        .min()
}

fn compare(asked: &[String], known: &[String]) -> Option<Alike> {
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort();
        words
    };
    if asked.is_empty() || known.is_empty() {
        return None;
    }
    let (one, other) = (sorted(asked), sorted(known));
    if one == other {
        return Some(Alike::Same);
    }
    let whole = |one: &[String], other: &[String]| {
        let (one, other) = (one.concat(), other.concat());
        one.chars().count().min(other.chars().count()) > 5
            && strsim::normalized_damerau_levenshtein(&one, &other) >= ALIKE
    };
    if whole(asked, known) || whole(&one, &other) {
        return Some(Alike::Near);
    }
    let (short, long) = if asked.len() <= known.len() {
        (asked, known)
    } else {
        (known, asked)
    };
    if let [word] = short {
        let is_name = word.chars().count() > 2 || !word.is_ascii();
        return (is_name && long.iter().any(|other| is_near(word, other))).then_some(Alike::Part);
    }
    // Each word of the shorter name has one of its own in the longer, and not all of them are mere initials.
    let mut left: Vec<&String> = long.iter().collect();
    let mut whole_words = 0;
    for word in short {
        let place = |test: &dyn Fn(&str) -> bool| left.iter().position(|other| test(other));
        let near =
            place(&|other| is_near(word, other)).or_else(|| place(&|other| is_short_form(word, other)));
        whole_words += usize::from(near.is_some());
        left.swap_remove(near.or_else(|| place(&|other| is_initial(word, other)))?);
    }
    (whole_words > 0).then_some(Alike::Near)
}

/// The same word, but for a slip or two.
fn is_near(one: &str, other: &str) -> bool {
    let slips = match one.chars().count().min(other.chars().count()) {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    one == other || strsim::damerau_levenshtein(one, other) <= slips
}

/// Sam and Samuel.
fn is_short_form(one: &str, other: &str) -> bool {
    let is_of = |short: &str, long: &str| short.chars().count() > 2 && long.starts_with(short);
    is_of(one, other) || is_of(other, one)
}

/// S and Samuel.
fn is_initial(one: &str, other: &str) -> bool {
    let is_of = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    is_of(one, other) || is_of(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str, known: &[&str], reach: Option<&str>) -> Option<Alike> {
        let asked = read_list(line).unwrap();
        alike(asked.first()?, known.iter().copied(), reach)
    }

    #[test]
    fn a_name_is_found_however_it_is_spelled() {
        let known = ["Samuel O'Carter", "Sammy Carter-Lund"];
        for (line, how) in [
            ("Samuel O\u{2019}Carter", Some(Alike::Same)),
            ("OCARTER, Samuel", Some(Alike::Same)),
            ("Sámuel ocarter", Some(Alike::Same)),
            ("Samuel Ocartre", Some(Alike::Near)),
            ("Sam O'Carter", Some(Alike::Near)),
            ("S. OCarter", Some(Alike::Near)),
            ("Samuel J. O'Carter", Some(Alike::Near)),
            ("Sammy CarterLund", Some(Alike::Near)),
            ("Samuel", Some(Alike::Part)),
            ("Robin Example", None),
            ("S C", None),
            ("Samir Ahmed", None),
        ] {
            assert_eq!(found(line, &known, None), how, "{line}");
        }
        assert_eq!(
            found("Lukasz Strauss", &["Łukasz Strauß"], None),
            Some(Alike::Same)
        );
        assert_eq!(found("李小龙", &["李小龙"], None), Some(Alike::Same));
    }

    #[test]
    fn a_table_is_read_in_whatever_columns_the_names_are() {
        let known = ["Sam Carter"];
        for line in [
            "Sam,Carter,sam@example.org,yes",
            "Carter;Sam;07700 900123",
            "1\tSam Carter\tyes",
            "\"Carter, Sam\",tuesday",
            "Sam Carter <sam@example.org>",
            "\"Sam Carter",
        ] {
            assert_eq!(found(line, &known, None), Some(Alike::Same), "{line}");
        }
        let asked = read_list("Name,Mail\n\n  \nSam Carter,x\n").unwrap();
        let lines: Vec<_> = asked
            .iter()
            .map(|asked| (asked.line, asked.text.as_str()))
            .collect();
        assert_eq!(lines, [(1, "Name, Mail"), (4, "Sam Carter, x")]);
    }

    #[test]
    fn an_address_or_a_number_is_found_too() {
        let reach = Some("Sam.C@Example.org, 07700 900123");
        for line in [
            "Jo Bloggs, sam.c@example.org",
            "Jo,+44 7700 900 123",
            "mailto:SAM.C@example.org",
        ] {
            assert_eq!(found(line, &["Sam Carter"], reach), Some(Alike::Reach), "{line}");
        }
        assert_eq!(found("Jo, 07700 900124", &["Sam Carter"], reach), None);
    }

    #[test]
    fn too_much_is_refused_whole() {
        assert_eq!(read_list(&"a\n".repeat(MOST_LINES + 1)).unwrap_err(), TooMuch);
        assert_eq!(read_list(&"a".repeat(MOST_CHARACTERS + 1)).unwrap_err(), TooMuch);
        assert_eq!(read_list(&"a\n".repeat(MOST_LINES)).unwrap().len(), MOST_LINES);
    }

    #[test]
    fn a_line_does_not_print() {
        assert_eq!(
            format!("{:?}", read_list("Sam Carter").unwrap()),
            "[Asked(line 1)]"
        );
    }
}
