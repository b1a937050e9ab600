"""What a calendar calls a meeting: the body, and whether the title says that it is off."""

import re
from typing import Final

from conversations.rules.cleaning import clean

_LONGEST: Final = 200
_OFF: Final = r"(?:entf[aä]llt|entfallen|abgesagt|absage|f[aä]llt\s+aus|ausgefallen|cancell?ed)"
_MOVED: Final = r"(?:verschoben|verlegt|neuer\s+termin|[aä]nderung|ge[aä]ndert)"
_BEFORE: Final = r"^[\s*#!\[(]*{word}[\s\])*!:;,.–—-]+(?=\S)"
_BEHIND: Final = r"(?:\s*[–—:,;-]+\s*{word}[\s!*]*|\s*[\[(]+\s*{word}\s*[!]*\s*[\])]+[\s!*]*)$"


def _either(word: str) -> re.Pattern[str]:
    return re.compile(f"{_BEFORE}|{_BEHIND}".replace("{word}", word), re.IGNORECASE)


_IS_OFF: Final = _either(_OFF)
_IS_MOVED: Final = _either(_MOVED)


def named(summary: str) -> tuple[str, bool]:
    """The body's name without such marks, and whether they cancel the meeting."""
    words = " ".join(clean(summary).split())
    rest = _IS_OFF.sub("", words)
    name = _IS_MOVED.sub("", rest).strip() or words
    return name[:_LONGEST], rest != words or bool(re.fullmatch(_OFF, words, re.IGNORECASE))
