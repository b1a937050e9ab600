"""How a council stands: the facts of /status as values, and its short text for groups."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from conversations.agenda import CalendarSource, Coming, CouncilMeeting, Filed
from conversations.core import Screen
from conversations.facts import CouncilFacts
from conversations.planning import Chance, next_chance, outlook, plan, recipients
from conversations.reminders import place_of
from conversations.rules.deadlines import BERLIN
from conversations.rules.knowledge import Knowledge
from conversations.rules.profile import CouncilRule, PaperKind
from conversations.rules.reminding import ReminderKind
from conversations.rules.reporting import Clock

_COMING = 5
_OPEN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """A message the bot will send, in local time."""

    kind: ReminderKind
    at: datetime
    now: bool
    """Its moment is over: it goes out as soon as it can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """All that /status says of a council."""

    place: str
    today: date
    clock: Clock
    meeting: CouncilMeeting | None
    """The next one that takes place."""
    chance: Chance | None
    """The next meeting whose filing deadline can still be met."""
    rule: CouncilRule
    """For inquiries."""
    open: tuple[Filed, ...]
    """Filed and not answered, the oldest first, at most five."""
    count: int
    """How many are open in all."""
    coming: tuple[Next, ...]
    checked: datetime | None
    """When the calendar was read last, local time."""
    calendar: bool
    """Whether a calendar is followed."""
    trouble: bool
    """Whether it could not be read the last time."""


def status_of(
    know: Knowledge,
    facts: CouncilFacts,
    now: datetime,
    *,
    coming: Sequence[Coming] = (),
    source: CalendarSource | None = None,
) -> Status:
    """How the council stands at a moment."""
    found = outlook(facts, now)
    waiting = sorted((one for one in facts.filed if one.answered is None), key=lambda f: f.day)
    ahead = (one for one in facts.meetings if one.day >= found.today and not one.cancelled)
    return Status(
        place=place_of(know, facts, found.today),
        today=found.today,
        clock=found.clock,
        meeting=next(ahead, None),
        chance=next_chance(facts, now),
        rule=facts.council.profile.rules.get(PaperKind.INQUIRY, CouncilRule()),
        open=tuple(waiting[:_OPEN]),
        count=len(waiting),
        coming=tuple(_next(one, now) for one in coming[:_COMING]),
        checked=source.checked.astimezone(BERLIN) if source and source.checked else None,
        calendar=source is not None,
        trouble=bool(source and source.trouble),
    )


def group_text(
    know: Knowledge, facts: CouncilFacts, language: str, now: datetime, *, bot: str = ""
) -> Screen:
    """The short version for a linked chat: no titles of papers, and the way into the private
    chat."""
    it = status_of(know, facts, now, coming=sorted(_planned(facts, now), key=lambda one: one.due))
    html = know.texts.html("status/group", language, it=it)
    private = (know.texts.label("go_private", language), f"https://t.me/{bot}")
    return Screen(html=html, rows=((private,),) if bot else ())


def _planned(facts: CouncilFacts, now: datetime) -> Iterator[Coming]:
    """What the rules want for the council's chats from now on."""
    for one in plan(facts, now):
        dues = [r.due for r in recipients(facts, one, now) if r.person is None]
        if dues and dues[0] > now:
            yield Coming(kind=one.kind, due=dues[0], subject=one.subject)


def _next(one: Coming, now: datetime) -> Next:
    return Next(kind=one.kind, at=one.due.astimezone(BERLIN), now=one.due <= now)
