"""The course of the years: from event to event, in the order of time."""

import heapq
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from bench.simulation.books import Books
from bench.simulation.judge import Judge
from bench.simulation.people import People
from bench.simulation.replicas import Replica, Telegram
from bench.simulation.truth import CouncilTruth, Meeting, Paper, Someone, local
from bot.telegram.unasked import Unasked
from conversations.rules.knowledge import Knowledge

_DAY = timedelta(days=1)
_PULSES = (time(8), time(9), time(10), time(17), time(19))
"""When something can become due; between them the pulse would find nothing."""
_PLANS, _JUDGED = time(7, 50), time(19, 55)
_ENTERED = (11, 15)
"""Month and day on which the next year's dates are entered."""


class Course:
    """Many councils, two replicas, one judge."""

    def __init__(self, books: Books, know: Knowledge, dice: Random, trouble: float) -> None:
        self._books, self._dice = books, dice
        self.telegram = Telegram()
        unasked = Unasked(know, lambda: "kimbot")
        self._replicas = [Replica(books, unasked, self.telegram, dice, trouble) for _ in range(2)]
        self._people = People(books, dice)
        self.councils: dict[str, CouncilTruth] = {}
        self.judge = Judge(self.councils, self.telegram)
        self._ahead: list[tuple[datetime, int, Callable[[], object]]] = []
        self._order = count()
        self.acts = 0

    def run(self, places: list[str], first: date, years: int) -> None:
        """Let the years pass."""
        for number, ags in enumerate(places):
            council = self._people.begin(number, ags)
            self.councils[council.id] = council
            self._enter(council, first.year)
        end = date(first.year + years, 1, 1)
        for day in _days(first, end):
            self._daily(day)
        for year in range(first.year, end.year):
            self._yearly(year)
        self._pass(local(end))

    def close(self) -> None:
        """Both replicas end."""
        for replica in self._replicas:
            replica.close()

    # --- time

    def _pass(self, end: datetime) -> None:
        while self._ahead and self._ahead[0][0] < end:
            at, _, work = heapq.heappop(self._ahead)
            self._books.clock.now = at
            work()

    def _at(self, at: datetime, work: Callable[[], object]) -> None:
        heapq.heappush(self._ahead, (at, next(self._order), work))

    def _in(self, work: Callable[[], object], **time: float) -> None:
        self._at(self._books.clock.now + timedelta(**time), work)

    # --- the replicas

    def _daily(self, day: date) -> None:
        self._at(local(day, _PLANS), self._plan_all)
        for at in _PULSES:
            self._at(local(day, at) + timedelta(seconds=30), self._send)
        self._at(local(day, _JUDGED), self._look)

    def _plan_all(self) -> None:
        for council in self.councils.values():
            self._plan(council)

    def _plan(self, council: CouncilTruth) -> None:
        """By one or both; a council whose planner was killed is the other's, or it waits."""
        first, second = self._dice.sample(self._replicas, 2)
        if first.plan(council.id):
            if self._dice.random() < 0.1:
                second.plan(council.id)
        elif not second.plan(council.id):
            self._in(lambda: self._plan(council), minutes=5)
            self._in(self._send, minutes=6)

    def _send(self) -> None:
        before = self._troubles()
        for replica in self._dice.sample(self._replicas, 2):
            replica.send()
        self.judge.hear()
        if self._troubles() != before:  # leases run out, processes come back
            for minutes in (2, 4, 45):
                self._in(self._send, minutes=minutes)

    def _troubles(self) -> int:
        return self.telegram.kills + sum(self.telegram.unclear.values())

    def _look(self) -> None:
        """In a breakdown nothing can be missing."""
        if all(replica.is_up for replica in self._replicas):
            self._send()
            self.judge.miss(self._books.clock.now)

    # --- the people

    def _act(self, day: date, council: CouncilTruth, act: Callable[[], object]) -> None:
        """On that day at some hour; the bot plans and sends right after it."""
        at = local(day, time(self._dice.randint(6, 22), self._dice.randint(0, 59)))

        def work() -> None:
            act()
            self.acts += 1
            self._plan(council)
            self._send()
            self._in(self._send, minutes=2)

        if at > self._books.clock.now:
            self._at(at, work)

    def _yearly(self, year: int) -> None:
        for council in self.councils.values():
            entered = date(year, *_ENTERED) + self._dice.randint(0, 40) * _DAY
            self._act(entered, council, lambda c=council: self._enter(c, year + 1))  # type: ignore[misc]
            for _ in range(self._dice.randint(0, 2)):
                self._at_leisure(council, year)

    def _at_leisure(self, council: CouncilTruth, year: int) -> None:
        day = date(year, 1, 10) + self._dice.randint(0, 340) * _DAY
        if self._dice.random() < 0.5:
            chat = self._dice.choice(council.chats)
            self._act(day, council, lambda: self._people.link(council, chat))
            return
        one = self._dice.choice(council.people)
        self._act(day, council, lambda: self._mute(one))
        self._act(day + 30 * _DAY, council, lambda: self._people.wish(one, private=True))

    def _mute(self, one: Someone) -> None:
        until = local(self._books.clock.now.date() + self._dice.randint(2, 20) * _DAY)
        match self._dice.randint(0, 2):
            case 0:
                self._people.wish(one, private=True, paused=until)
            case 1:
                self._people.wish(one, private=True, stopped=True)
            case _:
                self._people.wish(one, private=False)

    def _enter(self, council: CouncilTruth, year: int) -> None:
        for meeting in self._people.enter_year(council, year):
            self._fate(council, meeting)

    def _fate(self, council: CouncilTruth, meeting: Meeting) -> None:
        """What becomes of a meeting."""
        people, dice = self._people, self._dice
        for chance, act, least, most in (
            (0.12, lambda: people.move(council, meeting), -40, -3),
            (0.08, lambda: people.cancel(council, meeting), -30, -1),
            (0.12, lambda: people.mark(council, meeting), -10, -2),
            (0.3, lambda: people.report(council, meeting), 0, 6),
        ):
            if dice.random() < chance:
                self._act(meeting.day + dice.randint(least, most) * _DAY, council, act)
        if dice.random() < 0.25:
            before = council.filing_days + dice.randint(1, 20)
            self._act(meeting.day - before * _DAY, council, lambda: self._file(council, meeting))

    def _file(self, council: CouncilTruth, meeting: Meeting) -> None:
        paper = self._people.file(council, meeting)
        if paper is None:
            return
        steps = (("receipt", 0.5, 1, 12), ("promised", 0.4, 5, 20), ("answered", 0.6, 15, 70))
        for step, chance, least, most in steps:
            if self._dice.random() < chance:
                day = paper.day + self._dice.randint(least, most) * _DAY
                self._act(day, council, self._following(council, paper, step))

    def _following(self, council: CouncilTruth, paper: Paper, step: str) -> Callable[[], None]:
        return lambda: self._people.follow_up(council, paper, step)


def _days(first: date, end: date) -> Iterator[date]:
    day = first
    while day < end:
        yield day
        day += _DAY
