"""Which paper, for which municipality, to whom: until a draft with its definition exists."""

from dataclasses import replace

from conversations.agenda import CouncilMeeting
from conversations.core import Draft, DraftState
from conversations.flows.beginning import begin
from conversations.flows.drafting import resumed
from conversations.flows.flow import Args, Card, Flow, Move, Scene, Step, button, foot, line
from conversations.flows.from_council import council_of
from conversations.flows.naming import in_hand
from conversations.flows.place import FindPlace
from conversations.rules.answers import Council, Person, Route
from conversations.rules.definition import Kind
from conversations.rules.municipalities import Municipality

MAX_OPEN = 30
"""Open drafts a person may keep side by side."""
_KEYED = "/"
"""Between council and paper in the key of a route."""


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
        several = len(scene.state.standing.seats) > 1
        council = in_hand(scene) if several else None
        return Card(line=line("papers/paper", open=len(drafts), council=council), rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Choose, resume or explain."""
        match name:
            case "paper":
                drafts = [draft for draft in scene.state.drafts if draft.state is DraftState.OPEN]
                if len(drafts) >= MAX_OPEN:
                    return Move(step="paper", hint=line("papers/too_many", most=MAX_OPEN))
                return _chosen(scene, value)
            case "resume":
                draft = next((d for d in scene.state.drafts if d.id == value), None)
                return resumed(scene, draft) if draft else None
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
        if name == "back" and (scene.text("draft") or _council(scene)):
            return _back(scene)
        if name == "back" or place is None:
            return Move(step="place", args={**scene.args, "ties": ""})
        routes = {**scene.member.routes, _route_key(scene): value}
        return begin(scene, replace(scene.member, routes=routes), place, Route(value))


def inquiry_for(scene: Scene, meeting: CouncilMeeting | None) -> Move:
    """An inquiry with council, meeting and paper chosen: the one that is open already, or a new
    one."""
    inquiries = (one for one in scene.know.catalogue.papers() if one.kind is Kind.INQUIRY)
    paper = next(inquiries).key
    drafts = [draft for draft in scene.state.drafts if draft.state is DraftState.OPEN]
    begun = (one for one in drafts if meeting is not None and _is_for(scene, one, paper, meeting))
    if draft := next(begun, None):
        return replace(resumed(scene, draft), flow="inquiry", member=scene.member)
    if len(drafts) >= MAX_OPEN:
        hint = line("papers/too_many", most=MAX_OPEN)
        return Move(flow="papers", step="paper", hint=hint, member=scene.member, drop_draft=True)
    args = {"paper": paper, "meeting": meeting.id if meeting else ""}
    move = place_or_route(replace(scene, state=replace(scene.state, draft=None)), args)
    return replace(move, member=move.member or scene.member, drop_draft=move.draft is None)


def _is_for(scene: Scene, draft: Draft, paper: str, meeting: CouncilMeeting) -> bool:
    definition = scene.know.catalogue.pinned(draft.definition, draft.definition_version)
    seat, there = scene.seat, draft.answers.meeting
    return (
        (definition is not None and definition.paper == paper)
        and (seat is not None and draft.council == seat.council)
        and (there is not None and there.day == meeting.day)
    )


def place_or_route(scene: Scene, args: Args) -> Move:
    """The first thing that is still unknown, or the draft itself."""
    there = scene.at(Move(flow="papers", step="place", args=args))
    paper, place = there.text("paper"), _place(there)
    if place is None:
        return Move(flow="papers", step="place", args=args)
    routes = there.know.catalogue.routes(paper, place)
    if len(routes) <= 1:
        return begin(there, there.member, place, next(iter(routes), Route.OWN))
    known = there.member.routes.get(_route_key(there))
    if known not in routes:
        return Move(flow="papers", step="route", args=args)
    return begin(there, there.member, place, Route(known))


def _chosen(scene: Scene, paper: str) -> Move:
    """A new draft; a council whose place nobody knows cannot be its start."""
    move = place_or_route(scene, {"paper": paper})
    if scene.state.council is None or council_of(scene) is not None:
        return move
    return replace(move, hint=move.hint or line("papers/council_nowhere"))


def _back(scene: Scene) -> Move:
    """Back to the draft it came from, or to the menu."""
    if scene.text("draft") and scene.state.draft:
        return Move(flow="inquiry", step="recipient", draft=scene.draft)
    return Move(step="paper")


def _placed(scene: Scene, place: Municipality) -> Move:
    """A municipality was named: another one than before starts its details anew, and a draft
    that is moved by hand is one of its council no longer."""
    member = scene.member
    if member.council.ags != place.ags:
        member = replace(
            member,
            council=Council(ags=place.ags),
            routes={key: route for key, route in member.routes.items() if _KEYED in key},
            meeting=None,
            district_head=Person(),
        )
    draft = _in_hand(scene)
    if draft is not None and draft.council:
        draft = replace(draft, council="", taken=None)
    args = {"paper": scene.text("paper"), "draft": scene.text("draft")}
    there = scene.at(Move(step="place", args=args, member=member, draft=draft))
    move = place_or_route(there, args)
    return replace(move, member=move.member or member, draft=move.draft or draft)


def _translated(scene: Scene, text: str) -> str:
    return scene.know.texts.translate(text, scene.language)


def _in_hand(scene: Scene) -> Draft | None:
    """The draft that is moved, if the choice is not for a new one."""
    return scene.state.draft if scene.text("draft") else None


def _council(scene: Scene) -> str:
    """Id of the council the paper is written in; empty without one."""
    if draft := _in_hand(scene):
        return draft.council
    council = council_of(scene)
    return council.id if council else ""


def _place(scene: Scene) -> Municipality | None:
    """Where the paper is written: the council's place, or the one the member named."""
    draft, council = _in_hand(scene), council_of(scene)
    if draft and draft.council:
        return scene.know.register.get(draft.answers.council.ags)
    if council and not draft:
        return scene.know.register.get(council.profile.ags)
    return scene.know.register.get(scene.member.council.ags)


def _route_key(scene: Scene) -> str:
    """Under which the answer is kept: by paper, and by council if there is one."""
    council, paper = _council(scene), scene.text("paper")
    return f"{council}{_KEYED}{paper}" if council else paper


FLOW = Flow(
    name="papers",
    steps={"paper": Menu(), "difference": Difference(), "place": Place(), "route": WhichRoute()},
    first="paper",
)
