//! Halves of links between cases, each at a place that only the key of its case gives.
//!
//! Who does not hold that key can tell neither to which case a half belongs nor which two belong together. So there is
//! nothing here to list: a half is asked for by its place, one after the other, until there is none.

use safehold_seal::Sealed;

use crate::{
    conn::{Conn, Tx},
    error::StoreError,
    statement::sql,
};

/// A place, derived from the key of a case.
pub type Place = [u8; 32];

/// What lies at a place.
pub async fn find(conn: &mut Conn, place: &Place) -> Result<Option<Sealed>, StoreError> {
    let row = conn
        .find(sql("SELECT half_sealed FROM pattern_halves WHERE place = $1").bytes(place))
        .await?;
    row.as_ref().map(|row| row.sealed("half_sealed")).transpose()
}

/// Puts a half at a place.
///
/// # Errors
/// [`StoreError::Conflict`] if something lies there already: somebody else was first.
pub async fn add(tx: &mut Tx, place: &Place, half: &Sealed) -> Result<(), StoreError> {
    tx.execute(
        sql("INSERT INTO pattern_halves (place, half_sealed) VALUES ($1, $2)")
            .bytes(place)
            .sealed(half),
    )
    .await?;
    Ok(())
}

/// Removes what lies at a place, as its case is erased.
pub async fn remove(tx: &mut Tx, place: &Place) -> Result<(), StoreError> {
    tx.execute(sql("DELETE FROM pattern_halves WHERE place = $1").bytes(place))
        .await?;
    Ok(())
}
