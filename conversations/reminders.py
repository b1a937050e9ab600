"""What the bot sends unasked: reminders with their buttons, and notices to a council's admins.

Composed when it is sent, from what holds then: None means that it is of no use any more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from conversations.agenda import ChatKind, CouncilMeeting, Filed, KimItem, LinkedChat, Reminded
from conversations.core import Screen
from conversations.facts import CouncilFacts
from conversations.flows.naming import named
from conversations.planning import outlook, plan, recipients, still, target
from conversations.planning.chances import filed_papers
from conversations.rules.deadlines import BERLIN
from conversations.rules.knowledge import Knowledge
from conversations.rules.reminding import Planned, ReminderKind
from conversations.rules.texts import REFERENCE

_PREPARED = frozenset({ReminderKind.DEADLINE, ReminderKind.OVERDUE})
_ACTIONS: Mapping[ReminderKind, tuple[tuple[str, ...], ...]] = {
    ReminderKind.DEADLINE: (("listed", "reported"),),
    ReminderKind.TOMORROW: (("listed", "postponed"),),
    ReminderKind.AGENDA: (("listed", "postponed"),),
    ReminderKind.REPORTED: (("oral", "written"), ("postponed", "fell")),
    ReminderKind.OVERDUE: (("reported",),),
    ReminderKind.RECEIPT: (("receipt",),),
    ReminderKind.PROMISED: (("answered",),),
    ReminderKind.DATES: (("dates",),),
}
"""Actions under each kind, in rows."""
_WORDS = {
    (ReminderKind.AGENDA, "postponed"): "remind_not_listed",
    (ReminderKind.REPORTED, "postponed"): "remind_no",
}
"""Where an action is called otherwise than "remind_<action>"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What stands around each reminder."""

    nth: int
    of: int
    again: bool
    place: str
    """The council's place in private, where several councils may write; else empty."""


def compose(
    know: Knowledge,
    facts: CouncilFacts,
    reminded: Reminded,
    language: str,
    now: datetime,
    *,
    bot: str = "",
) -> Screen | None:
    """The message as it has to be sent now; None when it must not be sent (any more): its meeting
    moved or fell out, KIM was reported, the chat or person takes it no longer.

    `language` is the person's; chats read German. `bot` is the bot's user name, for the links.
    """
    key = (reminded.kind, reminded.subject, reminded.version, reminded.slot)
    wanted = still(plan(facts, now), key)
    if wanted is None or not _takes(facts, wanted, reminded, now):
        return None
    chat = chat_of(facts, reminded)
    language = REFERENCE if chat else language
    html = _html(know, facts, reminded, language, now)
    return Screen(html=html, rows=_rows(know, reminded, chat, language, bot)) if html else None


def chat_of(facts: CouncilFacts, reminded: Reminded) -> LinkedChat | None:
    """The linked chat that a reminder goes to; None for a private one."""
    found = [one for one in facts.chats if one.chat == reminded.chat]
    return next((one for one in found if one.thread == reminded.thread), next(iter(found), None))


def link(bot: str, id_: str) -> str:
    """Opens the private chat with the reminder's council, meeting and paper at hand."""
    return f"https://t.me/{bot}?start=i_{id_}"


def meeting_of(meetings: Sequence[CouncilMeeting], subject: str) -> CouncilMeeting | None:
    """The meeting that a subject names."""
    kind, _, id_ = subject.partition(":")
    return next((one for one in meetings if kind == "meeting" and one.id == id_), None)


def filed_of(papers: Sequence[Filed], subject: str) -> Filed | None:
    """The filed paper that a subject names."""
    kind, _, letter = subject.partition(":")
    return next((one for one in papers if kind == "filed" and one.letter == letter), None)


def place_of(know: Knowledge, facts: CouncilFacts, day: date) -> str:
    """The council's place in words."""
    profile = facts.council.profile
    return named(know, profile.ags, day, profile).place


# --- notices to admins ----------------------------------------------------------------------------


def disabled(know: Knowledge, title: str, reason: str, place: str, language: str) -> Screen:
    """That a linked chat does not work any more: reason "kicked", "rights", "deleted", "topic" or
    another one."""
    values = {"title": title, "reason": reason, "place": place}
    return Screen(html=know.texts.html("reminders/disabled", language, **values))


def missed(
    know: Knowledge, rows: Sequence[tuple[ReminderKind, datetime]], place: str, language: str
) -> Screen:
    """That reminders (kind and due moment) were not sent in time, for example after a standstill;
    the newest ten are named."""
    days = [(kind, due.astimezone(BERLIN).date()) for kind, due in rows]
    values = {"missed": sorted(days, key=lambda row: row[1])[-10:], "place": place}
    return Screen(html=know.texts.html("reminders/missed", language, **values))


# --- the message ----------------------------------------------------------------------------------


def _takes(facts: CouncilFacts, wanted: Planned, reminded: Reminded, now: datetime) -> bool:
    """Whether the chat or person still gets it; a topic that was closed moved to its group."""
    found = recipients(facts, wanted, now)
    return any(one.chat == reminded.chat for one in found)


def _html(
    know: Knowledge, facts: CouncilFacts, reminded: Reminded, language: str, now: datetime
) -> str:
    found = outlook(facts, now)
    meeting = meeting_of(facts.meetings, reminded.subject)
    papers = filed_papers(facts)
    private = chat_of(facts, reminded) is None
    told = _Told(
        nth=reminded.nth,
        of=reminded.of,
        again=reminded.again,
        place=place_of(know, facts, found.today) if private else "",
    )
    return know.texts.html(
        f"reminders/{reminded.kind}",
        language,
        it=told,
        clock=found.clock,
        today=found.today,
        target=target(facts, now),
        meeting=meeting,
        listed=meeting is not None and meeting.kim is KimItem.LISTED,
        filed=filed_of(facts.filed, reminded.subject) or (meeting and papers.get(meeting.id)),
    )


def _rows(
    know: Knowledge, reminded: Reminded, chat: LinkedChat | None, language: str, bot: str
) -> tuple[tuple[tuple[str, str], ...], ...]:
    """In private all buttons act; in groups a link leads on; a channel has links alone, since
    nobody could be asked there."""
    kind = reminded.kind
    act = "prepare" if kind in _PREPARED else "private"
    opens = (know.texts.label(f"remind_{act}", language), link(bot, reminded.id))
    if chat is not None and chat.kind is ChatKind.CHANNEL:
        return ((opens,),)

    def made(action: str) -> tuple[str, str]:
        label = know.texts.label(_WORDS.get((kind, action), f"remind_{action}"), language)
        return label, f"r:{action}:{reminded.id}"

    rows = [tuple(made(action) for action in row) for row in _ACTIONS[kind]]
    onward = [(opens,)] if chat else [(made(act),)] if act == "prepare" else []
    rows = [*onward, *rows] if act == "prepare" else [*rows, *onward]
    return (*rows, (made("later"), made("off")))
