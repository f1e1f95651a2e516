//! States and levels.

macro_rules! keyed {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $key:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// Every one, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name in the database, in addresses and in message ids.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// The one with this stable name.
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$variant),)* _ => None }
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;

            fn try_from(key: String) -> Result<Self, Self::Error> {
                Self::from_key(&key).ok_or(concat!("not a ", stringify!($name)))
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.key().to_owned()
            }
        }
    };
}
pub(crate) use keyed;

keyed! {
    /// Where a case stands (domain reference 8.1). Before it is sent, a report is a draft, which is no case yet.
    State {
        /// Sent, and opened by nobody yet.
        Received = "received",
        /// Opened by a lead who declared that they have no conflict.
        Triage = "triage",
        /// A question that was answered.
        AdviceGiven = "advice_given",
        /// Not related to our activity; the person was shown who can help (Statement 5.2).
        Signposted = "signposted",
        /// Taken on as a case.
        Open = "open",
        /// Handed to somebody else, such as the children's route or the council.
        Transferred = "transferred",
        /// Nobody needs protection; it is kept for what it teaches.
        LearningOnly = "learning_only",
        /// A plan is being carried out.
        Action = "action",
        /// The plan is done; somebody watches whether it holds.
        Monitoring = "monitoring",
        /// A second person checks it before it closes.
        ClosingReview = "closing_review",
        /// Finished. New facts can open it again.
        Closed = "closed",
        /// Somebody proposed that it is erased, and a second person has yet to confirm. What was erased is in no
        /// state: it is gone.
        Retained = "retained",
    }
}

impl State {
    /// Whether work on the case goes on.
    pub fn is_live(self) -> bool {
        !matches!(self, Self::Closed | Self::Retained)
    }
}

keyed! {
    /// How soon a case is looked at (domain reference 6.2). A lead sets it; at intake it is a suggestion.
    Level {
        /// Life or a child at risk, or serious crime now.
        Immediate = "immediate",
        /// Serious harm likely or going on, an imbalance of power, or fear of reprisal.
        High = "high",
        /// Harm happened; no present danger.
        Medium = "medium",
        /// A near miss, development, or little harm.
        Low = "low",
        /// Something that went well.
        GoodPractice = "good_practice",
        /// A question.
        Advice = "advice",
    }
}

impl Level {
    /// The number in the database: 1 for immediate to 6 for advice.
    pub fn number(self) -> i64 {
        match self {
            Self::Immediate => 1,
            Self::High => 2,
            Self::Medium => 3,
            Self::Low => 4,
            Self::GoodPractice => 5,
            Self::Advice => 6,
        }
    }

    /// The level with this number.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.iter().copied().find(|level| level.number() == number)
    }
}
