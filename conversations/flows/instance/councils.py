"""All councils of the instance, found by place; one of them in counts."""

from dataclasses import dataclass
from datetime import date

from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, line
from conversations.flows.inviting import Wish, made, open_for
from conversations.flows.pages import page
from conversations.flows.placed import place_name
from conversations.rules.deadlines import BERLIN
from conversations.rules.municipalities import Match, Tie
from conversations.rules.names import fold
from conversations.standing import CouncilEntry, Role

_PAGE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A council as the texts say one: counts and states."""

    place: str
    people: int
    admins: int
    reachable: int
    open: int
    """Open invitations as Ratsadmin."""
    created: date


class Councils(Step):
    """All councils by place; those that nobody can administer stand out."""

    def card(self, scene: Scene) -> Card:
        """A page of them, or the ones that were searched for."""
        all_, found = _sorted(scene), _found(scene)
        now, turns = page(scene, found, _PAGE)
        said = line(
            "instance/councils",
            councils=[_shown(scene, one) for one in now],
            count=len(all_),
            lost=sum(_is_lost(one) for one in all_),
            part=len(found) < len(all_),
        )
        rows = (
            *((button(f"council:{one.id}", text=_label(scene, one)),) for one in now),
            turns,
            _filters(scene, all_),
            (button("found_council"), button("operators")),
            (button("board", "to_board"), button("home")),
        )
        return Card(line=said, rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """One council, a part of the list, or on."""
        match name:
            case "council":
                return Move(step="council", args={"council": value})
            case "page":
                return Move(step="councils", args={**scene.args, "page": value})
            case "lost_councils":
                return Move(step="councils", args={"lost": 1})
            case "all_councils":
                return Move(step="councils")
            case "found_council":
                return Move(flow="council", step="found")
            case "operators":
                return Move(step="operators")
            case "board":
                return Move(flow="operating", step="board")
            case "home":
                return Move(flow="home", step="home")
        return None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """A place: its council, the councils it may mean, or that there is none."""
        match scene.know.register.search(text):
            case Match(municipality=place):
                found = [place]
            case Tie(candidates=candidates):
                found = list(candidates)
            case None:
                return Move(step="councils", hint=line("papers/unknown_place", typed=text[:60]))
        keys = {place.ags for place in found}
        there = [one for one in scene.state.desk.councils if one.ags in keys]
        if len(there) == 1:
            return Move(step="council", args={"council": there[0].id})
        if not there:
            named = place_name(scene, found[0].ags)
            return Move(step="councils", hint=line("instance/none", place=named))
        return Move(step="councils", args={"keys": " ".join(sorted(keys))})

    def expects(self, scene: Scene) -> Line:
        """A place, to search for."""
        return line("papers/expects_place")


class OneCouncil(Step):
    """One council in counts, and help for one that has lost its Ratsadmins."""

    def card(self, scene: Scene) -> Card:
        """Counts and states."""
        one = _council(scene)
        if one is None:
            return Card(line=line("instance/gone"), rows=((button("councils"),),))
        said = line("instance/council", one=_shown(scene, one))
        rows = ((button("invite_now", "invite_admin"),), (button("invitations"),))
        return Card(line=said, rows=(*rows, (button("back"), button("home"))))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Invite a Ratsadmin at one press, or see what is open."""
        one = _council(scene)
        if one is None:
            return Move(step="councils")
        match name:
            case "invite_now":
                wish = Wish(role=Role.ADMIN, council=one.id, ags=one.ags)
                return made(scene, wish, step="council", args=scene.args)
            case "invitations":
                return Move(flow="invitations", step="list", args={"of": one.id})
            case "home":
                return Move(flow="home", step="home")
        return Move(step="councils")


def _council(scene: Scene) -> CouncilEntry | None:
    wanted = scene.text("council")
    return next((one for one in scene.state.desk.councils if one.id == wanted), None)


def _sorted(scene: Scene) -> list[CouncilEntry]:
    return sorted(scene.state.desk.councils, key=lambda one: (_place(scene, one), one.id))


def _found(scene: Scene) -> list[CouncilEntry]:
    """The councils of the searched places, those without a Ratsadmin, or all."""
    keys = scene.text("keys").split()
    found = [one for one in _sorted(scene) if not keys or one.ags in keys]
    return [one for one in found if _is_lost(one)] if scene.args.get("lost") else found


def _filters(scene: Scene, all_: list[CouncilEntry]) -> Row:
    if scene.args.get("lost") or scene.text("keys"):
        return (button("all_councils"),)
    lost = sum(_is_lost(one) for one in all_)
    return (button("lost_councils", count=lost),) if 0 < lost < len(all_) else ()


def _is_lost(one: CouncilEntry) -> bool:
    return one.reachable_admins == 0


def _label(scene: Scene, one: CouncilEntry) -> str:
    return f"{'⚠ ' if _is_lost(one) else ''}{place_name(scene, one.ags)}"


def _place(scene: Scene, one: CouncilEntry) -> str:
    """Sorted by the name itself, without "Stadt" or "Kreis"."""
    place = scene.know.register.get(one.ags)
    return fold(place.name) if place else one.ags


def _shown(scene: Scene, one: CouncilEntry) -> Shown:
    return Shown(
        place=place_name(scene, one.ags),
        people=one.people,
        admins=one.admins,
        reachable=one.reachable_admins,
        open=sum(link.role is Role.ADMIN for link in open_for(scene, one.id)),
        created=one.created.astimezone(BERLIN).date(),
    )


STEPS = {"councils": Councils(), "council": OneCouncil()}
