//! What is printed of a recovery key: the whole of it, or a page for each share.

use safehold_app::recovery::PrintedShare;

use crate::{desk::moment, layout::Page, site::Site};

/// A page for one holder. Needed by `team/recovery/sheet.html`.
pub(crate) struct Sheet {
    pub(crate) heading: String,
    pub(crate) text: String,
    pub(crate) share: String,
    pub(crate) set: String,
}

/// A page for each share.
pub(crate) fn sheets(page: &Page, site: &Site, needed: u8, set: &str, shares: &[PrintedShare]) -> Vec<Sheet> {
    let at = moment(page, &site.web, site.app.now());
    shares
        .iter()
        .map(|share| {
            let words = [
                ("number", share.number.to_string()),
                ("of", shares.len().to_string()),
                ("needed", needed.to_string()),
                ("name", share.holder.clone()),
                ("set", set.to_owned()),
                ("at", at.clone()),
                ("address", format!("{}/desk/share", site.base_url)),
                ("organisation", page.organisation.name.clone()),
            ];
            Sheet {
                heading: page.format("recovery-sheet", &words),
                text: crate::markdown::prose(&page.format("recovery-sheet-text", &words)),
                share: share.text.to_string(),
                set: page.format("recovery-sheet-set", &words),
            }
        })
        .collect()
}
