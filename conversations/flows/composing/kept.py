"""The draft of a broadcast that a card is about: read, and stored with each change."""

from conversations.broadcasts import Addressee, Audience, Broadcast, BroadcastId, Content, Stage
from conversations.broadcasts.posts import Post
from conversations.deeds import Compose
from conversations.flows.flow import Args, Card, Line, Move, Scene, button, line
from conversations.rules.audience import Counted, chosen, counted, placed
from conversations.rules.texts import REFERENCE
from conversations.standing import CouncilId

ALL = "all"
"""Argument "of" of a new draft that is for all councils; else the council's id."""


def draft_of(scene: Scene) -> Broadcast | None:
    """The person's own draft with the id in hand."""
    one = scene.state.broadcasts.one(scene.text("id"))
    mine = one is not None and one.author == scene.state.person
    return one if one is not None and mine and one.stage is Stage.DRAFT else None


def lost(scene: Scene) -> bool:
    """Whether the card is about a draft that is no draft any more, or nobody's here."""
    return bool(scene.text("id")) and draft_of(scene) is None


def gone() -> Card:
    """Instead of a draft that is not there any more."""
    return Card(line=line("broadcasts/gone"), rows=((button("casts"),), (button("home"),)))


def away(name: str) -> Move:
    """From there."""
    if name == "home":
        return Move(flow="home", step="home")
    return Move(flow="broadcasts", step="list")


def content_of(scene: Scene) -> Content:
    """What it says so far."""
    one = draft_of(scene)
    return one.content if one else Content(audience=_first(scene))


def council_of(scene: Scene) -> CouncilId | None:
    """For which council it is; None for all of them."""
    one = draft_of(scene)
    if one is not None:
        return one.council
    seat = scene.seat if scene.state.administers else None
    if scene.state.standing.operator and (seat is None or scene.text("of") != seat.council):
        return None
    return seat.council if seat else None


def undecided(scene: Scene) -> bool:
    """Whether an operator who is an admin, too, has not said yet for whom a new one is."""
    both = scene.state.standing.operator and scene.state.administers
    return both and not scene.text("id") and not scene.text("of")


def stored(scene: Scene, content: Content, step: str, hint: Line | None = None) -> Move:
    """On to a step with this content, stored if it changed."""
    one = draft_of(scene)
    if one is not None and one.content == content:
        return Move(step=step, args=here(scene, one), hint=hint)
    id_ = one.id if one else BroadcastId(scene.state.fresh)
    deed = Compose(
        id=id_,
        council=council_of(scene),
        revision=one.revision if one else 0,
        content=content,
    )
    args = {"id": id_, **planned_at(scene)}
    return Move(step=step, args=args, deeds=(deed,), hint=hint)


def here(scene: Scene, one: Broadcast) -> Args:
    """The arguments of a card about this broadcast; a moment that was chosen for it stays."""
    return {"id": one.id, **planned_at(scene)}


def planned_at(scene: Scene) -> Args:
    """The argument that keeps the chosen moment, whatever else is changed meanwhile."""
    at = scene.text("at")
    return {"at": at} if at else {}


def main_post(content: Content) -> Post | None:
    """The text in the reference language, which stands for all others."""
    return content.posts.get(REFERENCE)


def reached(scene: Scene, audience: Audience) -> tuple[Addressee, ...]:
    """Everybody who would get it now; a council's own broadcast stays in that council."""
    council = _council_in_question(scene)
    public = placed(scene.know, scene.state.broadcasts.public)
    found = chosen(audience, public)
    return found if council is None else tuple(one for one in found if one.council == council)


def count(scene: Scene, audience: Audience) -> Counted:
    """How many they are."""
    return counted(reached(scene, audience))


def _council_in_question(scene: Scene) -> CouncilId | None:
    one = scene.state.broadcasts.one(scene.text("id"))
    return one.council if one is not None else council_of(scene)


def _first(scene: Scene) -> Audience:
    """The audience a new draft begins with: everybody there is."""
    council = council_of(scene)
    return Audience(councils=frozenset({council} if council else ()))
