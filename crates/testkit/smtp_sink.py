#!/usr/bin/env python3
"""A real SMTP server on loopback, for tests: keeps every mail in a folder, and can be told to refuse.

    smtp_sink.py DIR [--starttls]

Prints `listening 127.0.0.1:PORT`, and ends when its standard input is closed, so that it never outlives
the test that started it. In DIR:

    000001.json     a mail: envelope, headers, decoded text, raw source
    refuse          while this file exists, no recipient is accepted: it holds the reply ("451 Try later")
    refused         one line for each refusal
    ca.pem          with --starttls: the authority to trust; mail is then refused without TLS
"""

import asyncio
import email
import email.policy
import json
import os
import ssl
import subprocess
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP


class Keep:
    """Writes each mail to the folder before it is answered."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        refuse = self.folder / "refuse"
        if refuse.exists():
            with open(self.folder / "refused", "a", encoding="utf-8") as lines:
                lines.write(address + "\n")
            return refuse.read_text(encoding="utf-8").strip() or "451 4.3.0 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        text = message.get_body(preferencelist=("plain", "html"))
        self.count += 1
        mail = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None,
            "headers": [[name, str(value)] for name, value in message.items()],
            "text": text.get_content() if text is not None else "",
            "raw": envelope.content.decode("utf-8", "replace"),
        }
        name = self.folder / f"{self.count:06}.json"
        partial = name.with_suffix(".partial")
        partial.write_text(json.dumps(mail), encoding="utf-8")
        os.replace(partial, name)
        return "250 Message accepted"


def certificate(folder: Path) -> ssl.SSLContext:
    """Makes an authority and a certificate for localhost signed by it (rustls takes no self-signed one)."""

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=folder)

    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    openssl("req", "-x509", *curve, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=test authority",
            "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign")
    openssl("req", "-new", *curve, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    (folder / "server.ext").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-days", "2", "-extfile", "server.ext", "-out", "server.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return context


async def main() -> None:
    folder = Path(sys.argv[1])
    tls = certificate(folder) if "--starttls" in sys.argv[2:] else None
    keep = Keep(folder)
    loop = asyncio.get_running_loop()

    def session() -> SMTP:
        return SMTP(keep, hostname="localhost", tls_context=tls, require_starttls=tls is not None,
                    enable_SMTPUTF8=True, loop=loop)

    server = await loop.create_server(session, "127.0.0.1", 0)
    print("listening 127.0.0.1:%d" % server.sockets[0].getsockname()[1], flush=True)
    ended = asyncio.Event()

    def input_closed() -> None:
        if not os.read(0, 4096):
            ended.set()

    loop.add_reader(0, input_closed)
    await ended.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
