//! The report form: its file, the ways through it, what people send, and the facts in it.

#[cfg(test)]
mod facts;
#[cfg(test)]
mod flow;
#[cfg(test)]
mod given;
#[cfg(test)]
mod input;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod schema;
