"""The consent: to which text, by whom it may be given, and when it counts.

Nothing is stored before it. The text is `consent/terms` on the first card, and all of
`privacy/datenschutz`, one press away.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from conversations.core import Consent, Decision, Member, Screen, Show, State
from conversations.events import Event, Pressed
from conversations.flows import entrance
from conversations.flows.flow import Scene, line
from conversations.rules import retention
from conversations.rules.knowledge import Knowledge

VERSION = 3
"""Grows when the consent text changes in substance; then everybody is asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stateless:
    """A button that works without anything stored: "0.agree:de:<token>"."""

    name: str
    language: str = ""

    @classmethod
    def read(cls, event: Event) -> "Stateless | None":
        """The button of an event, if it is one of these."""
        if not isinstance(event, Pressed) or not event.data.startswith("0."):
            return None
        name, language, *_ = (*event.data[2:].split(":"), "")
        return cls(name=name, language=language)


def given(state: State) -> bool:
    """Whether the person agreed to the text in force, and has not taken it back."""
    member = state.member
    return member is not None and member.consent.version == VERSION and member.withdrawn is None


def askable(know: Knowledge, state: State) -> bool:
    """Whether the person is asked at all; for other strangers nothing could follow."""
    invited = state.invited is not None or know.house.admits(state.standing)
    return invited or state.member is not None


def agreed(know: Knowledge, state: State, event: Event) -> Member | None:
    """The member, if this event is the person's agreement; a bad invitation is none."""
    button = Stateless.read(event)
    if button is None or button.name != "agree" or not askable(know, state):
        return None
    if entrance.asked(event) and state.invited is None:
        return None
    language = language_of(know, state, event)
    consent = Consent(version=VERSION, at=state.now, text_hash=text_hash(know, language))
    if state.member is not None:
        return replace(state.member, consent=consent, language=language, withdrawn=None)
    called = f"{state.first_name} {state.last_name}".strip()
    return Member(id=state.person, language=language, consent=consent, called=called)


def terms(know: Knowledge, language: str) -> tuple[str, str]:
    """What a person agrees to, as Telegram HTML: on the card, and in full."""
    details = know.texts.html("privacy/datenschutz", language, house=know.house)
    return know.texts.html("consent/terms", language), details


def text_hash(know: Knowledge, language: str) -> str:
    """SHA-256 (hex) of what a person agrees to in that language, as it was shown."""
    return hashlib.sha256("\n".join(terms(know, language)).encode()).hexdigest()


def language_of(know: Knowledge, state: State, event: Event) -> str:
    """The language chosen on a stateless button, else the member's, else Telegram's."""
    button = Stateless.read(event)
    if button is not None and button.language in know.texts.languages:
        return button.language
    if state.member is not None:
        return state.member.language
    return know.texts.nearest(state.telegram_language)


def erased_on(withdrawn: datetime) -> datetime:
    """When the data of somebody who took the consent back go by themselves."""
    return withdrawn + retention.CONSENT


def farewell(scene: Scene) -> Decision:
    """Everything about the person goes, with one last word."""
    screen = Screen(html=scene.say(line("erase/done")))
    return Decision(erase=True, replies=(Show(screen=screen),))
