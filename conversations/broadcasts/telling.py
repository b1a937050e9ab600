"""How far a broadcast is, in words: the one message in its author's chat, and the one that asks a
second person. Its buttons ("b:<action>:<id>") belong to no card."""

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from conversations.broadcasts import OPEN, Broadcast, Stage, Tally
from conversations.core import Screen
from conversations.rules.deadlines import BERLIN
from conversations.rules.knowledge import Knowledge
from conversations.rules.sending_hours import is_open, opening
from conversations.rules.texts import REFERENCE

_CELLS: Final = 10
_FULL, _EMPTY = "▰", "▱"
_TITLE: Final = 40
"""Characters of a broadcast's text by which it is called."""
_LABELS: Final[Mapping[str, str]] = {
    "pause": "cast_pause",
    "resume": "cast_resume",
    "cancel": "cast_cancel",
    "unreached": "cast_unreached",
    "again": "cast_again",
    "let": "cast_let",
    "open": "cast_open",
}


def progress(
    know: Knowledge, broadcast: Broadcast, language: str, now: datetime, rate: float = 0.0
) -> Screen:
    """The message while it is sent; the result when it is over. `rate`: messages per second
    lately, 0 when nothing is known."""
    if broadcast.stage not in OPEN:
        return result(know, broadcast, language, now)
    html = know.texts.html(
        "broadcasts/progress",
        language,
        one=broadcast,
        title=title(know, broadcast, language),
        percent=percent(broadcast.tally),
        bar=bar(broadcast.tally),
        rate=round(rate, 1),
        left=_left(broadcast.tally, rate),
        morning=_morning(broadcast, now),
        due=local(broadcast.due),
    )
    return Screen(html=html, rows=_rows(know, broadcast, language, _while_sent(broadcast)))


def result(know: Knowledge, broadcast: Broadcast, language: str, now: datetime) -> Screen:
    """What came of it, with the ways on."""
    del now  # the same words whenever they are asked for
    html = know.texts.html(
        "broadcasts/result",
        language,
        one=broadcast,
        title=title(know, broadcast, language),
        ended=local(broadcast.ended),
    )
    tally = broadcast.tally
    actions = (
        _on_unclear(broadcast),
        ("unreached",) if tally.failed or tally.late else (),
        ("open",),
    )
    return Screen(html=html, rows=_rows(know, broadcast, language, actions))


def asked(know: Knowledge, broadcast: Broadcast, language: str, now: datetime) -> Screen:
    """To a second person: something waits for their yes. To its author: it was given back."""
    due = broadcast.due if broadcast.due and broadcast.due > now else None
    values = {"title": title(know, broadcast, language), "due": local(due)}
    key = "broadcasts/returned" if broadcast.stage is Stage.DRAFT else "broadcasts/asked"
    html = know.texts.html(key, language, **values)
    return Screen(html=html, rows=_rows(know, broadcast, language, (("open",),)))


def title(know: Knowledge, broadcast: Broadcast, language: str) -> str:
    """What it is called by: its first words, else the file's name, else what kind it is."""
    posts = broadcast.content.posts
    post = posts.get(REFERENCE) or next(iter(posts.values()), None)
    if post is None:
        return know.texts.label("cast_empty", language)
    first = next((line.strip() for line in post.text.splitlines() if line.strip()), "") or post.name
    if not first:
        kinds = {"photo": "cast_photo", "document": "cast_document", "video": "cast_video"}
        return know.texts.label(kinds.get(post.attached or "", "cast_empty"), language)
    return first if len(first) <= _TITLE else first[: _TITLE - 1].rstrip() + "…"


def percent(tally: Tally) -> int:
    """How much is done with; 100 only when all is."""
    if not tally.total or tally.settled >= tally.total:
        return 100 * bool(tally.total)
    return min(round(tally.settled * 100 / tally.total), 99)


def bar(tally: Tally) -> str:
    """The same as a row of blocks."""
    full = percent(tally) * _CELLS // 100
    return _FULL * full + _EMPTY * (_CELLS - full)


def local(moment: datetime | None) -> datetime | None:
    """The moment as people here read clocks."""
    return moment and moment.astimezone(BERLIN)


def _left(tally: Tally, rate: float) -> int:
    """Seconds still needed; 0 when nobody can say."""
    return math.ceil((tally.waiting + tally.sending) / rate) if rate > 0 else 0


def _morning(broadcast: Broadcast, now: datetime) -> datetime | None:
    """When it goes on, if it rests for the night."""
    rests = broadcast.stage is Stage.RUNNING and not is_open(now)
    return local(opening(now)) if rests else None


def repeatable(broadcast: Broadcast) -> bool:
    """Whether what is unclear may go once more: it is neither stopped nor taken back."""
    return broadcast.stage is not Stage.CANCELLED and broadcast.retracting is None


def _on_unclear(broadcast: Broadcast) -> tuple[str, ...]:
    if not broadcast.tally.unclear:
        return ()
    return ("again", "let") if repeatable(broadcast) else ("let",)


def _while_sent(broadcast: Broadcast) -> tuple[tuple[str, ...], ...]:
    """A message of several parts waits for a word about the part that is unclear."""
    match broadcast.stage:
        case Stage.RUNNING:
            return (("pause", "cancel"), _on_unclear(broadcast))
        case Stage.PAUSED:
            return (("resume", "cancel"), _on_unclear(broadcast))
        case Stage.WAITING:
            return (("cancel", "open"),)
    return (("open",),)


def _rows(
    know: Knowledge, broadcast: Broadcast, language: str, actions: tuple[tuple[str, ...], ...]
) -> tuple[tuple[tuple[str, str], ...], ...]:
    return tuple(
        tuple(
            (know.texts.label(_LABELS[action], language), f"b:{action}:{broadcast.id}")
            for action in row
        )
        for row in actions
        if row
    )
