"""What a council is called on a card: the body's name on that day, and its place."""

from dataclasses import dataclass
from datetime import date

from conversations.flows.flow import Scene
from conversations.rules.knowledge import Knowledge
from conversations.rules.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A council in words."""

    body: str
    place: str
    """"Stadt Gelsenkirchen"; empty when the register does not know the key (any more)."""
    ags: str


def named(know: Knowledge, ags: str, day: date, profile: Profile | None = None) -> Named:
    """The council of a municipality: by its own name, else by the one in law on that day."""
    place = know.register.get(ags)
    own = profile.body_on(day) if profile else ""
    return Named(
        body=own or know.letters.texts.frame.body_on(day).name,
        place=know.letters.named(place) if place else "",
        ags=ags,
    )


def in_hand(scene: Scene) -> Named | None:
    """The council in hand, if the person has a seat in one."""
    seat, council = scene.seat, scene.state.council
    if seat is None:
        return None
    profile = council.profile if council and council.id == seat.council else None
    return named(scene.know, seat.ags, scene.today, profile)
