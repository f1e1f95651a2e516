//! What contacts are tagged with: need, area, group, channel.

use serde::{Deserialize, Serialize};

/// Declares an enum of tags with `ALL`, `key()` and the prefix of its texts.
macro_rules! tags {
    ($(#[$about:meta])* $name:ident, $prefix:literal { $($(#[$doc:meta])* $variant:ident = $key:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $key)] $variant,)+
        }

        impl $name {
            /// All of them, in the order in which they are shown.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Its name in files.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            /// The id of its name in the texts.
            pub fn label_id(self) -> &'static str {
                match self { $(Self::$variant => concat!($prefix, $key),)+ }
            }
        }
    };
}

tags! {
    /// What somebody may need.
    Need, "contact-need-" {
        /// Danger now.
        Danger = "danger",
        /// Someone to talk to.
        Talk = "talk",
        /// Thoughts of suicide or self-harm.
        Suicide = "suicide",
        /// Health of body and mind.
        Health = "health",
        /// A crime.
        Crime = "crime",
        /// Harm by a partner or relative.
        Domestic = "domestic",
        /// Sexual harm.
        Sexual = "sexual",
        /// Harm in childhood or long ago.
        Past = "past",
        /// Being followed or pestered.
        Stalking = "stalking",
        /// Harm through phones and the internet.
        Online = "online",
        /// Forced marriage and so-called honour.
        Honour = "honour",
        /// Being made to work or serve.
        Slavery = "slavery",
        /// Hate crime.
        Hate = "hate",
        /// Unfair treatment for who one is.
        Discrimination = "discrimination",
        /// An adult who needs care and is not safe.
        Care = "care",
        /// Something wrong at work, and help for staff.
        Work = "work",
        /// Money, rights and fraud.
        Money = "money",
        /// A place to live.
        Home = "home",
        /// Someone under 18.
        Child = "child",
        /// Being drawn toward extremism.
        Extremism = "extremism",
        /// Disagreeing with what was decided.
        Complaint = "complaint",
    }
}

tags! {
    /// Where a contact serves people.
    Area, "contact-area-" {
        /// All of the United Kingdom.
        Uk = "uk",
        /// England.
        England = "england",
        /// Wales.
        Wales = "wales",
        /// Scotland.
        Scotland = "scotland",
        /// Northern Ireland.
        NorthernIreland = "northern_ireland",
    }
}

tags! {
    /// Whom a contact is especially for.
    Group, "contact-group-" {
        /// Women.
        Women = "women",
        /// Men.
        Men = "men",
        /// LGBT+ people.
        Lgbt = "lgbt",
        /// Young adults.
        Young = "young",
        /// Older people.
        Older = "older",
        /// Deaf people.
        Deaf = "deaf",
        /// Disabled people.
        Disabled = "disabled",
        /// People with a learning disability, autistic people.
        LearningDisability = "learning_disability",
        /// Muslim people.
        Muslim = "muslim",
        /// Jewish people.
        Jewish = "jewish",
        /// Staff and students.
        Staff = "staff",
    }
}

tags! {
    /// A way to reach a contact.
    Channel, "contact-channel-" {
        /// Telephone.
        Phone = "phone",
        /// Text message.
        Text = "text",
        /// Text relay.
        Relay = "relay",
        /// British Sign Language.
        SignLanguage = "bsl",
        /// Web page or chat.
        Web = "web",
        /// E-mail.
        Email = "email",
    }
}
