"""Councils with meetings, reports, papers and chats, for tests of clock, planning and reminders."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

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
from conversations.facts import CouncilFacts, Reachable
from conversations.rules.answers import FilingRule
from conversations.rules.deadlines import BERLIN
from conversations.rules.profile import CouncilRule, PaperKind, Profile
from conversations.rules.reminding import OwnReminding, ReminderKind, Reminding
from conversations.rules.reporting import ReportingRule
from conversations.standing import PersonId, Role, StoredCouncil
from tests.conversations.councils import COUNCIL

GROUP = -100_500
KINDS = frozenset(ReminderKind)
DAY = timedelta(days=1)
RULES = {PaperKind.INQUIRY: CouncilRule(count=FilingRule(number=21))}


def at(day: str, hour: int = 12, minute: int = 0) -> datetime:
    """A local moment."""
    there = datetime.combine(date.fromisoformat(day), time(hour, minute), tzinfo=BERLIN)
    return there.astimezone(UTC)


def meeting(day: str, start: time | None = time(17), **parts: object) -> CouncilMeeting:
    """A meeting that is named by its day."""
    whole = CouncilMeeting(id=MeetingId(f"m{day}"), day=date.fromisoformat(day), start=start)
    return replace(whole, **parts)  # type: ignore[arg-type]


def listed(day: str) -> CouncilMeeting:
    """A meeting with KIM on its agenda."""
    return meeting(day, kim=KimItem.LISTED)


def report(day: str) -> Report:
    """A report of that day."""
    return Report(id=ReportId(f"r{day}"), day=date.fromisoformat(day))


def paper(day: str, **parts: object) -> Filed:
    """A paper that was filed on that day."""
    whole = Filed(letter="L1", title="Anfrage zu KIM", day=date.fromisoformat(day))
    return replace(whole, **parts)  # type: ignore[arg-type]


def group(chat: int = GROUP, **parts: object) -> LinkedChat:
    """A linked group that receives everything."""
    whole = LinkedChat(
        id=ChatLinkId(f"link{chat}"), chat=chat, kind=ChatKind.GROUP, title="G", receives=KINDS
    )
    return replace(whole, **parts)  # type: ignore[arg-type]


def person(number: int, role: Role = Role.MEMBER, **own: object) -> Reachable:
    """Somebody of the council with settings of their own."""
    reminding = replace(OwnReminding(), **own)  # type: ignore[arg-type]
    return Reachable(person=PersonId(number), role=role, language="de", reminding=reminding)


def facts(
    *meetings: CouncilMeeting,
    reports: tuple[Report, ...] = (),
    rule: ReportingRule | None = None,
    profile: Profile | None = None,
    reminding: Reminding | None = None,
    **parts: object,
) -> CouncilFacts:
    """A council in Gelsenkirchen: one report a year, papers 21 days before the meeting."""
    profile = profile or Profile(ags="05513000", rules=RULES)
    profile = replace(
        profile, reporting=rule or ReportingRule(), reminding=reminding or Reminding()
    )
    known = CouncilFacts(
        council=StoredCouncil(id=COUNCIL, profile=profile, revision=1),
        since=date(2025, 1, 1),
        meetings=meetings,
        reports=reports,
        chats=(group(),),
    )
    return replace(known, **parts)  # type: ignore[arg-type]
