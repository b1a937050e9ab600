"""Names of places made comparable: umlauts, titles, suffixes and additions aside.

Only for finding out which place is meant; what people read is never made from these keys.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ø": "oe", "æ": "ae"})
_PLAIN = str.maketrans("äöüÄÖÜ", "aouAOU")
_SAINT = re.compile(r"\bst\.? ")
_LONG = {"westf": "westfalen", "rhld": "rheinland"}
_TITLES = frozenset(
    {"stadt", "gemeinde", "kreisstadt", "hansestadt", "landeshauptstadt", "bundesstadt"}
    | {"universitaetsstadt", "klingenstadt", "kolpingstadt", "grosse", "kreisfreie", "alte"}
    | {"nrw"}
)
_TOWN = frozenset({"stadt", "gemeinde", "kreisstadt", "hansestadt"})
_DISTRICT = frozenset({"kreis", "kreises", "landkreis", "kreisverwaltung"})
_REGION = frozenset({"staedteregion", "stadtregion"})
_BETWEEN = re.compile(r" (?:am|an|im|in|bei) ")
_SHORT, _MEDIUM = 5, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One way in which a place may be written. `full` is the whole name, without shortening."""

    key: str
    full: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What was typed: `district` is True for "Kreis …", False for "Stadt …", None when unsaid."""

    key: str
    forms: tuple[str, ...]
    """The key, also with umlauts reduced to plain vowels, and everything without spaces: a swap
    breaks umlauts and words."""
    words: tuple[str, ...]
    district: bool | None

    @classmethod
    def read(cls, text: str) -> "Query":
        """The typed text without titles; an official suffix behind a comma is cut."""
        named = text.partition(",")[0]
        words = fold(named).split()
        joined = "".join(word for word in words if word not in _TITLES)
        key = _typed_key(named)
        return cls(
            key=key,
            forms=(key, _typed_key(named.translate(_PLAIN)), joined),
            words=tuple(_without_district(word) for word in words if word not in _TITLES),
            district=_said_district(words),
        )

    def away(self, key: str, most: int) -> int:
        """Typing errors between what was typed and a key; above `most` any number."""
        return min(distance(form, key, most) for form in self.forms)


def _said_district(words: list[str]) -> bool | None:
    if any(word in _DISTRICT or word in _REGION for word in words):
        return True
    return False if any(word in _TOWN for word in words) else None


def _typed_key(text: str) -> str:
    words = (_without_district(word) for word in fold(text).split() if word not in _TITLES)
    return _BETWEEN.split(" ".join(word for word in words if word))[0]


def fold(text: str) -> str:
    """Lower case, umlauts spelt out, other accents gone, words parted by one space."""
    low = unicodedata.normalize("NFC", text).casefold().replace("ß", "ss").translate(_FOLD)
    bare = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
    words = re.sub(r"[\W_]+", " ", _SAINT.sub("sankt ", bare)).split()
    return " ".join(_LONG.get(word, word) for word in words)


def spellings(name: str, *, district: bool) -> Iterator[Spelling]:
    """All keys a place is found by, the full one first."""
    cut = re.sub(r"\s*\(.*?\)", "", name)
    full = _key(cut, district=district)
    yield Spelling(key=full, full=True)
    shorter = {
        _key(name, district=district),
        _BETWEEN.split(full)[0],
        _key(cut.partition("/")[0], district=district),
        full.removeprefix("bad "),
        full.replace(" ", ""),
        fold(cut).replace(" ", ""),
        _key(cut.translate(_PLAIN), district=district),
    }
    for key in sorted(shorter - {full}):
        yield Spelling(key=key, full=False)


def _key(name: str, *, district: bool) -> str:
    words = fold(name).split()
    kept = [_without_district(word) for word in words] if district else words
    return " ".join(word for word in kept if word)


def _without_district(word: str) -> str:
    if word in _DISTRICT or word in _REGION:
        return ""
    return word.removesuffix("kreis") if len(word) > len("kreis") + 2 else word


def distance(one: str, other: str, most: int) -> int:
    """Typing errors between two keys (a swap of neighbours is one); above `most` any number."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    return int(OSA.distance(one, other, score_cutoff=most))


def reach(key: str) -> int:
    """How many typing errors a name of this length may hold and still be recognised."""
    if len(key) <= _SHORT:
        return 1
    return 2 if len(key) <= _MEDIUM else 3
