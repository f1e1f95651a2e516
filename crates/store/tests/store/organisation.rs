//! Settings, forms and statements.

use jiff::civil::date;
use safehold_store::{
    StoreError,
    forms::{self, FormRow},
    settings::{self, SettingRow},
    statements::{self, StatementRow},
};

use crate::{
    database::{Database, on_both, write},
    rows::*,
};

on_both![
    a_setting_is_put_over_the_one_before,
    a_form_is_kept_as_it_was_first_used,
    every_version_of_the_statement_stays,
];

async fn a_setting_is_put_over_the_one_before(db: Database) {
    let setting = |value: &str, second| SettingRow {
        key: "name".to_owned(),
        value: value.to_owned(),
        changed_at: at(second),
    };
    for row in [setting("\"Old\"", 1), setting("\"Žluťoučký 🐎\"", 2)] {
        write!(db.store, row, |tx, row| settings::put(tx, row).await?).unwrap();
    }
    let mut conn = db.read().await;
    let expected = setting("\"Žluťoučký 🐎\"", 2);
    assert_eq!(
        settings::find(&mut conn, "name").await,
        Ok(Some(expected.clone()))
    );
    assert_eq!(settings::find(&mut conn, "other").await, Ok(None));
    assert_eq!(settings::list(&mut conn).await, Ok(vec![expected]));
}

async fn a_form_is_kept_as_it_was_first_used(db: Database) {
    let form = |version: &str, second| FormRow {
        digest: "d".to_owned(),
        version: version.to_owned(),
        schema: "questions".to_owned(),
        words: None,
        first_used_at: at(second),
    };
    for row in [form("1", 1), form("2", 2)] {
        write!(db.store, row, |tx, row| forms::keep(tx, row).await?).unwrap();
    }
    let mut conn = db.read().await;
    assert_eq!(forms::find(&mut conn, "d").await, Ok(Some(form("1", 1))));
    assert_eq!(forms::find(&mut conn, "e").await, Ok(None));
}

async fn every_version_of_the_statement_stays(db: Database) {
    let statement = |version| StatementRow {
        version,
        published_on: date(2026, 1, 1),
        title: "Title".to_owned(),
        markdown: "# Text".to_owned(),
        note: "first".to_owned(),
    };
    for version in [1, 2] {
        write!(db.store, statement(version), |tx, row| statements::add(tx, row)
            .await?)
        .unwrap();
    }
    assert_eq!(
        write!(db.store, statement(2), |tx, row| statements::add(tx, row).await?),
        Err(StoreError::Conflict {
            constraint: "statements.key".to_owned()
        })
    );
    let mut conn = db.read().await;
    assert_eq!(statements::find_latest(&mut conn).await, Ok(Some(statement(2))));
    assert_eq!(statements::find(&mut conn, 1).await, Ok(Some(statement(1))));
    assert_eq!(
        statements::list(&mut conn).await,
        Ok(vec![statement(2), statement(1)])
    );
}
