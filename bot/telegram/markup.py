"""Telegram HTML: the one escaping builder, and the splitter at Telegram's limit of a message."""

import re
from html import escape, unescape
from typing import Final

LIMIT: Final = 4096
"""UTF-16 units of a message after parsing (Bot API, sendMessage)."""
CAPTION: Final = 1024
"""UTF-16 units of a caption (Bot API, sendPhoto)."""

_ATOM: Final = re.compile(r"<[^>]*>|&#?\w+;|.", re.DOTALL)
_BREAKS: Final = ("\n\n", "\n", " ")


def escaped(text: str) -> str:
    """Any text as Telegram HTML."""
    return escape(text, quote=False)


def plain(html: str) -> str:
    """What is left of Telegram HTML without its marks."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def units(text: str) -> int:
    """Length as Telegram counts: UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(html: str, limit: int = LIMIT) -> list[str]:
    """Parts of at most `limit` units each, cut at the ends of paragraphs, else of lines, else of
    words; never inside a tag or a character. Open tags are closed and opened again."""
    parts: list[str] = []
    rest = html
    while units(rest) > limit and units(plain(rest)) > limit:
        atoms = _ATOM.findall(rest)
        cut = _cut(atoms, limit)
        head = "".join(atoms[:cut])
        tags = _open_tags(atoms[:cut])
        closing = "".join(f"</{_name(tag)}>" for tag in reversed(tags))
        parts.append(head.rstrip() + closing)
        rest = "".join(tags) + "".join(atoms[cut:]).lstrip()
    return [*parts, rest] if not parts or plain(rest).strip() else parts


def _cut(atoms: list[str], limit: int) -> int:
    """How many atoms go into the first part: up to the best break, in its second half if any."""
    size, best, end = 0, dict.fromkeys(_BREAKS, 0), 0
    for index, atom in enumerate(atoms):
        weight = 0 if _is_tag(atom) else units(unescape(atom))
        if size + weight > limit:
            break
        size, end = size + weight, index + 1
        if size > limit // 2:
            for mark in _BREAKS:
                if "".join(atoms[index + 1 - len(mark) : index + 1]) == mark:
                    best[mark] = end
    return next((best[mark] for mark in _BREAKS if best[mark]), max(end, 1))


def _open_tags(atoms: list[str]) -> list[str]:
    found: list[str] = []
    for atom in atoms:
        if not _is_tag(atom):
            continue
        if atom.startswith("</"):
            if found:
                found.pop()
        else:
            found.append(atom)
    return found


def _is_tag(atom: str) -> bool:
    return len(atom) > 1 and atom[0] == "<"


def _name(tag: str) -> str:
    return tag[1:-1].split(maxsplit=1)[0]
