//! Names of one case that stand in others too, also where they are spelt a little otherwise. It only compares: people
//! say whether it is the same person or place.

use std::sync::Arc;

use safehold_core::id::CaseId;
use zeroize::Zeroizing;

use super::{
    Kind, Progress,
    doc::{Doc, Name},
    find::{shelf_of, wait},
};
use crate::{
    App, AppError,
    desk::{DeskError, Reader},
};

/// The most that is answered for one case.
const MOST: usize = 200;

/// A name of the case, and one of another that is alike.
pub(crate) struct AlikeName {
    /// Of a person, or of a place, an activity or an organisation.
    pub(crate) kind: Kind,
    /// The other case. It is on the reader's desk, as far as the shelf knows.
    pub(crate) case: CaseId,
    /// As it is written here, and there.
    pub(crate) shown: [Zeroizing<String>; 2],
    /// As it is compared, here and there.
    pub(crate) compared: [Zeroizing<String>; 2],
}

impl AlikeName {
    /// Whether it is spelt otherwise there.
    pub(crate) fn is_near(&self) -> bool {
        let [here, there] = &self.compared;
        here != there
    }
}

/// Names of a case that stand in others of the reader's cases, those that are spelt the same first. It looks at what is
/// opened so far. Whoever shows any of it notes that in the trace of the other case first ([`super::trace_shown`]), and
/// opens what they show of it by its key.
///
/// # Errors
/// [`DeskError::Role`] for a role that reads no cases.
pub(crate) async fn alike(
    app: &App,
    reader: &Reader,
    case: CaseId,
) -> Result<(Vec<AlikeName>, Progress), DeskError> {
    let shelf = shelf_of(app, reader).await?;
    wait(&shelf).await?;
    let (docs, progress) = (shelf.docs(), shelf.progress());
    let found = tokio::task::spawn_blocking(move || compare(case, &docs))
        .await
        .map_err(|_| AppError::Task)?;
    Ok((found, progress))
}

fn compare(case: CaseId, docs: &[(CaseId, Arc<Doc>)]) -> Vec<AlikeName> {
    let Some((_, own)) = docs.iter().find(|(id, _)| *id == case) else {
        return Vec::new();
    };
    let mut found: Vec<AlikeName> = Vec::new();
    for (other, doc) in docs.iter().filter(|(id, _)| *id != case) {
        for here in &own.names {
            for there in &doc.names {
                if here.kind != there.kind || !is_alike(&here.folded, &there.folded) {
                    continue;
                }
                let is_known = found
                    .iter()
                    .rev()
                    .take_while(|known| known.case == *other)
                    .any(|known| {
                        known.kind == here.kind
                            && known.compared[0] == here.folded
                            && known.compared[1] == there.folded
                    });
                if !is_known {
                    found.push(pair(*other, here, there));
                }
            }
        }
    }
    found.sort_by_key(AlikeName::is_near);
    found.truncate(MOST);
    found
}

fn pair(case: CaseId, here: &Name, there: &Name) -> AlikeName {
    AlikeName {
        kind: here.kind,
        case,
        shown: [here.shown.clone(), there.shown.clone()],
        compared: [here.folded.clone(), there.folded.clone()],
    }
}

/// Whether two names, as they are compared, may be of the same person or place: every word of the shorter one has one
/// in the other that is the same, or nearly so.
fn is_alike(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    let (shorter, longer) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    // One short word, such as "he" or an initial, is in everything.
    let letters: usize = shorter.iter().map(|word| word.chars().count()).sum();
    letters >= 4
        && shorter
            .iter()
            .all(|word| longer.iter().any(|other| is_near(word, other)))
}

fn is_near(one: &str, other: &str) -> bool {
    let length = one.chars().count();
    // In a short word, one other letter makes another word.
    let most = match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    one == other || (one.len().abs_diff(other.len()) <= most * 2 && strsim::osa_distance(one, other) <= most)
}

#[cfg(test)]
mod tests {
    use super::is_alike;

    #[test]
    fn names_in_near_spellings_are_alike_and_others_are_not() {
        for (one, other) in [
            ("marek", "marek"),
            ("marek", "marec"),
            ("marek nowak", "nowak marek"),
            ("marek", "marek nowak"),
            ("siobhan oneill", "siobhann oneil"),
            ("riverside hall", "the riverside hall"),
            ("jo", "jo"),
        ] {
            assert!(is_alike(one, other) && is_alike(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("jo", "jo bloggs"),
            ("marek", "mira"),
            ("marek nowak", "marek smith"),
            ("tom", "tim"),
        ] {
            assert!(!is_alike(one, other) && !is_alike(other, one), "{one} {other}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_two_names_are_compared_alike_in_both_orders(one in "[a-zé]{0,9}( [a-zé]{1,9}){0,3}", other in "[a-zé]{0,9}( [a-zé]{1,9}){0,3}") {
            if one.split(' ').count() != other.split(' ').count() {
                proptest::prop_assert_eq!(is_alike(&one, &other), is_alike(&other, &one));
            }
            proptest::prop_assert!(is_alike(&one, &one));
        }
    }
}
