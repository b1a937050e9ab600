"""The judge: which reminders are due at a moment, told from the issue's words and the truth alone.

It shares no line with conversations/planning; windows say from when to when a reminder is right.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bench.simulation.truth import Chat, CouncilTruth, Meeting, Paper, Sent, Someone, local
from conversations.agenda import KimItem
from conversations.rules.deadlines import BERLIN

GRACE = 42
DAY = timedelta(days=1)
_NIGHT = (time(20), time(8))


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """A reminder that is right at the moment; `since` is when it became due."""

    kind: str
    subject: str
    version: int
    slot: str | None
    since: datetime

    def fits(self, sent: Sent) -> bool:
        """Whether a message is this reminder."""
        same = (sent.kind, sent.subject, sent.version) == (self.kind, self.subject, self.version)
        return same and self.slot in {None, sent.slot}


def rights(council: CouncilTruth, now: datetime) -> list[Right]:
    """All that are right at this moment."""
    return list(_View(council, now).all())


def takers(council: CouncilTruth, now: datetime) -> set[tuple[int, int]]:
    """Chats (with threads) and people who should get a reminder of the whole council."""
    chats = {_place(one) for one in council.chats if one.linked}
    return chats | {(one.number, 0) for one in council.people if _hears(one, now)}


def asked(council: CouncilTruth, now: datetime) -> set[tuple[int, int]]:
    """Admins, in private: who is asked for dates."""
    return {(one.number, 0) for one in council.people if one.admin and _hears(one, now)}


def sleeps(council: CouncilTruth, chat: int, now: datetime) -> datetime | None:
    """The end of the night or of the person's quiet hours, if it is one of them now."""
    quiet = [_NIGHT, *(one.quiet for one in council.people if one.number == chat)]
    return max((end for one in quiet if (end := _until(one, now))), default=None)


def lacks_dates(council: CouncilTruth, now: datetime) -> bool:
    """Whether it is right to ask for dates: nothing is entered before the report is due, or
    nothing after the last of the dates that are."""
    return _View(council, now).lacks_dates()


def _place(chat: Chat) -> tuple[int, int]:
    return chat.number, chat.thread or 0


def _hears(one: Someone, now: datetime) -> bool:
    return one.listens and (one.paused is None or one.paused <= now)


def _until(quiet: tuple[time, time], now: datetime) -> datetime | None:
    there = now.astimezone(BERLIN)
    if quiet[1] <= there.time() < quiet[0]:
        return None
    late = there.time() >= quiet[0]
    return local(there.date() + (DAY if late else timedelta(0)), quiet[1])


def plus_months(day: date, months: int) -> date:
    """The same day so many months later, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class _View:
    def __init__(self, council: CouncilTruth, now: datetime) -> None:
        self.council, self.now = council, now
        self.today = now.astimezone(BERLIN).date()
        self.last = max((day for day in council.reports if day <= self.today), default=None)
        self.meetings = [
            one
            for one in council.ordered()
            if one.usable
            and not one.reported
            and one.day not in council.reports
            and (self.last is None or one.day > self.last)
        ]
        self.coming = [one for one in self.meetings if one.day >= self.today]
        self.due = self._due()
        self.for_papers = dict(self._papers())

    def _due(self) -> date | None:
        if self.last is None:
            return None
        if self.council.rhythm:
            return plus_months(self.last, self.council.rhythm)
        return self.meetings[0].day if self.meetings else None

    def _papers(self) -> Iterator[tuple[str, Paper]]:
        """The meeting that each paper counts for: the next one where its own fell out."""
        for paper in self.council.papers.values():
            meeting = self.council.meetings[paper.meeting]
            if meeting.usable:
                yield meeting.id, paper
                continue
            later = [one for one in self.council.ordered() if one.usable]
            after = [one for one in later if one.day > meeting.day]
            if after:
                yield after[0].id, paper

    def all(self) -> Iterator[Right]:
        yield from self._deadline()
        for meeting in self._with_kim():
            yield from self._around(meeting)
        yield from self._overdue()
        for paper in self.council.papers.values():
            yield from self._after_filing(paper)

    # --- the key rule

    def last_chance(self) -> Meeting | None:
        """The last meeting on or before the due date. Where the dates end more than half a year
        before it, nobody knows yet which one that is."""
        if self.due is None:
            return None
        before = [one for one in self.meetings if one.day <= self.due]
        if before and before[-1] is self.meetings[-1] and (self.due - before[-1].day).days > 180:
            return None
        return before[-1] if before else None

    def ends(self, meeting: Meeting) -> datetime:
        """When the filing deadline is over: the end of its day."""
        return local(meeting.day - (self.council.filing_days - 1) * DAY)

    def target(self) -> Meeting | None:
        if self.last is not None and self.due is None:
            return None
        last = self.last_chance()
        if last is not None and self.ends(last) > self.now:
            return last
        if last is None and self._ends_before_due():
            return None
        return next((one for one in self.coming if self.ends(one) > self.now), None)

    def _ends_before_due(self) -> bool:
        """Whether the dates up to the due date are not entered yet."""
        due = self.due
        ahead = due is not None and self.today < due
        return ahead and not any(due is None or one.day > due for one in self.coming)

    def _deadline(self) -> Iterator[Right]:
        target = self.target()
        if target is None or self._comes_up_by(target):
            return
        ends = self.ends(target)
        last = target.day - self.council.filing_days * DAY
        due = [local(last - n * DAY, self.council.at) for n in self.council.days]
        for n, since, until in zip(self.council.days, due, [*due[1:], ends], strict=True):
            yield from self._while(since, until, "deadline", target, str(n))

    def _comes_up_by(self, target: Meeting) -> bool:
        return any(self._listed(one) for one in self.coming if one.day <= target.day)

    def _listed(self, meeting: Meeting) -> bool:
        return meeting.kim is KimItem.LISTED or meeting.id in self.for_papers

    # --- around a meeting

    def is_due_at(self, meeting: Meeting) -> bool:
        if self.last is None:
            return True
        return self.due is not None and (meeting.day >= self.due or meeting is self.last_chance())

    def _with_kim(self) -> Iterator[Meeting]:
        coming = next((one for one in self.coming if self.is_due_at(one)), None)
        for one in self.meetings:
            past = self.today - 14 * DAY <= one.day < self.today and one.day > self.council.since
            if one is coming or self._listed(one) or (past and self.is_due_at(one)):
                yield one

    def _around(self, meeting: Meeting) -> Iterator[Right]:
        at = self.council.at
        eve, after = local(meeting.day - DAY, at), local(meeting.day + DAY, at)
        yield from self._while(eve, local(meeting.day, meeting.start), "tomorrow", meeting)
        yield from self._while(after, after + 14 * DAY, "reported", meeting)
        if self.council.invitation_days and meeting.kim is KimItem.UNKNOWN:
            appears = local(meeting.day - (self.council.invitation_days - 1) * DAY, at)
            yield from self._while(appears, eve, "agenda", meeting)

    def _while(
        self, since: datetime, until: datetime, kind: str, meeting: Meeting, slot: str = "1"
    ) -> Iterator[Right]:
        if since <= self.now < until:
            subject, version = f"meeting:{meeting.id}", meeting.version
            yield Right(kind=kind, subject=subject, version=version, slot=slot, since=since)

    # --- the rest

    def _overdue(self) -> Iterator[Right]:
        if self.due is None:
            return
        first = self.due + (GRACE if self.council.rhythm else 1) * DAY
        said = local(first + (0 if self.council.rhythm else 7) * DAY, self.council.at)
        if said <= self.now < said + 30 * DAY:
            subject, slot = f"council:{self.council.id}", first.isoformat()
            yield Right(kind="overdue", subject=subject, version=1, slot=slot, since=said)

    def _after_filing(self, paper: Paper) -> Iterator[Right]:
        if paper.answered:
            return
        days = {"receipt": None if paper.receipt else paper.day + 7 * DAY}
        days["promised"] = paper.promised + DAY if paper.promised else None
        for kind, day in days.items():
            since = local(day, self.council.at) if day else None
            if since and since <= self.now < since + 30 * DAY:
                subject = f"filed:{paper.letter}"
                version = paper.version
                yield Right(kind=kind, subject=subject, version=version, slot=None, since=since)

    def lacks_dates(self) -> bool:
        if not self.coming:
            return True
        return self.due is not None and self.today < self.due and self.last_chance() is None
