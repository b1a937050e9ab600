"""Text as Telegram and its readers count it: UTF-16 units, and signs that belong together."""

import re
import unicodedata
from bisect import bisect_left, bisect_right

_JOINER = "\u200d"
_WIDE = re.compile(r"[\U00010000-\U0010ffff]")
"""Two units each."""
_MARKS = frozenset({"Mn", "Mc", "Me"})


def units(text: str) -> int:
    """Length in UTF-16 code units: what the Bot API's limits and offsets count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


class Ruler:
    """Places (characters of the string) against units of one text."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._wide = () if text.isascii() else tuple(one.start() for one in _WIDE.finditer(text))
        self._starts = tuple(place + before for before, place in enumerate(self._wide))

    def units(self, place: int) -> int:
        """Units before a place."""
        return place + bisect_left(self._wide, place)

    def place(self, unit: int) -> int:
        """The place of a unit; within a surrogate pair the place behind it, outside the end."""
        return min(max(unit - bisect_right(self._starts, unit - 2), 0), self._length)

    def within(self, most: int) -> int:
        """The last place that has at most so many units before it."""
        place = self.place(most)
        return place - 1 if self.units(place) > most else place


def parted(text: str, place: int) -> bool:
    """Whether the text may be cut there without tearing apart what is seen as one sign: letters
    with their accents, emoji of several parts, flags, Korean syllables. Close to Unicode's
    extended grapheme clusters (UAX 29)."""
    if not 0 < place < len(text):
        return True
    before, after = text[place - 1], text[place]
    if before.isascii() and after.isascii():
        return (before, after) != ("\r", "\n")
    if _extends(after) or before == _JOINER:
        return False
    if _is_flag(before) and _is_flag(after):
        return _flags_before(text, place) % 2 == 0
    return not _is_one_syllable(before, after)


def shortened(text: str, most: int) -> str:
    """At most so many units, with an ellipsis where something was cut off."""
    if units(text) <= most:
        return text
    place = Ruler(text).within(most - 1)
    while place > 0 and not parted(text, place):
        place -= 1
    return f"{text[:place].rstrip()}…"


def _extends(sign: str) -> bool:
    """Accents and selectors, skin tones, tags of flags, the joiner."""
    return (
        sign == _JOINER
        or "\U0001f3fb" <= sign <= "\U0001f3ff"
        or "\U000e0020" <= sign <= "\U000e007f"
        or unicodedata.category(sign) in _MARKS
    )


def _is_flag(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _flags_before(text: str, place: int) -> int:
    count = 0
    while count < place and _is_flag(text[place - 1 - count]):
        count += 1
    return count


def _is_one_syllable(before: str, after: str) -> bool:
    """Korean: a first letter takes another one or a vowel; vowels and last letters follow."""
    if not "\u1100" <= after <= "\u11ff":
        return False
    first = "\u1100" <= before < "\u1160"
    return first or (after >= "\u1160" and ("\u1160" <= before <= "\u11ff" or _is_whole(before)))


def _is_whole(sign: str) -> bool:
    return "\uac00" <= sign <= "\ud7a3"
