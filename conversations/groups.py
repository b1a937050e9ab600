"""What is said in groups: short, neutral, nothing about anybody; everything else is private.

In a group nobody is anybody for being an admin of the group. What a person may do here follows
from their seat alone, and what they are asked they are asked in private.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Final

from conversations import commands
from conversations.core import Decision, Say, Screen, State
from conversations.deeds import is_admin
from conversations.events import Called, Event, Pressed
from conversations.facts import CouncilFacts
from conversations.flows import consent, reminded
from conversations.rules.knowledge import Knowledge
from conversations.rules.texts import REFERENCE
from conversations.standing import CouncilId
from conversations.status import group_text

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What is known of the group that an event comes from."""

    anonymous: bool = False
    """Whoever it was writes in the group's name."""
    offered: bool = False
    """The link that came along is good."""
    linked: tuple[CouncilFacts, ...] = ()
    """Councils of the chat, when their status is asked for."""


def token_hash(event: Event) -> str:
    """SHA-256 (hex) of the token that a link into a group handed over; empty without one."""
    if isinstance(event, Called) and event.name == "start" and _TOKEN.fullmatch(event.args):
        return hashlib.sha256(event.args.encode()).hexdigest()
    return ""


def asks_status(event: Event) -> bool:
    """Whether the status of the chat's council is asked for."""
    return _is(event, "status")


def naming(state: State, event: Event) -> CouncilId | None:
    """The council for which an admin names the group by /gruppe: the one in hand, if they are an
    admin there, else the first one."""
    if not _is(event, "gruppe") or not consent.given(state):
        return None
    seats = (state.seat, *state.standing.seats)
    wanted = (s.council for s in seats if s is not None and is_admin(state.standing, s.council))
    return next(wanted, None)


def answered(know: Knowledge, state: State, event: Event, group: Group) -> Decision | None:
    """The answer in the group; None: the one neutral line."""
    if isinstance(event, Pressed):
        return _pressed(know, state, event)
    if group.offered or naming(state, event) is not None:
        return _said(know, "chats/asked")
    if group.anonymous and _is(event, "gruppe"):
        return _said(know, "chats/anonymous")
    if group.linked:
        return _status(know, state, group)
    return None


def _status(know: Knowledge, state: State, group: Group) -> Decision:
    """How each council of the chat stands. Whoever is in it reads its reminders anyway."""
    screens = (
        group_text(know, facts, REFERENCE, state.now, bot=state.bot) for facts in group.linked
    )
    return Decision(replies=tuple(Say(screen=screen) for screen in screens))


def _pressed(know: Knowledge, state: State, event: Pressed) -> Decision:
    """A button under a reminder; for people who have not agreed (any more) it is nobody's."""
    if not consent.given(state):
        state = replace(state, member=None)
    action = event.data.split(":")[1] if event.data.count(":") == 2 else ""
    return reminded.pressed(know, state, action, in_group=True)


def _said(know: Knowledge, key: str) -> Decision:
    return Decision(replies=(Say(screen=Screen(html=know.texts.html(key, REFERENCE))),))


def _is(event: Event, name: str) -> bool:
    command = commands.named(event.name) if isinstance(event, Called) else None
    return command is not None and command.name == name
