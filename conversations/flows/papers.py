"""Which paper, for which municipality, to whom: until a draft with its definition exists."""

from dataclasses import replace

from conversations.core import Draft, DraftId, DraftState, Member
from conversations.flows.drafting import first_step, resumed
from conversations.flows.flow import Args, Card, Flow, Move, Scene, Step, button, foot, line
from conversations.flows.place import FindPlace
from conversations.rules.answers import Answers, Council, Meeting, Person, Route
from conversations.rules.definition import Definition
from conversations.rules.municipalities import Municipality

MAX_OPEN = 30
"""Open drafts a person may keep side by side."""


class Menu(Step):
    """The menu of papers."""

    def card(self, scene: Scene) -> Card:
        """One button per paper, then drafts to go on with."""
        drafts = [draft for draft in scene.state.drafts if draft.state is DraftState.OPEN]
        papers = (
            (button(f"paper:{paper.key}", text=_translated(scene, paper.title)),)
            for paper in scene.know.catalogue.papers()
        )
        resume = ((button(f"resume:{draft.id}", text=f"▶ {draft.title}"),) for draft in drafts[:2])
        rows = (*papers, *resume, (button("difference"),), *foot(back=False))
        return Card(line=line("papers/paper", open=len(drafts)), rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Choose, resume or explain."""
        match name:
            case "paper":
                drafts = [draft for draft in scene.state.drafts if draft.state is DraftState.OPEN]
                if len(drafts) >= MAX_OPEN:
                    return Move(step="paper", hint=line("papers/too_many", most=MAX_OPEN))
                return place_or_route(scene, {"paper": value})
            case "resume":
                draft = next((d for d in scene.state.drafts if d.id == value), None)
                return resumed(draft) if draft else None
            case "difference":
                return Move(step="difference")
        return None


class Difference(Step):
    """What each paper does."""

    def card(self, scene: Scene) -> Card:
        """Title and summary of each."""
        papers = [
            (_translated(scene, paper.title), _translated(scene, paper.summary))
            for paper in scene.know.catalogue.papers()
        ]
        return Card(line=line("papers/difference", papers=papers), rows=foot())

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Back to the menu."""
        return Move(step="paper")


class Place(FindPlace):
    """The municipality a paper is for."""

    def placed(self, scene: Scene, place: Municipality) -> Move | None:
        """On to the route, or the draft."""
        return _placed(scene, place)

    def back(self, scene: Scene) -> Move | None:
        """Back to the draft, or to the menu."""
        return _back(scene)


class WhichRoute(Step):
    """To the own municipality, or to the Kreis."""

    def card(self, scene: Scene) -> Card:
        """Both ways with their consequences."""
        place = _place(scene)
        district = scene.know.register.district_of(place) if place else None
        named = scene.know.letters.named
        own, other = (named(one) if one else "" for one in (place, district))
        rows = (
            (button("route:own", "route_own", place=own),),
            (button("route:district", "route_district", place=other),),
        )
        return Card(line=line("papers/route", place=own, district=other), rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Remembered, so that it is asked once."""
        place = _place(scene)
        if name == "back" and scene.text("draft"):
            return _back(scene)
        if name == "back" or place is None:
            return Move(step="place", args={**scene.args, "ties": ""})
        routes = {**scene.member.routes, scene.text("paper"): value}
        return _begin(scene, replace(scene.member, routes=routes), place, Route(value))


def place_or_route(scene: Scene, args: Args) -> Move:
    """The first thing that is still unknown, or the draft itself."""
    there = scene.at(Move(flow="papers", step="place", args=args))
    paper, place = there.text("paper"), _place(there)
    if place is None:
        return Move(flow="papers", step="place", args=args)
    routes = there.know.catalogue.routes(paper, place)
    if len(routes) <= 1:
        return _begin(there, there.member, place, next(iter(routes), Route.OWN))
    known = there.member.routes.get(paper)
    if known not in routes:
        return Move(flow="papers", step="route", args=args)
    return _begin(there, there.member, place, Route(known))


def _back(scene: Scene) -> Move:
    """Back to the draft it came from, or to the menu."""
    if scene.text("draft") and scene.state.draft:
        return Move(flow="inquiry", step="recipient", draft=scene.draft)
    return Move(step="paper")


def _placed(scene: Scene, place: Municipality) -> Move:
    """A municipality was named: another one than before starts its council's details anew."""
    member = scene.member
    if member.council.ags != place.ags:
        member = replace(
            member,
            council=Council(ags=place.ags),
            routes={},
            meeting=None,
            district_head=Person(),
        )
    args = {"paper": scene.text("paper"), "draft": scene.text("draft")}
    move = place_or_route(scene.at(Move(step="place", args=args, member=member)), args)
    return replace(move, member=move.member or member)


def _begin(scene: Scene, member: Member, place: Municipality, route: Route) -> Move:
    definition = scene.know.catalogue.variant_for(scene.text("paper"), place, route)
    if definition is None:
        hint = line("papers/not_for_place", place=scene.know.letters.named(place))
        return Move(flow="papers", step="paper", member=member, hint=hint, drop_draft=True)
    draft = _draft(scene, member, definition, place)
    first = first_step(member, draft.answers)
    return replace(first, flow="inquiry", draft=draft, member=member)


def _draft(scene: Scene, member: Member, definition: Definition, place: Municipality) -> Draft:
    """A new draft from what is remembered; or the one in hand, moved to another municipality."""
    old = scene.state.draft if scene.text("draft") else None
    start = Answers(sender=member.sender, meeting=_ahead(scene, member.meeting))
    answers = replace(
        old.answers if old else start,
        council=_council(member, definition.route),
        route=definition.route,
    )
    if old is not None and old.answers.council.ags != place.ags:
        answers = replace(answers, meeting=None, deadline=None)
    return Draft(
        id=old.id if old else DraftId(scene.state.fresh),
        definition=definition.id,
        definition_version=definition.version,
        title=f"{definition.title} – {_asked_name(scene, definition, place)}",
        answers=answers,
        touched=scene.state.now,
        amends=old.amends if old else None,
        edition=old.edition if old else 1,
    )


def _asked_name(scene: Scene, definition: Definition, place: Municipality) -> str:
    """Whose administration is asked, for the draft's title: a Kreis in full."""
    to_district = definition.route is Route.DISTRICT
    asked = (scene.know.register.district_of(place) if to_district else None) or place
    return scene.know.letters.named(asked) if asked.is_district else asked.name


def _council(member: Member, route: Route) -> Council:
    """What is remembered of the council; a letter to the Kreis goes to the head of the Kreis."""
    if route is Route.DISTRICT:
        return replace(member.council, head=member.district_head)
    return member.council


def _ahead(scene: Scene, meeting: Meeting | None) -> Meeting | None:
    return meeting if meeting and meeting.day >= scene.today else None


def _translated(scene: Scene, text: str) -> str:
    return scene.know.texts.translate(text, scene.language)


def _place(scene: Scene) -> Municipality | None:
    return scene.know.register.get(scene.member.council.ags)


FLOW = Flow(
    name="papers",
    steps={"paper": Menu(), "difference": Difference(), "place": Place(), "route": WhichRoute()},
    first="paper",
)
