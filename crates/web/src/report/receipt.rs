//! `/check`: whether a receipt is one of this installation, and unchanged. It says nothing of the content.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use safehold_app::report::Receipt;

use super::times;
use crate::{
    fields::Fields,
    layout::{self, Nav, Page},
    problem::Problem,
    site::Site,
};

#[derive(Template)]
#[template(path = "report/receipt.html")]
struct ReceiptPage {
    page: Page,
    typed: String,
    /// Number and time of a good receipt.
    good: Option<(String, String)>,
    error: String,
    problems: Vec<layout::FieldError>,
}

fn empty(site: &Site) -> ReceiptPage {
    ReceiptPage {
        page: Page::new(&site.web, "report-tab-receipt", Nav::Other),
        typed: String::new(),
        good: None,
        error: String::new(),
        problems: Vec::new(),
    }
}

/// `GET /check`.
pub async fn get(State(site): State<Site>) -> Result<impl IntoResponse, Problem> {
    layout::html(&empty(&site))
}

/// `POST /check`.
pub async fn post(State(site): State<Site>, fields: Fields) -> Result<Response, Problem> {
    let mut html = empty(&site);
    fields.get("receipt").clone_into(&mut html.typed);
    if let Ok(receipt) = Receipt::verify(&html.typed, &site.app.verify_key()) {
        let at = times::moment(&html.page, &site.web.zone, receipt.at);
        html.good = Some((receipt.number.to_string(), at));
        return Ok(layout::html(&html)?.into_response());
    }
    html.error = html.page.t("report-receipt-error");
    html.problems = vec![layout::FieldError {
        name: "receipt".to_owned(),
        text: html.error.clone(),
    }];
    Ok((StatusCode::UNPROCESSABLE_ENTITY, layout::html(&html)?).into_response())
}
