//! A simple picture of the time line. The table beside it says the same in words, so it is hidden from those who are
//! read to, and nothing hangs on a colour.

use jiff::civil::Date;

use super::lines::{Happening, Line};

const WIDTH: i32 = 600;
const LEFT: i32 = 120;
const RIGHT: i32 = 580;
const TOP: i32 = 16;
const ROW: i32 = 34;

/// A sign in the picture.
pub(super) struct Mark {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) what: Happening,
}

impl Mark {
    /// A filled round sign: it happened.
    pub(super) fn is_happened(&self) -> bool {
        self.what == Happening::Happened
    }

    /// A hollow round sign: it was noticed.
    pub(super) fn is_noticed(&self) -> bool {
        self.what == Happening::Noticed
    }
}

/// The line of one case.
pub(super) struct Row {
    pub(super) reference: String,
    pub(super) y: i32,
    pub(super) from: i32,
    pub(super) until: i32,
}

/// The picture: where everything stands, in its own units.
pub(super) struct Picture {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) left: i32,
    pub(super) right: i32,
    pub(super) foot: i32,
    pub(super) rows: Vec<Row>,
    pub(super) marks: Vec<Mark>,
}

/// Draws the lines that have a day, a row for each case. Nothing for fewer than two days: there is nothing to see.
pub(super) fn draw(lines: &[Line]) -> Option<Picture> {
    let dated: Vec<&Line> = lines.iter().filter(|line| line.has_date).collect();
    let first = dated.iter().map(|line| line.on).min()?;
    let last = dated.iter().map(|line| line.on).max()?;
    let days = days_between(first, last);
    if days == 0 {
        return None;
    }
    let x = |on: Date| {
        let part = days_between(first, on) * i64::from(RIGHT - LEFT) / days;
        LEFT + i32::try_from(part).unwrap_or_default()
    };
    let mut rows: Vec<Row> = Vec::new();
    let mut marks = Vec::new();
    for line in dated {
        let at = x(line.on);
        let count = i32::try_from(rows.len()).unwrap_or_default();
        let y = if let Some(row) = rows.iter_mut().find(|row| row.reference == line.reference) {
            row.from = row.from.min(at);
            row.until = row.until.max(at);
            row.y
        } else {
            let y = TOP + count * ROW;
            rows.push(Row {
                reference: line.reference.clone(),
                y,
                from: at,
                until: at,
            });
            y
        };
        marks.push(Mark {
            x: at,
            y,
            what: line.what,
        });
    }
    let foot = TOP + i32::try_from(rows.len()).unwrap_or_default() * ROW;
    Some(Picture {
        width: WIDTH,
        height: foot + 28,
        left: LEFT,
        right: RIGHT,
        foot,
        rows,
        marks,
    })
}

fn days_between(from: Date, until: Date) -> i64 {
    from.until(until).map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(reference: &str, on: &str, what: Happening) -> Line {
        Line {
            on: on.parse().unwrap(),
            what,
            has_date: true,
            reference: reference.into(),
            href: String::new(),
            when: String::new(),
            words: String::new(),
            level: String::new(),
        }
    }

    #[test]
    fn days_stand_in_order_and_each_case_on_a_row_of_its_own() {
        let lines = [
            line("A", "2026-01-01", Happening::Happened),
            line("B", "2026-01-11", Happening::Happened),
            line("A", "2026-01-21", Happening::Told),
        ];
        let picture = draw(&lines).unwrap();
        let places: Vec<_> = picture.marks.iter().map(|mark| (mark.x, mark.y)).collect();
        assert_eq!(places, [(LEFT, TOP), (350, TOP + ROW), (RIGHT, TOP)]);
        assert_eq!(picture.rows.len(), 2);
        assert_eq!((picture.rows[0].from, picture.rows[0].until), (LEFT, RIGHT));
    }

    #[test]
    fn without_two_days_there_is_no_picture() {
        assert!(draw(&[]).is_none());
        assert!(draw(&[line("A", "2026-01-01", Happening::Told)]).is_none());
        let mut unknown = line("B", "2026-02-01", Happening::Happened);
        unknown.has_date = false;
        assert!(draw(&[line("A", "2026-01-01", Happening::Told), unknown]).is_none());
    }
}
