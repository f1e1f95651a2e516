//! Lists every Fluent file under `locales/en`, so that a new file needs no line of code.
//!
//! The generated list names files relative to the crate: no path of the building machine
//! ends up in the program.

use std::{env, fmt::Write as _, fs, io, path::Path};

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script where to write in the environment"
)]
fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=locales/en");
    let mut names = Vec::new();
    for entry in fs::read_dir("locales/en")? {
        if let Ok(name) = entry?.file_name().into_string()
            && Path::new(&name).extension().is_some_and(|end| end == "ftl")
        {
            names.push(name);
        }
    }
    names.sort();
    let mut code = String::from("&[\n");
    for name in names {
        let _ = writeln!(
            code,
            "    ({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/locales/en/{name}\"))),"
        );
    }
    code.push(']');
    let folder = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo gives OUT_DIR"))?;
    fs::write(Path::new(&folder).join("english.rs"), code)
}
