//! Statements and rows in the types of this program.

use std::{
    borrow::Cow,
    fmt::{Display, Write},
    str::FromStr,
};

use jiff::{Timestamp, civil::Date};
use safehold_seal::Sealed;
use sqlx::{
    Any, AssertSqlSafe, Decode, Row as _, Type,
    any::{AnyArguments, AnyRow},
    query::Query,
};

use crate::error::StoreError;

/// A statement and what is bound to it.
pub(crate) struct Statement {
    text: Cow<'static, str>,
    values: Vec<Value>,
}

enum Value {
    Int(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

/// A statement that is prepared once for each connection.
pub(crate) fn sql(text: &'static str) -> Statement {
    Statement {
        text: Cow::Borrowed(text),
        values: Vec::new(),
    }
}

/// A statement put together from literals of this crate: how many rows it has is all that varies.
pub(crate) fn sql_built(text: String) -> Statement {
    Statement {
        text: Cow::Owned(text),
        values: Vec::new(),
    }
}

impl Statement {
    fn value(mut self, value: Value) -> Self {
        self.values.push(value);
        self
    }

    pub(crate) fn text(self, value: impl Into<String>) -> Self {
        self.value(Value::Text(Some(value.into())))
    }

    pub(crate) fn maybe_text(self, value: Option<&str>) -> Self {
        self.value(Value::Text(value.map(str::to_owned)))
    }

    pub(crate) fn id(self, id: impl Display) -> Self {
        self.text(id.to_string())
    }

    pub(crate) fn maybe_id(self, id: Option<impl Display>) -> Self {
        self.value(Value::Text(id.map(|id| id.to_string())))
    }

    pub(crate) fn int(self, value: i64) -> Self {
        self.maybe_int(Some(value))
    }

    pub(crate) fn maybe_int(self, value: Option<i64>) -> Self {
        self.value(Value::Int(value))
    }

    pub(crate) fn flag(self, value: bool) -> Self {
        self.int(i64::from(value))
    }

    pub(crate) fn at(self, at: Timestamp) -> Self {
        self.int(at.as_millisecond())
    }

    pub(crate) fn maybe_at(self, at: Option<Timestamp>) -> Self {
        self.maybe_int(at.map(Timestamp::as_millisecond))
    }

    pub(crate) fn on(self, on: Date) -> Self {
        self.text(on.to_string())
    }

    pub(crate) fn bytes(self, value: &[u8]) -> Self {
        self.maybe_bytes(Some(value))
    }

    pub(crate) fn maybe_bytes(self, value: Option<&[u8]>) -> Self {
        self.value(Value::Bytes(value.map(<[u8]>::to_vec)))
    }

    pub(crate) fn sealed(self, value: &Sealed) -> Self {
        self.bytes(value.as_bytes())
    }

    pub(crate) fn maybe_sealed(self, value: Option<&Sealed>) -> Self {
        self.maybe_bytes(value.map(Sealed::as_bytes))
    }

    /// For the driver.
    pub(crate) fn into_query(self) -> Query<'static, Any, AnyArguments> {
        let query = match self.text {
            Cow::Borrowed(text) => sqlx::query(text),
            Cow::Owned(text) => sqlx::query(AssertSqlSafe(text)),
        };
        self.values.into_iter().fold(query, |query, value| match value {
            Value::Int(value) => query.bind(value),
            Value::Text(value) => query.bind(value),
            Value::Bytes(value) => query.bind(value),
        })
    }

    /// Several statements as one text, which SQLite runs one after the other: the second's `$1` becomes the
    /// number after the first's last. No statement of this crate has a dollar sign in any other place.
    pub(crate) fn joined(statements: impl IntoIterator<Item = Self>) -> Self {
        let mut text = String::with_capacity(2_000);
        let mut values = Vec::with_capacity(64);
        for statement in statements {
            let mut parts = statement.text.split('$');
            text.push_str(parts.next().unwrap_or_default());
            for part in parts {
                let end = part
                    .find(|char: char| !char.is_ascii_digit())
                    .unwrap_or(part.len());
                let (number, rest) = part.split_at(end);
                let number = number.parse::<usize>().unwrap_or_default() + values.len();
                // Writing to a string cannot go wrong.
                let _ = write!(text, "${number}{rest}");
            }
            text.push_str(";\n");
            values.extend(statement.values);
        }
        Self {
            text: Cow::Owned(text),
            values,
        }
    }
}

/// One row.
pub(crate) struct Row(pub(crate) AnyRow);

impl Row {
    fn get<'r, T: Decode<'r, Any> + Type<Any>>(&'r self, column: &str) -> Result<T, StoreError> {
        Ok(self.0.try_get(column)?)
    }

    pub(crate) fn text(&self, column: &str) -> Result<String, StoreError> {
        self.get(column)
    }

    pub(crate) fn maybe_text(&self, column: &str) -> Result<Option<String>, StoreError> {
        self.get(column)
    }

    /// A value that is stored as what its `Display` writes.
    pub(crate) fn parsed<T: FromStr>(&self, column: &str) -> Result<T, StoreError> {
        self.get::<&str>(column)?
            .parse()
            .map_err(|_| StoreError::unreadable(column))
    }

    pub(crate) fn maybe_parsed<T: FromStr>(&self, column: &str) -> Result<Option<T>, StoreError> {
        let text: Option<&str> = self.get(column)?;
        text.map(|text| text.parse().map_err(|_| StoreError::unreadable(column)))
            .transpose()
    }

    /// A value that is stored as its key.
    pub(crate) fn keyed<T>(
        &self,
        column: &str,
        from_key: impl Fn(&str) -> Option<T>,
    ) -> Result<T, StoreError> {
        from_key(self.get(column)?).ok_or_else(|| StoreError::unreadable(column))
    }

    pub(crate) fn int(&self, column: &str) -> Result<i64, StoreError> {
        self.get(column)
    }

    pub(crate) fn maybe_int(&self, column: &str) -> Result<Option<i64>, StoreError> {
        self.get(column)
    }

    pub(crate) fn count(&self, column: &str) -> Result<u64, StoreError> {
        u64::try_from(self.int(column)?).map_err(|_| StoreError::unreadable(column))
    }

    pub(crate) fn flag(&self, column: &str) -> Result<bool, StoreError> {
        Ok(self.int(column)? != 0)
    }

    pub(crate) fn at(&self, column: &str) -> Result<Timestamp, StoreError> {
        timestamp(self.int(column)?, column)
    }

    pub(crate) fn maybe_at(&self, column: &str) -> Result<Option<Timestamp>, StoreError> {
        self.maybe_int(column)?
            .map(|at| timestamp(at, column))
            .transpose()
    }

    pub(crate) fn bytes(&self, column: &str) -> Result<Vec<u8>, StoreError> {
        self.get(column)
    }

    pub(crate) fn maybe_bytes(&self, column: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.get(column)
    }

    pub(crate) fn hash(&self, column: &str) -> Result<[u8; 32], StoreError> {
        self.get::<&[u8]>(column)?
            .try_into()
            .map_err(|_| StoreError::unreadable(column))
    }

    pub(crate) fn maybe_hash(&self, column: &str) -> Result<Option<[u8; 32]>, StoreError> {
        let bytes: Option<&[u8]> = self.get(column)?;
        bytes
            .map(|bytes| bytes.try_into().map_err(|_| StoreError::unreadable(column)))
            .transpose()
    }

    pub(crate) fn sealed(&self, column: &str) -> Result<Sealed, StoreError> {
        Ok(Sealed::from_bytes(self.bytes(column)?))
    }

    pub(crate) fn maybe_sealed(&self, column: &str) -> Result<Option<Sealed>, StoreError> {
        Ok(self.maybe_bytes(column)?.map(Sealed::from_bytes))
    }
}

fn timestamp(at: i64, column: &str) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(at).map_err(|_| StoreError::unreadable(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_statements_keep_their_own_values() {
        let first = sql("INSERT INTO a VALUES ($2, $1)").int(1).text("two");
        let second = sql("UPDATE b SET c = 0");
        let third = sql("DELETE FROM d WHERE e = $1 AND f = $2 OR g = $1")
            .bytes(&[3])
            .int(4);
        let joined = Statement::joined([first, second, third]);
        assert_eq!(
            joined.text,
            "INSERT INTO a VALUES ($2, $1);\nUPDATE b SET c = 0;\nDELETE FROM d WHERE e = $3 AND f = $4 OR g = $3;\n"
        );
        assert_eq!(joined.values.len(), 4);
    }
}
