"""The e-mail draft (RFC 5322), the letter attached: mail programs open it ready to be sent."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, time
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from bot.paper.file import File
from conversations.rules.letter import Letter

_USER = re.compile(r"[^\s@<>()\[\],:;\"\\]+")
_DOMAIN = re.compile(r"[A-Za-z0-9.-]+")


def write_mail(letter: Letter, attached: Iterable[File]) -> bytes:
    """The draft. An address that no mail program would take is left out, for the person to set."""
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Date"] = datetime.combine(letter.dated, time(12), UTC)
    for header, typed in (("From", letter.mail.sender), ("To", letter.mail.to)):
        address = _address(typed)
        if address is not None:
            message[header] = address
    # Encoded here: the message would decode what only looks encoded ("=?utf-8?q?=0ABcc:…?=").
    subject = Header(_one_line(letter.mail.subject), "utf-8", header_name="Subject")
    message.set_raw("Subject", subject.encode())
    message.set_content(letter.mail.text, cte="quoted-printable")
    for file in attached:
        kind, _, subtype = file.mime.partition("/")
        message.add_attachment(file.content, maintype=kind, subtype=subtype, filename=file.name)
    if message.is_multipart():
        message.set_boundary(f"=={letter.slug}==")  # fixed: the same letter, the same bytes
    return message.as_bytes()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _address(typed: str) -> Address | None:
    name, spec = parseaddr(_one_line(typed))
    user, _, domain = spec.rpartition("@")
    try:
        host = domain.encode("idna").decode("ascii")  # müller.example is written xn--mller-kva…
    except UnicodeError:
        return None
    if not (user.isascii() and _USER.fullmatch(user) and _DOMAIN.fullmatch(host)):
        return None
    shown = "" if "=?" in name else name  # see the subject
    return Address(display_name=shown, username=user, domain=host)
