"""Reminders before the real bot, over HTTP: a transcript of a private chat, a group, a topic and a
channel, by a clock that is moved.

An act is a line "(2027-02-09 09:01)", which moves the clock to that local time; "(moved to
2027-03-30)", "(cancelled)", "(reported on 2027-03-16)", "(filed for it, promised by 2027-03-05)",
done to the meeting in the store; "Ben, Gruppe> [Button]" on the newest message there; or
"Ben, Gruppe> (link)", which follows the newest link there.
"""

import asyncio
import re
from dataclasses import replace
from datetime import date, datetime

from bot.store import plans
from bot.store.codec import stamp
from bot.store.planning import Planning
from conversations.agenda import Filed, Report, ReportId
from conversations.deeds import File, Note, Schedule
from conversations.rules.deadlines import BERLIN
from tests.shell import PSEUDONYMS
from tests.store.agendas import a_letter
from tests.store.councils import AYLA, BEN, CODEC, HERE, do
from tests.telegram.reminding import MEETING, at

ACT = re.compile(r"\(.+\)|\w+, \w+> .+")
_QUIET = 0.8
_PLANNING = Planning(CODEC, PSEUDONYMS)
_WAITING = (
    "SELECT count(*) FROM delivery WHERE state = 'sending' OR (state IN ('planned', 'pending', "
    "'uncertain') AND not_before <= {now})"
)
PEOPLE = {"Ayla": AYLA, "Ben": BEN}


class Reminded:
    """Acts as a script says and keeps the transcript."""

    def __init__(self, server, store, places):
        """`places`: names of chats, with their numbers."""
        self._server, self._engine, self._store = server, server.engine, store
        self._places = places
        self._seen = {}
        self._meeting = MEETING
        self.lines = []

    async def act(self, line):
        """One act, and everything the bot says then, wherever."""
        self.lines.append(line)
        toasts = len(self._toasts())
        if line.startswith("("):
            await self._happen(line[1:-1])
        else:
            await self._person(line, toasts)
        await self._settled()
        self.lines += [f"  ({toast})" for toast in self._toasts()[toasts:] if toast]
        self._write_down()

    async def _happen(self, what):
        word, _, rest = what.partition(" ")
        if word[0].isdigit():
            at(self._server, datetime.fromisoformat(what).replace(tzinfo=BERLIN))
            return
        deed = await self._deed(word, rest)
        who = BEN if isinstance(deed, File) else AYLA
        await do(self._store, who, deed, now=self._now())

    async def _deed(self, word, rest):
        days = [date.fromisoformat(one) for one in re.findall(r"\d{4}-\d\d-\d\d", rest)]
        match word:
            case "reported":
                report = Report(id=ReportId("r1"), day=days[0], meeting=self._meeting.id)
                return Note(council=HERE, report=report)
            case "filed":
                await a_letter(self._store, filed=False)
                filed = Filed(letter="l1", title="", day=self._now().date())
                filed = replace(filed, meeting=self._meeting.id, promised=days[0])
                return File(letter="l1", council=HERE, filed=filed)
            case "moved":
                self._meeting = replace(self._meeting, day=days[0])
            case "cancelled":
                self._meeting = replace(self._meeting, cancelled=True)
        return Schedule(council=HERE, kept=(self._meeting,))

    async def _person(self, line, toasts):
        who, _, deed = line.partition("> ")
        name, _, place = who.partition(", ")
        person, chat = PEOPLE[name], self._places[place]
        shown = self._engine.last_by_bot(chat)
        if deed == "(link)":
            links = [button.url for row in shown.rows for button in row if button.url]
            self._engine.start(person, links[0].partition("start=")[2])
            await self._engine.wait_for(lambda: self._engine.last_by_bot(person))
            return
        self._engine.press(person, chat, shown.id, deed[1:-1])
        await self._until(lambda: len(self._toasts()) > toasts)

    async def _settled(self):
        """Nothing is to be planned or sent, and nobody says any more."""
        await self._until_store(self._is_idle)
        before = None
        while before != (before := self._said()):
            await asyncio.sleep(_QUIET)

    def _is_idle(self, connection):
        now = self._now()
        waiting = _WAITING.format(now=stamp(now))
        return not (
            plans.reconcile(connection, _PLANNING, HERE, now, write=False)
            or connection.exec_driver_sql(waiting).scalar()
        )

    async def _until_store(self, idle):
        async with asyncio.timeout(30):
            while not await self._store.read(idle):
                await asyncio.sleep(0.1)

    async def _until(self, true):
        async with asyncio.timeout(30):
            while not true():
                await asyncio.sleep(0.05)

    def _now(self):
        return self._engine.clock.now()

    def _toasts(self):
        calls = self._server.api.log.of("answercallbackquery")
        return [str(call.params.get("text") or "") for call in calls]

    def _said(self):
        return [
            (name, message)
            for name, chat in self._places.items()
            for message in self._engine.messages(chat)
            if message.sender == self._engine.bot or message.sender_chat is not None
        ]

    def _write_down(self):
        """New and changed messages; what reads the same in several places is written once."""
        told = {}
        for name, message in self._said():
            key = (name, message.id)
            if self._seen.get(key) != message:
                self._seen[key] = message
                told.setdefault(tuple(_lines(message)), []).append(name)
        for lines, names in told.items():
            self.lines += [f"— {', '.join(names)}:", *lines]


def _lines(message):
    rows = (" ".join(f"«{one.text}»{'↗' * bool(one.url)}" for one in row) for row in message.rows)
    thread = ["[im Thema]"] if message.thread else []
    return [*thread, *message.text.splitlines(), *(f"  {row}" for row in rows)]
