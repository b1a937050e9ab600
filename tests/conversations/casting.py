"""People who send broadcasts at the pure dialogues, and an instance to write to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from conversations.agenda import ChatKind
from conversations.broadcasts import (
    Addressee,
    Broadcast,
    BroadcastId,
    Broadcasts,
    Circle,
    Content,
    Public,
    Stage,
    Tally,
)
from conversations.broadcasts.posts import Post
from conversations.core import Decision
from conversations.deeds import Deed
from conversations.dialogues import Dialogues
from conversations.events import Pressed, Rehearsed
from conversations.rules.profile import Profile
from conversations.rules.reporting import ClockState
from conversations.standing import CouncilId, Operator, PersonId, Role, Standing
from tests.conversations.chamber import GELSENKIRCHEN, SOLINGEN, THERE
from tests.conversations.councils import COUNCIL, seated, somebody
from tests.conversations.walk import NOW, Member

NIGHT = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)
ME, OTHER = PersonId(7), PersonId(8)
RHEINE = CouncilId("council-3")
CIRCLES = (
    Circle(council=COUNCIL, ags=GELSENKIRCHEN, kind="", variant="", clock=ClockState.OVERDUE),
    Circle(council=THERE, ags=SOLINGEN, kind="", variant="", clock=ClockState.OK),
    Circle(council=RHEINE, ags="05566076", kind="", variant="", clock=ClockState.NEVER),
)


def person(
    number: int, council: CouncilId = COUNCIL, role: Role = Role.MEMBER, **more: str
) -> Addressee:
    """Somebody who can be written to."""
    values = {"language": "de", **more}
    return Addressee(chat=number, council=council, person=PersonId(number), role=role, **values)


def chat(number: int, council: CouncilId = COUNCIL, kind: ChatKind = ChatKind.GROUP) -> Addressee:
    """A linked chat."""
    return Addressee(chat=number, council=council, kind=kind)


PUBLIC = Public(
    circles=CIRCLES,
    addressees=(
        person(11, role=Role.ADMIN),
        person(12),
        person(13, language="en"),
        person(21, THERE),
        person(22, THERE, role=Role.ADMIN),
        person(31, RHEINE),
        chat(-1),
        chat(-2, THERE),
        chat(-3, RHEINE, ChatKind.CHANNEL),
    ),
)
"""Six people, two groups and a channel in three councils; eight addressees are nobody's twice."""
OURS = Public(
    circles=CIRCLES[:1],
    addressees=(
        person(11, role=Role.ADMIN, name="Aylin Demir"),
        person(12, name="Jens Vogel"),
        person(13, language="en", name="Ayşe Yılmaz"),
        chat(-1),
    ),
)


def broadcast(
    stage: Stage = Stage.RUNNING, id_: str = "b1", author: PersonId = ME, **parts: object
) -> Broadcast:
    """A broadcast that stands so, written by the person themselves."""
    posts = {"de": Post(text="Bitte fragen Sie jetzt nach KIM.")}
    one = Broadcast(
        id=BroadcastId(id_), author=author, content=Content(posts=posts), stage=stage, made=NOW
    )
    return replace(one, **parts)  # type: ignore[arg-type]


def tally(**parts: object) -> Tally:
    """Ten recipients, seven of them reached."""
    values = {"total": 10, "sent": 7, "waiting": 3, **parts}
    return Tally(**values)  # type: ignore[arg-type]


def operator(
    dialogues: Dialogues, *known: Broadcast, public: Public = PUBLIC, others: bool = True
) -> Member:
    """Somebody of the operators' team, with or without others."""
    member = somebody(dialogues, Standing(operator=True))
    team = [Operator(person=ME, name="Mehmet", since=NOW)]
    team += [Operator(person=OTHER, name="Aylin", since=NOW)] if others else []
    desk = replace(member.state.desk, operators=tuple(team))
    return knowing(member, known, public, desk=desk)


def admin(
    dialogues: Dialogues, *known: Broadcast, public: Public = OURS, role: Role = Role.ADMIN
) -> Member:
    """Somebody of the council of Gelsenkirchen."""
    member = seated(dialogues, Profile(ags=GELSENKIRCHEN), role)
    return knowing(member, known, public)


def both(dialogues: Dialogues, *known: Broadcast) -> Member:
    """An operator who is an admin of Gelsenkirchen, too."""
    member = admin(dialogues, *known, public=PUBLIC)
    standing = replace(member.state.standing, operator=True)
    member.state = replace(member.state, standing=standing)
    return member


def knowing(member: Member, known: Sequence[Broadcast], public: Public, **parts: object) -> Member:
    """With these broadcasts, and these people to write to."""
    broadcasts = Broadcasts(known=tuple(known), public=public)
    member.state = replace(member.state, broadcasts=broadcasts, **parts)  # type: ignore[arg-type]
    return member


def drafted(member: Member) -> Broadcast:
    """The newest broadcast."""
    return member.state.broadcasts.known[0]


def rehearse(member: Member, refused: str = "") -> Member:
    """Telegram took the preview that was asked for, or refused it."""
    assert member.last is not None
    assert member.last.rehearse is not None
    one = member.state.broadcasts.one(member.last.rehearse)
    assert one is not None
    return member.send(Rehearsed(broadcast=one.id, revision=one.revision, refused=refused))


def ready(member: Member, text: str = "Bitte fragen Sie jetzt nach KIM.") -> Member:
    """The plain way up to the last question."""
    member.call("rundruf").press("Neuer Rundruf").type(text).press("Vorschau")
    return rehearse(member)


def under(member: Member, data: str) -> Decision:
    """A press on a button of the broadcast's own message."""
    member.send(Pressed(data=data))
    assert member.last is not None
    return member.last


def deeds(member: Member) -> tuple[Deed, ...]:
    """What the latest decision changes."""
    assert member.last is not None
    return member.last.deeds


def at(member: Member) -> tuple[str, str]:
    """Where the person stands."""
    assert member.state.position is not None
    return member.state.position.flow, member.state.position.step
