"""The councils a broadcast is for, found by typed names; none of them means all."""

from dataclasses import replace

from conversations.broadcasts import Circle
from conversations.flows.composing.kept import away, council_of, count, draft_of, gone, here, stored
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.flows.pages import page
from conversations.flows.placed import place_name
from conversations.rules.municipalities import Match, Tie
from conversations.standing import CouncilId

_PAGE = 8


class Councils(Step):
    """Those that were chosen, each to be taken out; one more is typed."""

    adds = True

    def card(self, scene: Scene) -> Card:
        """A page of them, or the ones a typed name may mean."""
        one = draft_of(scene)
        if one is None or council_of(scene) is not None:
            return gone()
        audience = one.content.audience
        ties = [circle for circle in _circles(scene) if circle.ags in scene.text("ties").split()]
        now, turns = page(scene, _chosen(scene, audience.councils), _PAGE)
        rows: tuple[Row, ...] = (
            *((button(f"add:{one.council}", text=place_name(scene, one.ags)),) for one in ties),
            *(
                (button(f"remove:{one.council}", "remove", words=place_name(scene, one.ags)),)
                for one in now
                if not ties
            ),
        )
        every: Row = (button("audience_all"),) if audience.councils else ()
        said = line(
            "composing/councils",
            count=len(audience.councils),
            ties=len(ties),
            reach=count(scene, audience),
        )
        return Card(line=said, rows=(*rows, turns, every, (button("comp_done"),), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """One more, one less, all, or done."""
        one = draft_of(scene)
        if one is None or council_of(scene) is not None:
            return away(name)
        councils = one.content.audience.councils
        match name:
            case "add" if value in {circle.council for circle in _circles(scene)}:
                return _set(scene, councils | {CouncilId(value)})
            case "remove":
                return _set(scene, councils - {CouncilId(value)})
            case "audience_all":
                return _set(scene, frozenset())
            case "page":
                return Move(step="councils", args={**here(scene, one), "page": value})
        return Move(step="audience", args=here(scene, one))

    def typed(self, scene: Scene, text: str) -> Move | None:
        """A place: its council, the councils it may mean, or that there is none."""
        one = draft_of(scene)
        if one is None or council_of(scene) is not None:
            return None
        match scene.know.register.search(text):
            case Match(municipality=place):
                keys = [place.ags]
            case Tie(candidates=candidates):
                keys = [place.ags for place in candidates]
            case None:
                return _again(scene, line("papers/unknown_place", typed=text[:60]))
        there = [circle for circle in _circles(scene) if circle.ags in keys]
        if not there:
            return _again(scene, line("instance/none", place=place_name(scene, keys[0])))
        if len(there) == 1:
            return _set(scene, one.content.audience.councils | {there[0].council})
        return Move(step="councils", args={**here(scene, one), "ties": " ".join(keys)})

    def expects(self, scene: Scene) -> Line:
        """A place."""
        return line("papers/expects_place")

    def help(self, scene: Scene) -> Line:
        """How conditions work together."""
        return line("composing/audience_help")


def _set(scene: Scene, councils: frozenset[CouncilId]) -> Move:
    one = draft_of(scene)
    assert one is not None
    audience = replace(one.content.audience, councils=councils)
    return stored(scene, replace(one.content, audience=audience), "councils")


def _again(scene: Scene, hint: Line) -> Move:
    return Move(step="councils", args=scene.args, hint=hint)


def _circles(scene: Scene) -> tuple[Circle, ...]:
    return scene.state.broadcasts.public.circles


def _chosen(scene: Scene, councils: frozenset[CouncilId]) -> list[Circle]:
    found = (one for one in _circles(scene) if one.council in councils)
    return sorted(found, key=lambda one: place_name(scene, one.ags))


STEPS: dict[str, Step] = {"councils": Councils()}
