"""Holds what was sent against what was right: every due reminder once, and no other."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from bench.simulation.oracle import Right, asked, lacks_dates, rights, sleeps, takers
from bench.simulation.replicas import Telegram
from bench.simulation.truth import CouncilTruth, Sent
from bot.store.chats import NOTICE
from conversations.rules.reminding import ReminderKind

_UNKNOWN_TWICE = 2


class Judge:
    """Looks at each message when it arrives, and once a day at what is missing."""

    def __init__(self, councils: Mapping[str, CouncilTruth], telegram: Telegram) -> None:
        self._councils, self._telegram = councils, telegram
        self._seen = 0
        self._got: dict[str, set[tuple[object, ...]]] = defaultdict(set)
        self._times: dict[tuple[object, ...], list[bool]] = defaultdict(list)
        self.faults: list[str] = []
        self.looked = 0
        """How often it was asked of a council on a day whether anything is missing."""

    def hear(self) -> None:
        """Judge what arrived since, by what is true now."""
        for sent in self._telegram.sent[self._seen :]:
            self._judge(sent)
        self._seen = len(self._telegram.sent)

    def miss(self, now: datetime) -> None:
        """What should have arrived by now, and has not."""
        for council in self._councils.values():
            self.looked += 1
            places = takers(council, now)
            for right in rights(council, now):
                for place in places:
                    if not self._has(council, right, place):
                        self._fault("missing", f"{council.id} {right} {place} at {now}")

    def _judge(self, sent: Sent) -> None:
        if sent.kind == NOTICE:
            return
        council = self._councils[sent.council]
        self._got[sent.council].add(sent.key)
        end = sleeps(council, sent.chat, sent.at)
        if end is not None and sent.expires > end:
            self._fault("at night", str(sent))
        if not self._is_right(council, sent):
            self._fault("wrong", str(sent))
        self._count(sent)

    def _is_right(self, council: CouncilTruth, sent: Sent) -> bool:
        place = (sent.chat, sent.thread)
        if sent.kind == ReminderKind.DATES:
            return lacks_dates(council, sent.at) and place in asked(council, sent.at)
        fits = any(one.fits(sent) for one in rights(council, sent.at))
        return fits and place in takers(council, sent.at)

    def _count(self, sent: Sent) -> None:
        """A second time only where nobody could know, and then it says so."""
        before = self._times[sent.key]
        before.append(sent.repeat)
        if len(before) > _UNKNOWN_TWICE or (len(before) == _UNKNOWN_TWICE and not sent.repeat):
            self._fault("twice", str(sent))

    def _has(self, council: CouncilTruth, right: Right, place: tuple[int, int]) -> bool:
        got = self._got[council.id]
        if right.slot is None:
            head = (right.kind, right.subject, right.version)
            return any(key[:3] == head and key[4:] == place for key in got)
        key = (right.kind, right.subject, right.version, right.slot, *place)
        return key in got or self._telegram.unclear.get(key, 0) >= _UNKNOWN_TWICE

    def _fault(self, what: str, which: str) -> None:
        self.faults.append(f"{what}: {which}")
