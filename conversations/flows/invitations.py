"""Invitations: of the council in hand for its Ratsadmins, of a council or their own for operators.

The argument "of" says whose: empty for the council in hand, "operators", or a council's id.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from math import ceil

from conversations.deeds import Revoke
from conversations.flows.flow import Button, Card, Flow, Move, Scene, Step, button, foot, line
from conversations.flows.inviting import WEEK, Wish, made, open_for
from conversations.flows.pages import page
from conversations.flows.placed import place_name
from conversations.rules.deadlines import BERLIN
from conversations.standing import CouncilId, Invitation, Role

OPERATORS = "operators"
_PAGE = 8
_USES = (1, 5, 10, 33)
_DAYS = (1, WEEK, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose invitations are shown."""

    role: Role
    """Whom «Einladen» invites at one press."""
    council: CouncilId | None = None
    ags: str = ""
    own: bool = False
    """The council in hand, by its Ratsadmin: with a choice of role, uses and days."""


class Open(Step):
    """The open invitations, and the way to a new one."""

    def card(self, scene: Scene) -> Card:
        """One button each; none of them can show its link again."""
        whose = _whose(scene)
        all_ = open_for(scene, whose.council)
        now, turns = page(scene, all_, _PAGE)
        said = line(
            "invitations/list",
            role=whose.role.value,
            place=place_name(scene, whose.ags),
            open=[_shown(scene, one) for one in now],
            count=len(all_),
        )
        more = ((button("invite_more"),),) if whose.own else ()
        councils = ((button("councils"),),) if whose.role is Role.OPERATOR else ()
        rows = (
            (button("invite_now", f"invite_{whose.role.value}"),),
            *more,
            *((_entry(scene, one),) for one in now),
            turns,
            *councils,
            (button("back"), button("home")),
        )
        return Card(line=said, rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A new one at once, by choice, or a look at one there is."""
        whose = _whose(scene)
        match name:
            case "invite_now":
                days = 1 if whose.role is Role.OPERATOR else WEEK
                wish = Wish(role=whose.role, council=whose.council, ags=whose.ags, days=days)
                return made(scene, wish, step="list", args=_of(scene))
            case "invite_more":
                return Move(step="more")
            case "one":
                return Move(step="one", args={**_of(scene), "one": value})
            case "page":
                return Move(step="list", args={**_of(scene), "page": value})
            case "back":
                return _back(whose)
            case "councils":
                return Move(flow="instance", step="councils")
            case "home":
                return Move(flow="home", step="home")
        return None


class More(Step):
    """Role, number of uses and days of an invitation to the council in hand."""

    def card(self, scene: Scene) -> Card:
        """The choice as it stands, marked. A Ratsadmin's invitation is for one person always."""
        role, uses, days = _choice(scene)
        roles = tuple(_mark(scene, "role", one, role.value) for one in ("member", "admin"))
        counts = tuple(_mark(scene, "uses", one, uses) for one in _USES)
        lasting = tuple(_mark(scene, "days", one, days) for one in _DAYS)
        several = (counts[:2], counts[2:]) if role is Role.MEMBER else ()
        rows = (roles, *several, lasting, (button("invite_make"),))
        said = line("invitations/more", role=role.value, uses=uses, days=days)
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Another choice, or the invitation itself."""
        whose = _whose(scene)
        match name:
            case "role" | "uses" | "days":
                return Move(step="more", args={**scene.args, name: value})
            case "invite_make" if whose.own:
                role, uses, days = _choice(scene)
                wish = Wish(role=role, council=whose.council, ags=whose.ags, uses=uses, days=days)
                return made(scene, wish, step="list", args={})
        return Move(step="list", args=_of(scene))


class One(Step):
    """One open invitation: how long, how often, and ending it."""

    def card(self, scene: Scene) -> Card:
        """What it is good for."""
        one = _chosen(scene)
        if one is None:
            return Card(line=line("invitations/gone"), rows=((button("invitations"),),))
        said = line("invitations/one", one=_shown(scene, one))
        return Card(line=said, rows=((button("revoke"),), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Ended, or back to the list."""
        one = _chosen(scene)
        if one is None or name != "revoke":
            return Move(step="list", args=_of(scene))
        deed = Revoke(id=one.id, council=one.council)
        hint = line("invitations/revoked")
        return Move(step="list", args=_of(scene), deeds=(deed,), hint=hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An invitation as the texts say one."""

    role: str
    left: int
    day: date
    time: time
    days: int
    """Days to go, rounded up; on the last day 0, and the hours count."""
    hours: int


def _shown(scene: Scene, one: Invitation) -> Shown:
    rest, until = one.expires - scene.state.now, one.expires.astimezone(BERLIN)
    days = ceil(rest / timedelta(days=1)) if rest > timedelta(days=1) else 0
    return Shown(
        role=one.role.value,
        left=one.left,
        day=until.date(),
        time=until.time(),
        days=days,
        hours=ceil(rest / timedelta(hours=1)),
    )


def _entry(scene: Scene, one: Invitation) -> Button:
    role = scene.know.texts.label(f"invite_role_{one.role.value}", scene.language)
    until = one.expires.astimezone(BERLIN)
    return button(f"one:{one.id}", "invite_entry", role=role, until=f"{until:%d.%m. %H:%M}")


def _whose(scene: Scene) -> Whose:
    """By the argument, as far as the person's standing reaches."""
    of, state = scene.text("of"), scene.state
    if of and state.standing.operator:
        entry = next((c for c in state.desk.councils if c.id == of), None)
        if entry is not None:
            return Whose(role=Role.ADMIN, council=entry.id, ags=entry.ags)
    elif state.seat and state.administers:
        return Whose(role=Role.MEMBER, council=state.seat.council, ags=state.seat.ags, own=True)
    return Whose(role=Role.OPERATOR)


def _of(scene: Scene) -> dict[str, str | int]:
    return {"of": scene.text("of")} if scene.text("of") else {}


def _back(whose: Whose) -> Move:
    if whose.own:
        return Move(flow="people", step="list")
    if whose.council:
        return Move(flow="instance", step="council", args={"council": whose.council})
    return Move(flow="instance", step="operators")


def _chosen(scene: Scene) -> Invitation | None:
    mine = open_for(scene, _whose(scene).council)
    return next((one for one in mine if one.id == scene.text("one")), None)


def _choice(scene: Scene) -> tuple[Role, int, int]:
    role = Role.ADMIN if scene.text("role") == Role.ADMIN else Role.MEMBER
    uses = 1 if role is Role.ADMIN else int(scene.text("uses") or 1)
    return role, uses, int(scene.text("days") or WEEK)


def _mark(scene: Scene, key: str, value: str | int, chosen: str | int) -> Button:
    """A choice of three kinds: one of a few, the one in force with a dot."""
    words = _words(scene, key, value)
    return button(f"{key}:{value}", text=f"● {words}" if value == chosen else words)


def _words(scene: Scene, key: str, value: str | int) -> str:
    label = scene.know.texts.label
    if key == "role":
        return label(f"invite_role_{value}", scene.language)
    return label(f"invite_{key}{'_one' if value == 1 else ''}", scene.language, count=value)


FLOW = Flow(
    name="invitations",
    steps={"list": Open(), "more": More(), "one": One()},
    first="list",
    open_to=lambda state: state.administers or state.standing.operator,
)
