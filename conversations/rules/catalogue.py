"""The papers there are: by id and version, and which variant is for which municipality."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from conversations.rules.answers import Route
from conversations.rules.definition import Definition, Kind
from conversations.rules.municipalities import Municipality


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper as the menu shows it; its variants differ by municipality."""

    key: str
    kind: Kind
    title: str
    summary: str


class Catalogue:
    """All definitions, every version. Unchangeable."""

    def __init__(self, definitions: Iterable[Definition]) -> None:
        every = sorted(definitions, key=lambda one: (one.order, one.id, one.version))
        self._exact = {(one.id, one.version): one for one in every}
        self._latest = {one.id: one for one in every}

    def __iter__(self) -> Iterator[Definition]:
        """Every version of every definition, in menu order."""
        return iter(self._exact.values())

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """The latest version of each, in menu order."""
        return tuple(self._latest.values())

    def latest(self, id_: str) -> Definition | None:
        """The latest version of a definition."""
        return self._latest.get(id_)

    def exact(self, id_: str, version: int) -> Definition | None:
        """Exactly this version: what a draft is pinned to."""
        return self._exact.get((id_, version))

    def pinned(self, id_: str, version: int) -> Definition | None:
        """The version a draft is pinned to, or the latest when that one is gone."""
        return self.exact(id_, version) or self.latest(id_)

    def newer(self, definition: Definition) -> Definition | None:
        """The latest version, if it is newer than this one."""
        latest = self.latest(definition.id)
        return latest if latest and latest.version > definition.version else None

    def papers(self) -> tuple[Paper, ...]:
        """The papers in menu order; a variant's title and summary speak for all."""
        first: dict[str, Definition] = {}
        for one in self.definitions:
            first.setdefault(one.paper, one)
        return tuple(
            Paper(key=key, kind=one.kind, title=one.title, summary=one.summary)
            for key, one in first.items()
        )

    def variants(self, paper: str) -> tuple[Definition, ...]:
        """All variants of a paper, the latest version of each."""
        return tuple(one for one in self.definitions if one.paper == paper)

    def variant_for(
        self, paper: str, municipality: Municipality, route: Route = Route.OWN
    ) -> Definition | None:
        """The variant for this municipality on this route; a Kreis that only has one gets it."""
        fitting = {one.route: one for one in self.variants(paper) if _is_for(one, municipality)}
        if route not in fitting and municipality.is_district:
            return next(iter(fitting.values()), None)
        return fitting.get(route)

    def routes(self, paper: str, municipality: Municipality) -> tuple[Route, ...]:
        """The routes there are for this municipality: two of them have to be asked about."""
        return tuple(r for r in Route if self._has(paper, municipality, r))

    def _has(self, paper: str, municipality: Municipality, route: Route) -> bool:
        found = self.variant_for(paper, municipality, route)
        return found is not None and found.route is route


def _is_for(definition: Definition, municipality: Municipality) -> bool:
    if municipality.ags in definition.only:
        return True
    if not definition.kinds:
        return not definition.only
    return municipality.kind in definition.kinds
