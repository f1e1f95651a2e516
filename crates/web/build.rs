//! Compresses the static files once, at build time: each is served from memory under a name that holds a
//! digest of its content, so that it can be kept for ever and never be stale.

use std::{
    env,
    fmt::Write as _,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io::Write as _,
    path::{Path, PathBuf},
};

const FILES: [(&str, &str); 5] = [
    ("safehold.css", "text/css; charset=utf-8"),
    ("desk.css", "text/css; charset=utf-8"),
    ("paper.css", "text/css; charset=utf-8"),
    ("leave.js", "text/javascript; charset=utf-8"),
    ("passkey.js", "text/javascript; charset=utf-8"),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    #[expect(
        clippy::disallowed_methods,
        reason = "Cargo tells a build script here where to write"
    )]
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut table = String::from("&[\n");
    for (name, kind) in FILES {
        let source = Path::new("static").join(name);
        println!("cargo::rerun-if-changed={}", source.display());
        let text = fs::read_to_string(&source)?;
        // Explanations are for those who read the source.
        let plain = if kind.starts_with("text/javascript") {
            without_comments(&text)
        } else {
            text
        }
        .into_bytes();

        let mut digest = DefaultHasher::new();
        plain.hash(&mut digest);
        let (stem, ending) = name.split_once('.').ok_or("a static file needs an ending")?;
        let served = format!("{stem}-{:016x}.{ending}", digest.finish());

        let mut brotli = Vec::new();
        {
            let mut writer = brotli::CompressorWriter::new(&mut brotli, 4096, 11, 22);
            writer.write_all(&plain)?;
        }
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(&plain)?;

        fs::write(out.join(name), &plain)?;
        fs::write(out.join(format!("{name}.br")), &brotli)?;
        fs::write(out.join(format!("{name}.gz")), gzip.finish()?)?;
        writeln!(
            table,
            "Asset {{ name: {name:?}, path: \"/static/{served}\", kind: {kind:?}, \
             plain: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\")), \
             brotli: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}.br\")), \
             gzip: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}.gz\")) }},"
        )?;
    }
    table.push_str("]\n");
    fs::write(out.join("assets.rs"), table)?;
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=templates");
    Ok(())
}

/// Drops lines that hold only a comment, and the indentation of the others.
fn without_comments(script: &str) -> String {
    let lines = script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.fold(String::new(), |all, line| all + line + "\n")
}
