"""Answers to broadcasts, and words back, as the messages that bring them. Composed when they are
sent, from what is stored then."""

from dataclasses import dataclass

from conversations.broadcasts import AnswerId, Broadcast
from conversations.broadcasts.telling import title
from conversations.core import Screen
from conversations.rules.knowledge import Knowledge

MOST = 1000
"""Characters of an answer, or of a word back."""
A_DAY = 20
"""Answers of one person to one broadcast in 24 hours; and as many words back."""
_EXCERPT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who wrote, as the other one may know it."""

    name: str = ""
    """Empty for operators, and for who wrote to them."""
    function: str = ""
    ags: str = ""
    """Of the municipality; empty for operators."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A member's answer, for the broadcast's author."""

    id: AnswerId
    broadcast: Broadcast
    who: Party
    text: str
    language: str
    again: bool = False
    """Sent before, perhaps in vain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtBack:
    """The author's word back, for the member."""

    asked: str
    """What the member wrote."""
    who: Party
    text: str
    language: str
    again: bool = False


def answered(know: Knowledge, brought: Brought) -> Screen:
    """With a button to write back."""
    language = brought.language
    html = know.texts.html(
        "answers/answered",
        language,
        title=title(know, brought.broadcast, language),
        who=brought.who,
        place=place(know, brought.who.ags),
        text=brought.text,
        again=brought.again,
    )
    words = know.texts.label("answer_write", language)
    return Screen(html=html, rows=(((words, f"b:reply:{brought.id}"),),))


def wrote_back(know: Knowledge, brought: BroughtBack) -> Screen:
    """Who replies to it goes on with the exchange."""
    html = know.texts.html(
        "answers/wrote_back",
        brought.language,
        asked=excerpt(brought.asked, _EXCERPT),
        who=brought.who,
        place=place(know, brought.who.ags),
        text=brought.text,
        again=brought.again,
    )
    return Screen(html=html)


def place(know: Knowledge, ags: str) -> str:
    """The municipality with its title; empty without one."""
    found = know.register.get(ags) if ags else None
    return know.letters.named(found) if found else ""


def excerpt(text: str, most: int) -> str:
    """The beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
