"""What people do, in the bot's store and in the truth alike: councils begin, meetings are entered,
moved and cancelled, papers filed, reports recorded, chats linked and unlinked, people muted."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from sqlalchemy import text

from bench.simulation.books import Books
from bench.simulation.calendars import STARTS, is_free, meetings_of
from bench.simulation.truth import Chat, CouncilTruth, Meeting, Paper, Someone
from conversations.agenda import (
    ChatKind,
    ChatLinkId,
    CouncilMeeting,
    Filed,
    KimItem,
    LinkedChat,
    MeetingId,
    Report,
    ReportId,
)
from conversations.deeds import File, Found, Invite, Join, Link, Note, Schedule, Unlink
from conversations.rules.answers import FilingRule
from conversations.rules.profile import CouncilRule, PaperKind, Profile
from conversations.rules.reminding import OwnReminding, ReminderKind, Reminding
from conversations.rules.reporting import ReportingRule, Rhythm
from conversations.standing import Badge, CouncilId, InvitationId, Role

BOSS = 1
_ROUND = timedelta(days=7)


class People:
    """Everybody who uses the bot."""

    def __init__(self, books: Books, dice: Random) -> None:
        self._books, self._dice = books, dice
        self._ids = count(1)
        books.keep(BOSS)
        with books.writing() as connection:
            connection.execute(text("INSERT INTO operator (person, since) VALUES (1, 0)"))

    @property
    def _today(self) -> date:
        return self._books.clock.now.date()

    # --- beginning

    def begin(self, number: int, ags: str) -> CouncilTruth:
        """A council with an admin, two members, a linked chat, and dates for a year."""
        dice = self._dice
        council = CouncilTruth(
            id=CouncilId(f"c{number:03}"),
            ags=ags,
            number=number,
            rhythm=dice.choice((12, 12, 12, 6, 0)),
            filing_days=dice.choice((21, 21, 14, 10)),
            invitation_days=dice.choice((0, 7, 10)),
            at=dice.choice((time(9), time(9), time(8), time(17))),
            days=dice.choice(((14, 3, 1), (14, 3, 1), (7, 1), (10, 0))),
            since=self._today,
        )
        self._books.do(BOSS, Found(council=council.id, profile=_profile(council)))
        for n in range(3):
            self._join(council, Someone(number=1000 + number * 10 + n, admin=n == 0))
        council.chats = [_chat(number, n, kind) for n, kind in enumerate(self._kinds())]
        for chat in council.chats[:1]:
            self.link(council, chat)
        return council

    def _kinds(self) -> tuple[ChatKind, ChatKind]:
        kinds = (ChatKind.GROUP, ChatKind.SUPERGROUP, ChatKind.TOPIC, ChatKind.CHANNEL)
        return (self._dice.choice(kinds), self._dice.choice(kinds))

    def _join(self, council: CouncilTruth, one: Someone) -> None:
        role = Role.ADMIN if one.admin else Role.MEMBER
        council.people.append(one)
        if one.number % 5 == 0:
            one.quiet = (time(21), time(10))
        self.wish(one, private=None if one.admin else self._dice.random() < 0.3)
        name = f"i{one.number}"
        by = BOSS if one.admin else council.admin.number
        expires = self._books.clock.now + _ROUND
        invitation = Invite(
            id=InvitationId(name),
            token_hash=name,
            role=role,
            council=council.id,
            uses=1,
            expires=expires,
        )
        self._books.do(by, invitation)
        values = {"role": role, "council": council.id, "ags": council.ags}
        join = Join(invitation=InvitationId(name), badge=Badge(name="N"), **values)  # type: ignore[arg-type]
        self._books.do(one.number, join)

    # --- meetings

    def enter_year(self, council: CouncilTruth, year: int) -> list[Meeting]:
        """The dates of a year."""
        days = [day for day in meetings_of(year, self._dice) if day > self._today + _ROUND]
        found = [
            Meeting(id=f"m{next(self._ids)}", day=day, start=self._dice.choice(STARTS))
            for day in days
        ]
        for one in found:
            council.meetings[one.id] = one
        self._schedule(council, *found)
        return found

    def move(self, council: CouncilTruth, meeting: Meeting) -> None:
        """To another free day, in the same weeks; not beside another meeting."""
        shift = self._dice.choice((-7, -1, 1, 7, 14, 21))
        day = meeting.day + timedelta(days=shift)
        others = [one.day for one in council.meetings.values() if one is not meeting]
        near = any(abs((day - other).days) <= 7 for other in others)
        if day <= self._today or not is_free(day) or near or meeting.cancelled:
            return
        meeting.day, meeting.version = day, meeting.version + 1
        self._schedule(council, meeting)

    def cancel(self, council: CouncilTruth, meeting: Meeting) -> None:
        """It falls out."""
        if not meeting.cancelled and meeting.day > self._today:
            meeting.cancelled, meeting.version = True, meeting.version + 1
            self._schedule(council, meeting)

    def mark(self, council: CouncilTruth, meeting: Meeting) -> None:
        """KIM is on the agenda, or was put off."""
        if meeting.cancelled:
            return
        meeting.kim = self._dice.choice((KimItem.LISTED, KimItem.LISTED, KimItem.POSTPONED))
        self._schedule(council, meeting)

    def _schedule(self, council: CouncilTruth, *meetings: Meeting) -> None:
        kept = tuple(
            CouncilMeeting(
                id=MeetingId(one.id),
                day=one.day,
                start=one.start,
                cancelled=one.cancelled,
                kim=one.kim,
            )
            for one in meetings
        )
        self._books.do(council.admin.number, Schedule(council=council.id, kept=kept))

    # --- reports and papers

    def report(self, council: CouncilTruth, meeting: Meeting) -> None:
        """KIM was reported there."""
        if meeting.cancelled or meeting.day > self._today:
            return
        meeting.reported = True
        council.reports.append(meeting.day)
        id_ = ReportId(f"r{next(self._ids)}")
        report = Report(id=id_, day=meeting.day, meeting=MeetingId(meeting.id))
        self._books.do(council.admin.number, Note(council=council.id, report=report))

    def file(self, council: CouncilTruth, meeting: Meeting) -> Paper | None:
        """An inquiry is filed for the meeting."""
        if meeting.cancelled or meeting.day <= self._today:
            return None
        paper = Paper(letter=f"l{next(self._ids)}", day=self._today, meeting=meeting.id)
        council.papers[paper.letter] = paper
        self._books.letter(paper.letter, council.people[1].number, council.id)
        self._note(council, paper)
        return paper

    def follow_up(self, council: CouncilTruth, paper: Paper, step: str) -> None:
        """Receipt, promised day or answer."""
        match step:
            case "receipt":
                paper.receipt = self._today
            case "promised":
                paper.promised = self._today + timedelta(days=self._dice.randint(10, 40))
                paper.version += 1
            case _:
                paper.answered = self._today
        self._note(council, paper)

    def _note(self, council: CouncilTruth, paper: Paper) -> None:
        filed = Filed(
            letter=paper.letter,
            title="Anfrage",
            day=paper.day,
            meeting=MeetingId(paper.meeting),
            receipt=paper.receipt,
            promised=paper.promised,
            answered=paper.answered,
        )
        deed = File(letter=paper.letter, council=council.id, filed=filed)
        self._books.do(council.people[1].number, deed)

    # --- chats and wishes

    def link(self, council: CouncilTruth, chat: Chat) -> None:
        """Link it, or unlink it if it is."""
        admin = council.admin.number
        if chat.linked:
            self._books.do(admin, Unlink(council=council.id, chat=ChatLinkId(chat.id)))
            chat.linked = False
            return
        chat.links += 1
        chat.id = f"k{chat.number}-{chat.links}"
        named = LinkedChat(
            id=ChatLinkId(chat.id),
            chat=chat.number,
            thread=chat.thread,
            kind=chat.kind,
            title="Rat",
            receives=frozenset(ReminderKind),
        )
        self._books.link(council.id, admin, named)
        self._books.do(admin, Link(council=council.id, chat=named))
        chat.linked = True

    def wish(
        self,
        one: Someone,
        *,
        private: bool | None,
        stopped: bool = False,
        paused: datetime | None = None,
    ) -> None:
        """In private or not, /stopp, a pause."""
        one.private, one.stopped, one.paused = private, stopped, paused
        quiet_from, quiet_to = one.quiet
        own = OwnReminding(private=private, quiet_from=quiet_from, quiet_to=quiet_to, paused=paused)
        since = self._books.clock.now if stopped else None
        self._books.keep(one.number, reminding=own, stopped=since)


def _chat(number: int, n: int, kind: ChatKind) -> Chat:
    thread = 7 if kind is ChatKind.TOPIC else None
    return Chat(id="", number=-100_000 - number * 10 - n, thread=thread, kind=kind)


def _profile(council: CouncilTruth) -> Profile:
    rules = {PaperKind.INQUIRY: CouncilRule(count=FilingRule(number=council.filing_days))}
    if council.invitation_days:
        count_ = FilingRule(number=council.invitation_days)
        rules[PaperKind.INVITATION] = CouncilRule(count=count_)
    rhythm = ReportingRule(months=council.rhythm)
    if not council.rhythm:
        rhythm = replace(rhythm, rhythm=Rhythm.EVERY_MEETING, months=12)
    reminding = Reminding(days=council.days, at=council.at)
    return Profile(ags=council.ags, rules=rules, reporting=rhythm, reminding=reminding)
