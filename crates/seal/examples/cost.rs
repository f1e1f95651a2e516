//! What each operation costs on one core: `cargo run --release -p safehold-seal --example cost`.

#![expect(clippy::print_stdout, reason = "a program that prints a table")]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use safehold_seal::{
    Context, FileKey, FileSealer, InstallationKeys, Lock, LockParams, ReaderKeys, Receipt, SecretString,
    SessionCookie, SymmetricKey, UserSecrets, Words, file, open_body, random, seal_body, unwrap_key,
    unwrap_key_symmetric, wrap_key, wrap_key_symmetric,
};

/// Repeats an operation for about a third of a second and prints its mean time.
fn time(name: &str, mut operation: impl FnMut()) {
    operation();
    let began = Instant::now();
    let mut times = 0_u32;
    while times < 3 || began.elapsed() < Duration::from_millis(300) {
        operation();
        times += 1;
    }
    println!(
        "{name:<34}{:>12.1}",
        began.elapsed().as_secs_f64() * 1e6 / f64::from(times)
    );
}

#[expect(clippy::too_many_lines, reason = "one table, one line for each operation")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let context = Context::new("cost", &["an id"]);
    let key = SymmetricKey::generate();
    let (public, secret) = ReaderKeys::generate();

    println!("{:<34}{:>12}", "operation", "µs");
    time("reader key pair", || {
        black_box(ReaderKeys::generate());
    });
    time("wrap key (X-Wing)", || {
        black_box(wrap_key(&public, &context, &key).is_ok());
    });
    let wrapped = wrap_key(&public, &context, &key)?;
    time("unwrap key (X-Wing)", || {
        black_box(unwrap_key(&secret, &context, &wrapped).is_ok());
    });
    time("wrap key by key", || {
        black_box(wrap_key_symmetric(&key, &context, &key).is_ok());
    });
    let by_key = wrap_key_symmetric(&key, &context, &key)?;
    time("unwrap key by key", || {
        black_box(unwrap_key_symmetric(&key, &context, &by_key).is_ok());
    });
    let two_kilobytes = vec![b'x'; 2000];
    time("seal body, 2 KB", || {
        black_box(seal_body(&key, &context, &two_kilobytes).is_ok());
    });
    let body = seal_body(&key, &context, &two_kilobytes)?;
    time("open body, 2 KB", || {
        black_box(open_body(&key, &context, &body).is_ok());
    });
    let megabyte = vec![b'x'; 1 << 20];
    let file_key = FileKey::generate();
    let seal_file = || -> Result<Vec<Vec<u8>>, file::FileError> {
        let mut sealer = FileSealer::new(&file_key, &context)?;
        let mut pieces = megabyte
            .chunks(16 * 1024)
            .map(|piece| sealer.push(piece))
            .collect::<Result<Vec<_>, _>>()?;
        pieces.push(sealer.finish()?);
        Ok(pieces)
    };
    time("seal file, 1 MiB", || {
        black_box(seal_file().is_ok());
    });
    let pieces = seal_file()?;
    time("open file, 1 MiB", || {
        black_box(file::open_all(&file_key, &context, &pieces).is_ok());
    });

    let words = Words::generate();
    let salt = random::bytes();
    time("derive from words", || {
        black_box(words.derive(&salt));
    });
    let typed = words.expose();
    time("read words, as shown", || {
        black_box(Words::parse(&typed).is_ok());
    });
    let misspelt: Vec<String> = words.each().iter().map(|word| format!("{word}x")).collect();
    let misspelt = misspelt.join(" ");
    time("read words, all misspelt", || {
        black_box(Words::parse(&misspelt).is_ok());
    });

    let pass = SecretString::from("a pass phrase to measure with");
    let secrets = UserSecrets {
        reader: secret.clone(),
        totp_secret: vec![0; 20],
        recovery_codes: Vec::new(),
    };
    let lock = Lock::close(&pass, &secrets, LockParams::default())?;
    time("open lock (64 MiB, 3 passes)", || {
        black_box(Lock::open(&pass, &lock).is_ok());
    });
    let cookie = SessionCookie::generate();
    let session = cookie.seal_reader(&context, &secret);
    time("open reader's secret of a session", || {
        black_box(cookie.open_reader(&context, &session).is_ok());
    });

    let keys = InstallationKeys::generate();
    let receipt = Receipt {
        number: safehold_core::reference::Reference::from_random(random::bytes()),
        at: jiff::Timestamp::UNIX_EPOCH,
        digest: body.digest(),
    };
    time("sign receipt", || {
        black_box(keys.sign_receipt(&receipt));
    });
    let text = keys.sign_receipt(&receipt);
    let verify = keys.verify_key();
    time("verify receipt", || {
        black_box(Receipt::verify(&text, &verify).is_ok());
    });

    println!();
    println!("{:<34}{:>12}", "sealed", "bytes");
    println!(
        "{:<34}{:>12}",
        "key wrapped to a reader",
        wrapped.as_bytes().len()
    );
    println!("{:<34}{:>12}", "key wrapped by a key", by_key.as_bytes().len());
    println!("{:<34}{:>12}", "body of 2,000 bytes", body.as_bytes().len());
    println!("{:<34}{:>12}", "lock", lock.as_bytes().len());
    println!(
        "{:<34}{:>12}",
        "reader's secret of a session",
        session.as_bytes().len()
    );
    println!(
        "{:<34}{:>12}",
        "file of 1 MiB",
        pieces.iter().map(Vec::len).sum::<usize>()
    );
    println!("{:<34}{:>12}", "receipt", text.len());
    Ok(())
}
