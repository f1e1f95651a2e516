//! Rules, and checking conditions against the questions asked before them.

use super::{Asked, Reader};
use crate::form::{
    condition::{self, Condition, Written},
    source::{Fault, Placed, Table},
};

impl Reader<'_> {
    pub(super) fn written(&self, table: &Table<'_>) -> Option<Written> {
        condition::read(self.source, &table.value("when")?)
    }

    pub(super) fn rules(&mut self, root: &Table<'_>) {
        for table in root.tables("rule") {
            let id = self.id(&table);
            let table = table.named("rule", "", id.as_ref());
            table.allow(&["id", "when"]);
            let Some(when) = self.written(&table) else {
                if table.value("when").is_none() {
                    table.report(Fault::MissingField("when"));
                }
                continue;
            };
            self.check_rules_above(&when);
            let Some(id) = id else { continue };
            if self.rules.insert(id.value.clone(), when).is_some() {
                self.source.report_at(&id, Fault::Twice(id.value.clone()));
            }
        }
    }

    /// A rule may use only rules above it, so that none can go round in a circle.
    fn check_rules_above(&self, written: &Written) {
        match written {
            Written::Rule(name) => {
                if !self.rules.contains_key(&name.value) {
                    self.source
                        .report_at(name, Fault::UnknownRule(name.value.clone()));
                }
            }
            Written::All(list) | Written::Any(list) => {
                for part in list {
                    self.check_rules_above(part);
                }
            }
            Written::Not(inner) => self.check_rules_above(inner),
            Written::Is { .. } | Written::AtLeast { .. } => {}
        }
    }

    pub(super) fn condition(&self, table: &Table<'_>, field: &str) -> Condition {
        let written = table
            .value(field)
            .and_then(|value| condition::read(self.source, &value));
        written.map_or(Condition::Always, |written| self.resolve(&written, None))
    }

    /// Checks a condition against the questions asked so far. A rule or a section's condition is
    /// checked at each place that uses it, which `used` names.
    pub(super) fn resolve(&self, written: &Written, used: Option<&Placed<String>>) -> Condition {
        match written {
            Written::All(list) => Condition::All(list.iter().map(|part| self.resolve(part, used)).collect()),
            Written::Any(list) => Condition::Any(list.iter().map(|part| self.resolve(part, used)).collect()),
            Written::Not(inner) => Condition::Not(Box::new(self.resolve(inner, used))),
            Written::Rule(name) => {
                if let Some(rule) = self.rules.get(&name.value) {
                    return self.resolve(rule, used.or(Some(name)));
                }
                self.source
                    .report_at(name, Fault::UnknownRule(name.value.clone()));
                Condition::Always
            }
            Written::AtLeast { question, count } => {
                if let Some(asked) = self.asked(question, used)
                    && !asked.repeat
                {
                    self.source
                        .report_at(question, Fault::NotARepeat(question.value.clone()));
                }
                Condition::AtLeast {
                    question: question.value.clone(),
                    count: *count as usize,
                }
            }
            Written::Is { question, options } => {
                match self.asked(question, used).map(|asked| &asked.options) {
                    Some(Some(known)) => {
                        for option in options.iter().filter(|option| !known.contains(&option.value)) {
                            let (question, option_id) = (question.value.clone(), option.value.clone());
                            self.source.report_at(
                                option,
                                Fault::UnknownOption {
                                    question,
                                    option: option_id,
                                },
                            );
                        }
                    }
                    Some(None) => self
                        .source
                        .report_at(question, Fault::NoOptions(question.value.clone())),
                    None => {}
                }
                Condition::Is {
                    question: question.value.clone(),
                    options: options.iter().map(|option| option.value.clone()).collect(),
                }
            }
        }
    }

    fn asked(&self, question: &Placed<String>, used: Option<&Placed<String>>) -> Option<&Asked> {
        let asked = self.asked.get(&question.value);
        if asked.is_none() {
            let name = question.value.clone();
            if self.all.contains(&name) {
                self.source
                    .report_at(used.unwrap_or(question), Fault::LaterQuestion(name));
            } else {
                self.source.report_at(question, Fault::UnknownQuestion(name));
            }
        }
        asked
    }

    pub(super) fn check_reach(&self, table: &Table<'_>, when: &Condition) {
        if !self.reach.possible(when) {
            table.report(Fault::Unreachable);
        }
    }
}
