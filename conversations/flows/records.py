"""The audit log in words: who did what to which object when; no contents."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from conversations.flows.flow import Card, Flow, Move, Scene, Step, button, line
from conversations.flows.pages import page
from conversations.flows.placed import place_in_hand
from conversations.rules.deadlines import BERLIN
from conversations.rules.texts import Texts
from conversations.standing import Record, Role

_PAGE = 15
_MOST = 60
"""Characters of a name: a page of them fits into one message."""

ACTIONS: Final = frozenset({
    "found", "amend", "invite", "revoke", "join", "wear", "appoint", "remove", "leave", "endterm",
    "takeover", "dismiss", "refused", "import", "schedule", "follow", "openfeed", "note", "unnote",
    "steer", "file", "offerlink", "link", "unlink", "resend", "letbe", "release", "putoff",
    "compose", "discard", "rehearse", "confirm", "second", "decline", "pause", "resume", "cancel",
    "settle", "correct", "retract", "pin", "reply", "writeback",
})  # fmt: skip
"""Actions that have words of their own; any other one is only called a change."""
PARTS: Final = frozenset({
    "names", "chair", "office", "head", "groups", "ags", "rule_anfrage", "rule_antrag",
    "rule_einladung", "reporting", "reminding",
})  # fmt: skip
"""Parts of a profile that have words of their own."""

_WITH_ROLE: Final = frozenset({"invite", "revoke", "join"})
_WITH_OBJECT: Final = _WITH_ROLE | {"amend", "appoint", "remove", "takeover"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line, as the texts say it."""

    at: str
    who: str
    operator: bool
    itself: bool
    what: str


class Log(Step):
    """What happened in the council in hand, newest first."""

    def card(self, scene: Scene) -> Card:
        """A page of it."""
        entries, turns = page(scene, _entries(scene), _PAGE)
        said = line("records/list", place=place_in_hand(scene), entries=entries)
        return Card(line=said, rows=(turns, (button("people_list"), button("home"))))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Another page, or on."""
        match name:
            case "page":
                return Move(step="list", args={"page": value})
            case "people_list":
                return Move(flow="people", step="list")
            case "home":
                return Move(flow="home", step="home")
        return None


def _entries(scene: Scene) -> list[Entry]:
    """Every line once, where the same was done several times within a minute."""
    return list(dict.fromkeys(_entry(scene, record) for record in scene.state.desk.records))


def _entry(scene: Scene, record: Record) -> Entry:
    return Entry(
        at=_moment(scene, record.at.astimezone(BERLIN)),
        who=_short(record.who),
        operator=record.operator,
        itself=record.itself,
        what=said(scene.know.texts, scene.language, record),
    )


def said(texts: Texts, language: str, record: Record) -> str:
    """What was done to which object, in words."""
    key = record.action if record.action in ACTIONS else "other"
    words = {"object": _object(texts, language, record)} if key in _WITH_OBJECT else {}
    return texts.label(f"record_{key}", language, **words)


def _object(texts: Texts, language: str, record: Record) -> str:
    """A part of the profile or a role by its words; a person by the name, while there is one."""
    if record.action == "amend":
        part = record.object.replace(":", "_")
        return texts.label(f"record_part_{part if part in PARTS else 'profile'}", language)
    if record.action in _WITH_ROLE and record.object in set(Role):
        return texts.label(f"invite_role_{record.object}", language)
    named = "" if ":" in record.object else _short(record.object)
    return named or texts.label("record_somebody", language)


def _moment(scene: Scene, at: datetime) -> str:
    """Day and time; the year only when it is another one."""
    return f"{at:%d.%m. %H:%M}" if at.year == scene.today.year else f"{at:%d.%m.%Y %H:%M}"


def _short(text: str) -> str:
    return text if len(text) <= _MOST else text[: _MOST - 1] + "…"


FLOW = Flow(
    name="records",
    steps={"list": Log()},
    first="list",
    open_to=lambda state: state.administers,
)
