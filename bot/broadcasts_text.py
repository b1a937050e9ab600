"""Broadcasts as the command line shows them: stages, times and counts; no text, no names."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.store.broadcasts.steering import Sight
from conversations.broadcasts import Broadcast, Stage, Tally
from conversations.rules.deadlines import BERLIN
from conversations.rules.municipalities import Register


def listed(seen: Sequence[Sight], places: Register) -> str:
    """One line each, in columns."""
    if not seen:
        return "There is no broadcast."
    rows = [
        ("ID", "STAGE", "FOR", "DUE", "SENT", "WAITING", "UNCLEAR", "FAILED"),
        *(_row(one, places) for one in seen),
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def _row(seen: Sight, places: Register) -> tuple[str, ...]:
    one, tally = seen.broadcast, seen.broadcast.tally
    return (
        one.id,
        one.stage,
        _whom(seen, places),
        _time(one.due),
        f"{tally.sent}/{tally.total}",
        str(tally.waiting + tally.sending),
        str(tally.unclear),
        str(tally.failed),
    )


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def shown(seen: Sight, places: Register) -> str:
    """Everything that may be shown of one."""
    one = seen.broadcast
    lines = [
        ("broadcast", one.id),
        ("for", _whom(seen, places)),
        ("stage", _stage(one)),
        *_times(one),
        *_counts(one),
        *_changes(one),
    ]
    return "\n".join(f"{name:<13} {value}" for name, value in lines)


def _stage(one: Broadcast) -> str:
    match one.stage, one.why:
        case Stage.PAUSED, "role":
            return "paused: its author may not send it any more"
        case Stage.CHECK, _:
            return "check: a second person has to confirm it"
        case stage, _:
            return stage


def _times(one: Broadcast) -> Iterator[tuple[str, str]]:
    for name in ("made", "confirmed", "due", "begun", "ended"):
        moment: datetime | None = getattr(one, name)
        if moment is not None:
            yield name, _time(moment)


def _counts(one: Broadcast) -> Iterator[tuple[str, str]]:
    tally = one.tally
    if not tally.total:
        return
    yield "recipients", _told(tally)
    if tally.unreachable:
        yield "not delivered", ", ".join(f"{count} {why}" for why, count in tally.unreachable)
    if tally.unclear:
        todo = "nobody knows whether they arrived; resend-unclear or let-unclear"
        yield "unclear", f"{tally.unclear} messages: {todo}"


def _changes(one: Broadcast) -> Iterator[tuple[str, str]]:
    if one.correcting is not None:
        yield f"correction {one.edition - 1}", _told(one.correcting)
    if one.retracting is not None:
        yield "taken back", _told(one.retracting)
    if one.content.pinned:
        yield "newcomers", "get it, too"


def _told(tally: Tally) -> str:
    parts = (
        (tally.sent, "sent"),
        (tally.waiting, "waiting"),
        (tally.sending, "on the way"),
        (tally.failed, "not delivered"),
        (tally.dropped, "dropped"),
        (tally.late, "too late"),
    )
    said = ", ".join(f"{count} {word}" for count, word in parts if count)
    return f"{tally.total}: {said}" if said else str(tally.total)


def _whom(seen: Sight, places: Register) -> str:
    if not seen.ags:
        return "all councils"
    found = places.get(seen.ags)
    return found.name if found else seen.ags


def _time(moment: datetime | None) -> str:
    """In local time, which is what people at the machine compare it with."""
    return f"{moment.astimezone(BERLIN):%Y-%m-%d %H:%M %Z}" if moment else "-"
