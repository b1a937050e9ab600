"""A meeting in words and on buttons, and the one that a card is about."""

from dataclasses import dataclass
from datetime import datetime

from conversations.agenda import CouncilMeeting
from conversations.deeds import Schedule
from conversations.flows.flow import Button, Card, Move, Scene, button, line
from conversations.planning.chances import chance
from conversations.rules import saying
from conversations.rules.deadlines import BERLIN, Deadline
from conversations.standing import CouncilId


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A meeting as the texts say one. The deadline is that for inquiries, if it is known."""

    meeting: CouncilMeeting
    days: int
    """Until the meeting; negative when it is over."""
    deadline: Deadline | None = None
    left: int = 0
    """Days until the deadline."""
    late: bool = False
    """Whether the deadline is over."""


def shown(scene: Scene, one: CouncilMeeting) -> Shown:
    """The meeting with what follows from its day."""
    days = (one.day - scene.today).days
    council = scene.state.council
    until = chance(council.profile, one).deadline if council and not one.cancelled else None
    if until is None or days < 0:
        return Shown(meeting=one, days=days)
    return Shown(
        meeting=one,
        days=days,
        deadline=until,
        left=until.days_left(scene.today),
        late=until.passed(scene.state.now),
    )


def coming(scene: Scene) -> tuple[CouncilMeeting, ...]:
    """From today on, the next first."""
    return tuple(one for one in scene.state.agenda.meetings if one.day >= scene.today)


def past(scene: Scene) -> tuple[CouncilMeeting, ...]:
    """Before today, the latest first."""
    return tuple(one for one in reversed(scene.state.agenda.meetings) if one.day < scene.today)


def entry(scene: Scene, one: CouncilMeeting, name: str = "one") -> Button:
    """The button of a meeting."""
    words = saying.day(one.day, scene.language)
    if one.start:
        words = f"{words}, {saying.clock(one.start, scene.language)}"
    return button(f"{name}:{one.id}", text=f"✗ {words}" if one.cancelled else words)


def chosen(scene: Scene) -> CouncilMeeting | None:
    """The meeting the card is about, if it is still there."""
    wanted = scene.text("meeting")
    return next((one for one in scene.state.agenda.meetings if one.id == wanted), None)


def gone() -> Card:
    """Instead of a meeting that somebody took out meanwhile."""
    return Card(line=line("meetings/missing"), rows=((button("meet_list"),),))


def back_to(one: CouncilMeeting, **more: object) -> Move:
    """To the card of a meeting."""
    return Move(step="one", args={"meeting": one.id}, **more)  # type: ignore[arg-type]


def council(scene: Scene) -> CouncilId:
    """The council in hand; the flow is open to nobody without."""
    assert scene.seat is not None
    return scene.seat.council


def scheduled(scene: Scene, *kept: CouncilMeeting) -> tuple[Schedule, ...]:
    """The deed that stores these meetings."""
    return (Schedule(council=council(scene), kept=kept),) if kept else ()


def checked(scene: Scene) -> datetime | None:
    """When the calendar that is followed was read last, local time."""
    source = scene.state.agenda.source
    return source.checked.astimezone(BERLIN) if source and source.checked else None
