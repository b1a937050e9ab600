"""The register of the 396 municipalities and 31 districts, and the search by a typed name.

The table comes in as text (templates/data/municipalities.csv); nothing here reads files.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO

from conversations.rules.names import Query, Spelling, distance, reach, spellings

MOST_CANDIDATES = 8
LEAST_PIECE = 4
KREISFREI = frozenset({"kreisfreie Stadt"})
KREISE = frozenset({"Kreis", "Städteregion"})
KINDS = (
    KREISFREI
    | KREISE
    | {"regionsangehörige Stadt", "große kreisangehörige Stadt"}
    | {"mittlere kreisangehörige Stadt", "kreisangehörige Gemeinde"}
)
"""Kinds of municipality in the register's words (§ 4 GO NRW)."""


class OwnOffice(StrEnum):
    """Whether the municipality presumably has an immigration office of its own (to ask back on)."""

    YES = "ja"
    NO = "nein"
    UNCLEAR = "unklar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A Gemeinde (8-digit key) or a Kreis (5-digit key) of the official register."""

    ags: str
    name: str
    """Without title and official suffix, e.g. "Solingen", "Rhein-Kreis Neuss"."""
    title: str
    """"Stadt", "Gemeinde", "Kreis" or "Städteregion"."""
    kind: str
    """Status, e.g. "kreisfreie Stadt": what decides the variant of a paper."""
    district_ags: str = ""
    district: str = ""
    """Name of its Kreis; empty for a kreisfreie Stadt and for a Kreis itself."""
    own_immigration_office: OwnOffice = OwnOffice.UNCLEAR
    region: str = ""
    """Regierungsbezirk."""

    @property
    def is_district(self) -> bool:
        """Whether it is a Kreis (or the Städteregion) itself."""
        return len(self.ags) == 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One municipality is meant."""

    municipality: Municipality


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Several could be meant, the likeliest first, or one but not for sure: ask."""

    candidates: tuple[Municipality, ...]


class Register:
    """All bodies by key, and the search. Unchangeable."""

    def __init__(self, municipalities: tuple[Municipality, ...]) -> None:
        self._all = municipalities
        self._by_ags = {one.ags: one for one in municipalities}
        self._spellings = [
            (spelling, one)
            for one in municipalities
            for spelling in spellings(one.name, district=one.is_district)
        ]

    def __iter__(self) -> Iterator[Municipality]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def get(self, ags: str) -> Municipality | None:
        """The body with this key (8 digits, or 5 for a Kreis)."""
        return self._by_ags.get(ags)

    def district_of(self, municipality: Municipality) -> Municipality | None:
        """Its Kreis; None for a kreisfreie Stadt and for a Kreis itself."""
        return self._by_ags.get(municipality.district_ags)

    def search(self, text: str) -> Match | Tie | None:
        """Who is meant by a typed name: small typing errors are forgiven, twins are asked about.

        "Kleve" is a town and a Kreis: a tie. "Stadt Kleve" and "Kreis Kleve" are clear. A name
        typed exactly wins over its neighbours; a mistyped one that lies between two is a tie.
        """
        if found := self._by_ags.get(text.strip()):
            return Match(municipality=found)
        query = Query.read(text)
        if not query.key:
            return None
        sure = self._exact(query.key, query)
        sure = sure or _unique([*self._twins(query, 1), *self._partial(query)])
        if len(sure) == 1:
            return Match(municipality=sure[0])
        likely = sure or self._twins(query, reach(query.key)) or self._mentioned(query)
        return Tie(candidates=likely[:MOST_CANDIDATES]) if likely else None

    def _fitting(self, query: Query) -> list[tuple[Spelling, Municipality]]:
        if query.district is None:
            return self._spellings
        return [pair for pair in self._spellings if pair[1].is_district == query.district]

    def _exact(self, key: str, query: Query) -> tuple[Municipality, ...]:
        for full in (True, False):
            fitting = self._fitting(query)
            hits = [one for name, one in fitting if name.key == key and name.full >= full]
            if hits:
                return _unique(hits)
        return ()

    def _partial(self, query: Query) -> tuple[Municipality, ...]:
        """Names that hold the typed piece; too common a piece says nothing."""
        if len(query.key) < LEAST_PIECE:
            return ()
        fitting = self._fitting(query)
        found = _unique([one for name, one in fitting if name.full and query.key in name.key])
        return found if len(found) <= MOST_CANDIDATES else ()

    def _twins(self, query: Query, most: int) -> tuple[Municipality, ...]:
        """The nearest names, and those that one more typing error would confuse with them."""
        scored = [
            (away, name.key, one)
            for name, one in self._fitting(query)
            if (away := query.away(name.key, most + 1)) <= most + 1
        ]
        best = min((away for away, _, _ in scored), default=most + 1)
        if best > most:
            return ()
        nearest = {key for away, key, _ in scored if away == best}
        scored.sort(key=lambda found: found[0])
        return _unique([one for _, key, one in scored if _touches(key, nearest)])

    def _mentioned(self, query: Query) -> tuple[Municipality, ...]:
        """Names that stand as a word in a longer text."""
        return _unique([one for word in query.words for one in self._exact(word, query)])


def _touches(key: str, nearest: set[str]) -> bool:
    return any(distance(key, other, 1) <= 1 for other in nearest)


def _unique(found: Sequence[Municipality]) -> tuple[Municipality, ...]:
    """Each once, in the order found, towns before a Kreis of the same name."""
    once = dict.fromkeys(found)
    return tuple(sorted(once, key=lambda one: one.is_district)) if len(once) == 2 else tuple(once)


def read_register(text: str) -> Register:
    """The register from its CSV text (semicolons, header line). Raises KeyError, ValueError."""
    rows = csv.DictReader(StringIO(text), delimiter=";")
    return Register(
        tuple(
            Municipality(
                ags=row["ags"],
                name=row["name"],
                title=row["title"],
                kind=row["kind"],
                district_ags=row["district_ags"],
                district=row["district"],
                own_immigration_office=OwnOffice(row["own_immigration_office_presumed"]),
                region=row["government_region"],
            )
            for row in rows
        )
    )
