"""Text and its entities, as Telegram sees them: lengths in UTF-16 units, cleaning, what is found
in plain text. Parsing HTML is in `parsing`; the way back to HTML is in `control.markup`."""

import re
from dataclasses import dataclass, replace

_CLEAN: dict[int, str | None] = {code: " " for code in range(32) if code != 10}
_CLEAN |= {13: None, **dict.fromkeys((*range(0x2028, 0x202F), 0x030A, 0x0333, 0x033F), None)}
"""What Telegram's server drops or turns into a space before it looks at a text."""

_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<url>\bhttps?://[^\s<>\"]*[^\s<>\".,;:!?)\]'])"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<mention>(?<!\w)@[A-Za-z0-9_]{3,32}\b)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A marked part of a text; `offset` and `length` count UTF-16 units (Bot API MessageEntity)."""

    type: str
    offset: int
    length: int
    url: str = ""
    language: str = ""
    emoji: str = ""

    @property
    def end(self) -> int:
        """The unit after the last."""
        return self.offset + self.length

    def fields(self) -> dict[str, object]:
        """The Bot API object."""
        out: dict[str, object] = {
            "type": self.type,
            "offset": self.offset,
            "length": self.length,
        }
        if self.url:
            out["url"] = self.url
        if self.language:
            out["language"] = self.language
        if self.emoji:
            out["custom_emoji_id"] = self.emoji
        return out


def units(text: str) -> int:
    """Length in UTF-16 code units: what Telegram's limits and offsets count."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def slice_units(text: str, start: int, end: int) -> str:
    """The part from unit `start` up to unit `end`."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[2 * start : 2 * end].decode("utf-16-le", "replace")


def clean(text: str) -> str:
    """What Telegram keeps of a text: no control characters, no bidi overrides."""
    return text.translate(_CLEAN)


def trim(text: str, entities: tuple[Entity, ...]) -> tuple[str, tuple[Entity, ...]]:
    """Without white space at both ends, as Telegram stores it; the entities move along."""
    kept = text.strip()
    if len(kept) == len(text) or not kept:
        return kept, entities if kept else ()
    lead = units(text[: len(text) - len(text.lstrip())])
    total = units(kept)
    moved: list[Entity] = []
    for entity in entities:
        start = max(entity.offset - lead, 0)
        end = min(entity.end - lead, total)
        if (start, end) == (entity.offset, entity.end):
            moved.append(entity)
        elif end > start:
            moved.append(replace(entity, offset=start, length=end - start))
    return kept, tuple(moved)


def find(text: str, taken: tuple[Entity, ...] = ()) -> tuple[Entity, ...]:
    """Commands, links, addresses and mentions in `text` that touch none of `taken`."""
    if "/" not in text and "@" not in text:
        return ()
    found: list[Entity] = []
    for match in _FOUND.finditer(text):
        offset = units(text[: match.start()])
        entity = Entity(type=match.lastgroup or "", offset=offset, length=units(match.group()))
        if not any(entity.offset < other.end and other.offset < entity.end for other in taken):
            found.append(entity)
    return tuple(found)


def split(text: str, limit: int = 4096) -> tuple[str, ...]:
    """Parts of at most `limit` UTF-16 units, as a client sends a long text; never within a
    surrogate pair."""
    if units(text) <= limit:
        return (text,)
    parts: list[str] = []
    start = size = 0
    for place, letter in enumerate(text):
        width = 2 if letter > "\uffff" else 1
        if size + width > limit:
            parts.append(text[start:place])
            start, size = place, 0
        size += width
    parts.append(text[start:])
    return tuple(parts)


def shared(entities: tuple[Entity, ...], parts: tuple[str, ...]) -> tuple[tuple[Entity, ...], ...]:
    """What of the entities falls into each part of a text that was split."""
    found: list[tuple[Entity, ...]] = []
    start = 0
    for part in parts:
        end = start + units(part)
        cut = ((max(one.offset, start), min(one.end, end), one) for one in entities)
        found.append(
            tuple(replace(one, offset=a - start, length=b - a) for a, b, one in cut if b > a)
        )
        start = end
    return tuple(found)
