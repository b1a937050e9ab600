"""How a colleague is shown, and found again: another admin may have been faster."""

from dataclasses import dataclass
from datetime import date

from conversations.flows.flow import Card, Scene, button, line
from conversations.rules.deadlines import BERLIN
from conversations.standing import Colleague, PersonId, Role

_MOST = 60
"""Characters of a name or function in a list: ten people fit into one message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A colleague as the texts say one."""

    name: str
    """Empty while the person has not said how to be called."""
    function: str
    group: str
    admin: bool
    reachable: bool
    since: date
    you: bool


def shown(scene: Scene, one: Colleague) -> Shown:
    """The colleague in words, cut to what a list holds."""
    return Shown(
        name=name_of(scene, one) if _namesakes(scene, one) else _short(one.badge.name),
        function=_short(one.badge.function),
        group=_short(one.badge.group),
        admin=one.role is Role.ADMIN,
        reachable=one.reachable,
        since=one.since.astimezone(BERLIN).date(),
        you=one.person == scene.state.person,
    )


def name_of(scene: Scene, one: Colleague) -> str:
    """The name on a button or in a sentence, with a number where two have the same; a neutral word
    while there is none."""
    name = _short(one.badge.name) or scene.know.texts.label("person_unnamed", scene.language)
    earlier = [c for c in _namesakes(scene, one) if (c.since, c.person) < (one.since, one.person)]
    return f"{name} ({len(earlier) + 1})" if _namesakes(scene, one) else name


def _namesakes(scene: Scene, one: Colleague) -> list[Colleague]:
    """The others of the same name: old and new account of a person, mostly."""
    return [
        c
        for c in scene.state.desk.colleagues
        if c.person != one.person and c.badge.name == one.badge.name
    ]


def colleague(scene: Scene, argument: str = "person") -> Colleague | None:
    """The person the step is about; None when the seat ended meanwhile."""
    wanted = scene.text(argument)
    return next((c for c in scene.state.desk.colleagues if str(c.person) == wanted), None)


def others(scene: Scene) -> tuple[Colleague, ...]:
    """Everybody of the council but the person who looks."""
    return tuple(c for c in scene.state.desk.colleagues if c.person != scene.state.person)


def alone(scene: Scene, person: PersonId) -> bool:
    """Whether no other Ratsadmin could be reached without this person."""
    admins = [c for c in scene.state.desk.colleagues if c.role is Role.ADMIN and c.reachable]
    return all(c.person == person for c in admins)


def gone() -> Card:
    """Said instead of a card about somebody who left meanwhile."""
    return Card(line=line("people/gone"), rows=((button("people_list"),),))


def _short(text: str) -> str:
    return text if len(text) <= _MOST else text[: _MOST - 1] + "…"
