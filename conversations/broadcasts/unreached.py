"""Those whom a broadcast did not reach, as a table in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from conversations.agenda import ChatKind
from conversations.broadcasts import Broadcast
from conversations.broadcasts.telling import local, title
from conversations.rules.cleaning import slug
from conversations.rules.knowledge import Knowledge
from conversations.standing import Role

Cell = str | datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """One recipient whom it did not reach."""

    ags: str
    """Of the council's place."""
    role: Role | None = None
    """Of a person."""
    kind: ChatKind | None = None
    """Of a linked chat."""
    name: str = ""
    """Where the reader may see it: in their own council."""
    reason: str
    """Key: "blocked", "late", "unclear", …"""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table as a file: its name without ending, the words above, its rows; moments are local."""

    name: str
    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def sheet(
    know: Knowledge, one: Broadcast, missed: Sequence[Missed], language: str, now: datetime
) -> Sheet:
    """The table, by place."""

    def say(key: str, **values: object) -> str:
        return know.texts.plain(key, language, **values)

    def row(it: Missed) -> tuple[Cell, ...]:
        place = know.register.get(it.ags)
        kind = it.kind or it.role or ""
        where = know.letters.named(place) if place else ""
        at = local(it.at)
        assert at is not None
        reason = say("unreached/reason", what=it.reason, person=it.role is not None)
        return where, say("unreached/kind", what=kind), it.name, reason, at.replace(tzinfo=None)

    today = local(now)
    assert today is not None
    heads = (
        say("unreached/place"),
        say("unreached/recipient"),
        say("unreached/name"),
        say("unreached/why"),
        say("unreached/time"),
    )
    return Sheet(
        name=slug(say("unreached/file_name"), title(know, one, language), str(today.date())),
        title=say("unreached/title"),
        heads=heads,
        rows=sorted(map(row, missed), key=lambda cells: [str(cell) for cell in cells]),
    )


def caption(know: Knowledge, one: Broadcast, count: int, language: str) -> str:
    """The words below the file, as Telegram HTML; instead of it when there is nobody."""
    values = {"title": title(know, one, language), "count": count}
    return know.texts.html("unreached/caption", language, **values)
