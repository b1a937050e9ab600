"""First contact: what the bot is, and the question whether it may remember.

Stateless: before consent nothing about the person is stored, so even the language chosen here
travels in the buttons.
"""

import hashlib
from dataclasses import replace

from conversations import commands
from conversations.core import (
    Consent,
    Decision,
    Member,
    Say,
    Screen,
    Show,
    State,
)
from conversations.events import (
    Called,
    Event,
    Pressed,
    Resumed,
)
from conversations.flows.flow import Scene, line
from conversations.rules.knowledge import Knowledge

VERSION = 1
"""Grows when the consent text changes in substance; then everybody is asked again."""


def given(state: State) -> bool:
    """Whether the person agreed to the text in force."""
    return state.member is not None and state.member.consent.version == VERSION


def agreed(know: Knowledge, state: State, event: Event) -> Member | None:
    """The member, if this event is the person's agreement."""
    if not isinstance(event, Pressed) or not event.data.startswith("0.agree:"):
        return None
    language = _language(know, state, event)
    consent = Consent(version=VERSION, at=state.now, text_hash=text_hash(know, language))
    if state.member is not None:
        return replace(state.member, consent=consent, language=language)
    called = f"{state.first_name} {state.last_name}".strip()
    return Member(id=state.person, language=language, consent=consent, called=called)


def decide(know: Knowledge, state: State, event: Event) -> Decision:
    """The turn of a person who has not (yet) agreed: one answer, nothing to store."""
    language = _language(know, state, event)
    match event:
        case Pressed(data=data):
            key = "help/datenschutz" if data.startswith("0.read:") else "consent/ask"
            return Decision(replies=(Show(screen=_screen(know, language, key)),))
        case Called(name=name) if (command := commands.named(name)) and command.before_consent:
            return Decision(replies=(Say(screen=_screen(know, language, f"help/{command.name}")),))
        case Resumed():
            return Decision()
        case _:
            return Decision(replies=(Say(screen=_screen(know, language, "consent/ask")),))


def text_hash(know: Knowledge, language: str) -> str:
    """SHA-256 (hex) of what a person agrees to in that language: the question and its details."""
    texts = (know.texts.html(key, language) for key in ("consent/ask", "help/datenschutz"))
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def farewell(scene: Scene) -> Decision:
    """Everything about the person goes, with one last word."""
    screen = Screen(html=scene.say(line("erase/done")))
    return Decision(erase=True, replies=(Show(screen=screen),))


def _language(know: Knowledge, state: State, event: Event) -> str:
    if isinstance(event, Pressed):
        chosen = event.data.rpartition(":")[2]
        if chosen in know.texts.languages:
            return chosen
    if state.member is not None:
        return state.member.language
    return know.texts.nearest(state.telegram_language)


def _screen(know: Knowledge, language: str, key: str) -> Screen:
    def label(name: str) -> str:
        return know.texts.label(name, language)

    read = () if key == "help/datenschutz" else ((label("read_first"), f"0.read:{language}"),)
    others = tuple(
        (know.texts.label("language_name", other), f"0.lang:{other}")
        for other in know.texts.languages
        if other != language
    )
    rows = (((label("agree"), f"0.agree:{language}"), *read), others)
    values = {"commands": commands.COMMANDS, "label": label} if key == "help/hilfe" else {}
    return Screen(html=know.texts.html(key, language, **values), rows=rows)
