"""A document that is kept with something: how large it may be, and what its name becomes."""

from conversations.events import Uploaded
from conversations.flows.flow import Line, line
from conversations.rules.cleaning import clean

MOST_BYTES = 10 * 1024 * 1024
"""Telegram hands bots files of up to 20 MB; what is kept is sealed in the database."""
_NAME = 80
_MEGABYTE = 1024 * 1024


def attached(file: Uploaded) -> str | Line:
    """The name to keep it under, or the line that says why it is not taken."""
    if file.size > MOST_BYTES:
        return line("reports/file_large", most=MOST_BYTES // _MEGABYTE)
    name = " ".join(clean(file.name).split())
    return name if len(name) <= _NAME else f"{name[: _NAME // 2]}…{name[1 - _NAME // 2 :]}"
