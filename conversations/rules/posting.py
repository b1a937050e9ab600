"""Messages within Telegram's limits: cleaned, split into parts, placeholders filled.

Offsets count UTF-16 units throughout, as in the Bot API.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Final

from conversations.broadcasts.posts import Mark, Post
from conversations.rules.graphemes import Ruler, parted, shortened, units
from conversations.rules.marking import Edit, edited, ordered, section
from conversations.rules.placeholders import NAMES

LIMIT: Final = 4096
"""Units in a message (Bot API, sendMessage)."""
CAPTION: Final = 1024
"""Units below a picture or file (Bot API, sendPhoto)."""
MOST_PARTS: Final = 4
"""Messages that one broadcast may take in one chat."""
MOST_MARKS: Final = 100
"""Marks in a message: Telegram ignores all others."""
MOST_BYTES: Final = 32 * 1024
"""Of text and marks as JSON."""
VALUE: Final = 100
"""Units that a placeholder counts as; its value is never longer."""

KEPT: Final = frozenset(
    {"bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre"}
    | {"blockquote", "expandable_blockquote", "text_link", "custom_emoji"}
)
"""Marks that are sent on. Telegram finds links, hashtags and the like by itself; what names a
person is never kept."""

_NAME = 48
"""Characters of a placeholder at most, its braces and blanks included."""
_PLACEHOLDER = re.compile(r"\{ {0,3}([^\W\d_]{1,40}) {0,3}\}")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_ENDS = (
    re.compile(r"(?=\n\s*\n)"),
    re.compile(r"(?=\n)"),
    re.compile(r"(?:(?<![\W\d]\w)(?<!\d)\.|[!?…])[\"“”»)]*(?=\s)"),
    re.compile(r"(?=[ \n])"),
)
"""Where a text is best cut: paragraphs, lines, sentences (no abbreviation, no "3."), blanks."""
_SHARES = (0.5, 0.9)
"""How full a part has to be at least for such a cut; fuller when there would be too many."""
_ESCAPED = 6
"""Bytes of a unit in JSON at most."""
_LINE_END = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACE = re.compile(r"[\t\x1f]")
_DROPPED = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    r"\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\U000f0000-\U0010ffff]"
)
"""Controls, overrides of the direction, and what is no character."""
_UNSEEN = re.compile(
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    r"\u2800\u3164\ufe00-\ufe0f\uffa0]+"
)


def cleaned(post: Post) -> Post:
    """The post as it may be sent: without control and bidi override characters, in NFC, without
    white space at both ends and without marks that a bot cannot or must not send. The text is
    empty when nothing of it could be seen."""
    marks = (one for one in post.marks if _is_kept(one))
    tidy = edited(replace(post, marks=ordered(marks)), tuple(_flaws(post.text)))
    tidy = edited(tidy, tuple(_decomposed(tidy.text)))
    if not _UNSEEN.sub("", tidy.text):
        return replace(tidy, text="", marks=())
    within = _within(tidy)
    return section(within, 0, len(within.text))


def fits(post: Post) -> bool:
    """Whether there is something to send, in at most MOST_PARTS messages."""
    return 0 < len(parts(post)) <= MOST_PARTS


def parts(post: Post) -> tuple[Post, ...]:
    """The messages that a cleaned post takes, each within Telegram's limits, also once it is
    filled. A picture or file whose caption would be too long goes ahead without one."""
    whole = section(replace(post, marks=ordered(post.marks)), 0, len(post.text))
    if whole.attached is None:
        return _split(whole)
    if not whole.text or _holds(whole, CAPTION):
        return (whole,)
    bare = replace(whole, text="", marks=())
    return (bare, *_split(replace(whole, attached=None, file="", name="")))


def fill(post: Post, values: Mapping[str, str]) -> Post:
    """The post with its placeholders replaced: "{kommune}" by the value under "kommune"; names
    without a value stay as they are. Marks move and stretch along."""
    edits = []
    for found in _PLACEHOLDER.finditer(post.text):
        value = values.get(found[1].casefold())
        if value is not None:
            new = shortened(" ".join(value.split()), VALUE)
            edits.append(Edit(start=found.start(), end=found.end(), new=new))
    filled = edited(post, edits)
    return section(filled, 0, len(filled.text))


def unknown(post: Post) -> tuple[str, ...]:
    """Placeholders in the text that do not exist, as typed, each once."""
    found = (one[1] for one in _PLACEHOLDER.finditer(post.text))
    return tuple(dict.fromkeys(name for name in found if name.casefold() not in NAMES))


def varies(post: Post) -> bool:
    """Whether anything in the text is filled in for each council."""
    return any(one[1].casefold() in NAMES for one in _PLACEHOLDER.finditer(post.text))


# --- splitting ------------------------------------------------------------------------------------


def _split(post: Post) -> tuple[Post, ...]:
    found: tuple[Post, ...] = ()
    for share in _SHARES:
        found = tuple(_pieces(post, share))
        if len(found) <= MOST_PARTS:
            break
    return found


def _pieces(rest: Post, share: float) -> Iterator[Post]:
    while rest.text:
        if _holds(rest, LIMIT):
            yield rest
            return
        place = _cut(rest, share)
        yield section(rest, 0, place)
        rest = section(rest, place, len(rest.text))


def _cut(post: Post, share: float) -> int:
    """Where the first part of a text ends that is too long for one."""
    most = _reach(post)
    torn = [
        range(one.start() + 1, one.end())
        for one in _PLACEHOLDER.finditer(post.text, 0, most + _NAME)
        if one.start() < most
    ]
    for end in _ENDS:
        ends = [one.end() for one in end.finditer(post.text, 0, most + 2) if one.end() <= most]
        for place in reversed(ends):
            if place < share * most:
                break
            if not any(place in one for one in torn):
                return place
    whole = (n for n in range(most, 0, -1) if parted(post.text, n))
    return next((n for n in whole if not any(n in one for one in torn)), most)


def _reach(post: Post) -> int:
    """The last place up to which the text is within the limits; at least one character."""
    low, high = 1, max(min(_room(post.text), _marked_room(post)), 1)
    near = section(post, 0, high)
    if _holds(near, LIMIT):
        return high
    while low < high:
        middle = (low + high + 1) // 2
        if _holds(section(near, 0, middle), LIMIT):
            low = middle
        else:
            high = middle - 1
    return low


def _room(text: str) -> int:
    """The last place with at most LIMIT units before it, placeholders counted."""
    left, last = LIMIT, 0
    for one in _PLACEHOLDER.finditer(text, 0, LIMIT + _NAME):
        between = units(text[last : one.start()])
        if between > left:
            break
        if between + max(VALUE, len(one[0])) > left:
            return one.start()
        left -= between + max(VALUE, len(one[0]))
        last = one.end()
    return last + Ruler(text[last : last + left]).within(left)


def _marked_room(post: Post) -> int:
    """The last place with at most MOST_MARKS marks before it."""
    if len(post.marks) <= MOST_MARKS:
        return len(post.text)
    return Ruler(post.text).place(post.marks[MOST_MARKS].offset)


def _holds(post: Post, limit: int) -> bool:
    """Whether one message takes all of it, whatever stands for its placeholders."""
    spare = sum(max(VALUE - len(one[0]), 0) for one in _PLACEHOLDER.finditer(post.text))
    if len(post.marks) > MOST_MARKS or units(post.text) + spare > limit:
        return False
    said = {"text": post.text, "entities": [_fields(one) for one in post.marks]}
    return len(json.dumps(said)) + _ESCAPED * spare <= MOST_BYTES


def _fields(mark: Mark) -> dict[str, object]:
    optional = {"url": mark.url, "language": mark.language, "custom_emoji_id": mark.emoji}
    there = {name: value for name, value in optional.items() if value}
    return {"type": mark.type, "offset": mark.offset, "length": mark.length, **there}


# --- cleaning -------------------------------------------------------------------------------------


def _is_kept(mark: Mark) -> bool:
    match mark.type:
        case "text_link":
            return _WEB.match(mark.url) is not None
        case "custom_emoji":
            return bool(mark.emoji)
    return mark.type in KEPT


def _flaws(text: str) -> list[Edit]:
    changes = ((_LINE_END, "\n"), (_SPACE, " "), (_DROPPED, ""))
    found = [
        Edit(start=one.start(), end=one.end(), new=new)
        for pattern, new in changes
        for one in pattern.finditer(text)
    ]
    return sorted(found, key=lambda one: one.start)


def _decomposed(text: str) -> Iterator[Edit]:
    """What is one sign to the eye and is not in NFC."""
    if unicodedata.is_normalized("NFC", text):
        return
    places = [n for n in range(len(text) + 1) if parted(text, n)]
    for start, end in pairwise(places):
        new = unicodedata.normalize("NFC", text[start:end])
        if new != text[start:end]:
            yield Edit(start=start, end=end, new=new)


def _within(post: Post) -> Post:
    """Marks that reach beyond the text end with it."""
    end = Ruler(post.text).units(len(post.text))
    cut = (replace(one, length=min(one.end, end) - one.offset) for one in post.marks)
    return replace(post, marks=ordered(one for one in cut if one.offset >= 0 and one.length > 0))
