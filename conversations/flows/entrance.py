"""The way in by a link: its token, wherever an event carries it, and joining with it.

The token stands in buttons that carry no dialogue version, so that it is stored nowhere.
"""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from conversations.core import Decision, Member, Say, Screen, Show, State
from conversations.deeds import Join
from conversations.events import Called, Event, Pressed, Typed
from conversations.flows.arriving import reminder_of
from conversations.flows.flow import Line, Move, Scene, button, line
from conversations.flows.naming import Named, named
from conversations.rules.deadlines import BERLIN
from conversations.rules.knowledge import Knowledge
from conversations.standing import Badge, Invited, Role

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_PASTED = re.compile(
    r"(?:^|[\s/.])t(?:elegram)?\.me/\w+\?start=([A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])"
)
"""The link as text: people copy it into the chat instead of following it."""
_CARRIERS = frozenset({"agree", "lang", "read", "join"})
"""Buttons that carry the token along: "0.agree:de:<token>", "0.join:<token>"."""
INQUIRY = "anfrage"
"""What follows /start in a link that opens the inquiry, as the command of this name does."""
_NO_INVITATION = frozenset({"", "gruppe", INQUIRY})
"""What else may follow /start."""
_DOUBLE = timedelta(minutes=1)


def token_of(event: Event) -> str:
    """The token of /start, of the link pasted as a text, or of a button that leads on from either;
    empty without one."""
    match event:
        case Called(name="start", args=args) if _TOKEN.fullmatch(args):
            return args
        case Typed(text=text) if found := _PASTED.search(text):
            return found[1]
        case Pressed(data=data):
            name, _, rest = data.partition(".")[2].partition(":")
            token = rest.rpartition(":")[2]
            return token if name in _CARRIERS and _TOKEN.fullmatch(token) else ""
    return ""


def asked(event: Event) -> bool:
    """Whether the person came by an invitation, be it good or not (a link may be cut off)."""
    if isinstance(event, Called) and event.name == "start":
        return event.args not in _NO_INVITATION and not reminder_of(event)
    return bool(token_of(event))


def command_of(event: Called) -> str:
    """The command that is meant: a link that opens the inquiry is /anfrage."""
    return INQUIRY if (event.name, event.args) == ("start", INQUIRY) else event.name


def link(bot: str, token: str) -> str:
    """The deep link that hands the token over (Bot API, deep linking: 64 characters at most)."""
    return f"https://t.me/{bot}?start={token}"


def council_of(know: Knowledge, invited: Invited, now: datetime) -> Named:
    """The council an invitation leads to."""
    return named(know, invited.ags, now.astimezone(BERLIN).date())


def belongs(state: State, invited: Invited) -> bool:
    """Whether the person is already what the invitation makes of them, or more."""
    if invited.role is Role.OPERATOR or invited.council is None:
        return state.standing.operator
    seat = state.standing.seat(invited.council)
    return seat is not None and (seat.role is Role.ADMIN or invited.role is Role.MEMBER)


# --- for people who have agreed -------------------------------------------------------------------


def met(scene: Scene, event: Event) -> Move | Decision | None:
    """What a member's link or the answer to its card leads to; None for any other event."""
    pressed = event.data if isinstance(event, Pressed) else ""
    if pressed.startswith("0.join_not"):
        return stay(scene, line("entrance/declined"))
    opened = isinstance(event, Called | Typed) or pressed.startswith("0.agree:")
    joins = pressed.startswith("0.join:")
    if not asked(event) or not (opened or joins):
        return None
    return _welcome(scene, event, joins=joins)


def _welcome(scene: Scene, event: Event, *, joins: bool) -> Move | Decision | None:
    invited = scene.state.invited
    if invited is None:
        twice = joins and _just_joined(scene.state)
        return None if twice else _home(line("entrance/bad"))
    if belongs(scene.state, invited):
        member = in_hand(scene.member, invited)
        return replace(_home(line("entrance/already")), member=member)
    return joined(scene, invited) if joins else _asking(scene, invited, token_of(event), event)


def _just_joined(state: State) -> bool:
    """A second press on «Beitreten» finds the invitation used up: by the first one."""
    return any(state.now - seat.since < _DOUBLE for seat in state.standing.seats)


def _asking(scene: Scene, invited: Invited, token: str, event: Event) -> Decision:
    """The card beside the current one: to what, and whether to join."""
    council = council_of(scene.know, invited, scene.state.now)
    html = scene.say(line("entrance/join", role=invited.role, council=council))
    rows = (
        ((scene.label(button("join")), f"0.join:{token}"),),
        ((scene.label(button("join_not")), "0.join_not"),),
    )
    card = Screen(html=html, rows=rows)
    return Decision(
        replies=(Show(screen=card) if isinstance(event, Pressed) else Say(screen=card),)
    )


def joined(scene: Scene, invited: Invited) -> Move:
    """The seat is taken; then how the person stands there. Known from elsewhere: only shown."""
    if invited.council is None:
        move = _home(line("entrance/joined_operator"))
        deeds = (Join(invitation=invited.id, role=invited.role),)
        return replace(move, member=scene.member, deeds=deeds)
    badge = _known_badge(scene)
    join = Join(
        invitation=invited.id,
        role=invited.role,
        council=invited.council,
        ags=invited.ags,
        badge=badge,
    )
    council = council_of(scene.know, invited, scene.state.now)
    return Move(
        flow="badge",
        step="shown" if badge.name else "name",
        args={"joining": 1},
        drop_draft=True,
        member=in_hand(scene.member, invited),
        deeds=(join,),
        hint=line("entrance/joined", council=council),
    )


def in_hand(member: Member, invited: Invited) -> Member:
    """The council one comes to is the one in hand."""
    return replace(member, active=invited.council or member.active)


def _known_badge(scene: Scene) -> Badge:
    """As the person stands in another council, else as the sender of letters."""
    seat, sender = scene.seat, scene.member.sender
    if seat is not None and seat.badge.name:
        return seat.badge
    return Badge(name=sender.name, function=sender.function, group=sender.group)


def stay(scene: Scene, hint: Line, member: Member | None = None) -> Move:
    """The current card once more."""
    return Move(step=scene.position.step, args=scene.args, hint=hint, member=member)


def _home(hint: Line) -> Move:
    return Move(flow="home", step="home", drop_draft=True, hint=hint)
