"""What reminders say and what their buttons do, in chats and in private."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from conversations.agenda import Agenda, ChatKind, KimItem, Reminded
from conversations.core import Decision, LetterId, Need, Say, Screen, State, StoredLetter, Toast
from conversations.deeds import File, Note, PutOff, Refused, Schedule
from conversations.dialogues import Dialogues
from conversations.events import Pressed
from conversations.facts import CouncilFacts
from conversations.flows.reminded import pressed
from conversations.planning import plan
from conversations.reminders import compose, disabled, missed
from conversations.rules.answers import FilingRule
from conversations.rules.knowledge import Knowledge
from conversations.rules.profile import CouncilRule, PaperKind, Profile
from conversations.rules.reminding import ReminderKind
from conversations.rules.reporting import ReportingRule, Rhythm
from conversations.standing import Role, StoredCouncil
from tests.conversations.agendas import (
    GROUP,
    KINDS,
    RULES,
    at,
    facts,
    group,
    listed,
    meeting,
    paper,
    person,
    report,
)
from tests.conversations.councils import COUNCIL, seated
from tests.conversations.walk import NOW, Member

_ID = "abcdefgh-_123456"
_JANUARY = meeting("2027-01-14")
_LAST = (report("2026-01-22"),)
_DUE = facts(_JANUARY, reports=_LAST, people=(person(7, Role.ADMIN),))
_PROFILE = Profile(ags="05513000", rules=RULES)


def _reminded(
    kind: ReminderKind = ReminderKind.DEADLINE, subject: str = f"meeting:{_JANUARY.id}"
) -> Reminded:
    return Reminded(id=_ID, council=COUNCIL, kind=kind, subject=subject, chat=GROUP, slot="14")


def _sent(
    know: Knowledge,
    known: CouncilFacts,
    kind: ReminderKind,
    *,
    chat: int = GROUP,
    nth: int = 1,
    again: bool = False,
    language: str = "de",
    now: datetime = NOW,
) -> Screen | None:
    """The message of the kind as it goes out when it is due."""
    rows = [one for one in plan(known, now) if one.kind is kind]
    row = rows[nth - 1]
    reminded = Reminded(
        id=_ID,
        council=COUNCIL,
        kind=kind,
        subject=row.subject,
        chat=chat,
        version=row.version,
        slot=row.slot,
        nth=row.nth,
        of=row.of,
        again=again,
    )
    return compose(know, known, reminded, language, max(row.due, now), bot="kim_bot")


def _html(screen: Screen | None) -> str:
    assert screen is not None
    return screen.html


def _data(screen: Screen | None) -> list[str]:
    assert screen is not None
    return [data for row in screen.rows for _, data in row]


# --- what they say --------------------------------------------------------------------------------


def test_a_deadline_says_why_which_one_and_until_when(know: Knowledge) -> None:
    """With dates, weekdays and days left."""
    assert _html(_sent(know, _DUE, ReminderKind.DEADLINE, nth=2)) == (
        "<b>KIM-Bericht fällig</b> · Erinnerung 2 von 3\n"
        "Zuletzt wurde am Do 22.01.2026 über KIM berichtet, der nächste Bericht ist am 22.01.2027 "
        "fällig. Vorschlag: ein Bericht im Jahr.\n"
        "Was auf die Tagesordnung der Sitzung am Do 14.01.2027 soll, muss bis "
        "<b>Do 24.12.2026</b> da sein (in 3 Tagen)."
    )


def test_in_private_it_names_the_place(know: Knowledge) -> None:
    """Somebody may belong to several councils."""
    assert "\nStadt Gelsenkirchen\n" in _html(_sent(know, _DUE, ReminderKind.DEADLINE, chat=7))


def test_without_a_rule_no_deadline_is_invented(know: Knowledge) -> None:
    """It says that the deadline is unknown, and who can enter it."""
    known = facts(_JANUARY, reports=_LAST, profile=Profile(ags="05513000"))
    text = _html(_sent(know, known, ReminderKind.DEADLINE))
    assert "Do 14.01.2027</b> (in 21 Tagen)" in text
    assert "weiß ich nicht. Ein Ratsadmin kann die Frist unter /rat eintragen." in text


def test_a_possible_repeat_says_so(know: Knowledge) -> None:
    """Telegram did not answer whether the first one arrived."""
    assert "Vielleicht haben Sie" in _html(_sent(know, _DUE, ReminderKind.DEADLINE, again=True))
    assert "Vielleicht haben Sie" not in _html(_sent(know, _DUE, ReminderKind.DEADLINE))


@pytest.mark.parametrize(
    ("known", "kind", "words"),
    [
        (_DUE, ReminderKind.TOMORROW, "<b>Morgen ist Sitzung</b>: Do 14.01.2027, 17:00 Uhr"),
        (
            facts(listed("2027-01-14"), reports=_LAST),
            ReminderKind.TOMORROW,
            "KIM liegt auf der Tagesordnung.",
        ),
        (
            facts(_JANUARY, reports=_LAST, filed=(paper("2026-11-20", title="A & <B>"),)),
            ReminderKind.TOMORROW,
            "ist eingereicht: A &amp; &lt;B&gt;",
        ),
        (_DUE, ReminderKind.REPORTED, "<b>Wurde gestern über KIM berichtet?</b>"),
        (
            facts(filed=(paper("2026-11-20"),)),
            ReminderKind.RECEIPT,
            "Eingereicht am Fr 20.11.2026, eine Bestätigung ist nicht eingetragen.",
        ),
        (
            facts(filed=(paper("2026-11-20", promised=date(2026, 12, 1)),)),
            ReminderKind.PROMISED,
            "Zugesagt war die Antwort bis Di 01.12.2026",
        ),
    ],
)
def test_each_kind_says_its_fact(
    know: Knowledge, known: CouncilFacts, kind: ReminderKind, words: str
) -> None:
    """One sentence with its dates."""
    assert words in _html(_sent(know, known, kind))


def test_the_agenda_is_asked_for_with_two_answers(know: Knowledge) -> None:
    """It stands on it, or it does not."""
    rules = {**RULES, PaperKind.INVITATION: CouncilRule(count=FilingRule(number=7))}
    known = facts(_JANUARY, reports=_LAST, profile=Profile(ags="05513000", rules=rules))
    screen = _sent(know, known, ReminderKind.AGENDA)
    assert "Einladung zur Sitzung am Do 14.01.2027, 17:00 Uhr müsste" in _html(screen)
    assert screen is not None
    assert [label for label, _ in screen.rows[0]] == [
        "Liegt auf der Tagesordnung",
        "Steht nicht darauf",
    ]


def test_dates_are_asked_of_admins_with_the_reason(know: Knowledge) -> None:
    """Why they get it, and a button that leads on."""
    screen = _sent(know, facts(people=(person(7, Role.ADMIN),)), ReminderKind.DATES, chat=7)
    assert "weil Sie Ratsadmin sind" in _html(screen)
    assert _data(screen)[0] == f"r:dates:{_ID}"


def test_overdue_names_the_next_chance(know: Knowledge) -> None:
    """Since when, and the next deadline that can be met."""
    known = facts(meeting("2027-04-15"), reports=_LAST)
    text = _html(_sent(know, known, ReminderKind.OVERDUE, now=at("2027-02-01")))
    assert "<b>KIM-Bericht überfällig</b>" in text
    assert "fällig ist der nächste Bericht seit dem 22.01.2027" in text
    assert "muss bis <b>Do 25.03.2027</b> da sein (in 20 Tagen)" in text


def test_late_the_question_names_the_day(know: Knowledge) -> None:
    """Five days after the meeting it is not "yesterday" any more."""
    text = _html(_sent(know, _DUE, ReminderKind.REPORTED, now=at("2027-01-19")))
    assert "Wurde am Do 14.01.2027 über KIM berichtet?" in text


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (ReportingRule(basis="12/26"), "Vereinbart: ein Bericht im Jahr."),
        (ReportingRule(months=6), "Vorschlag: ein Bericht alle 6 Monate."),
        (ReportingRule(rhythm=Rhythm.EVERY_MEETING), "ein Bericht in jeder Sitzung."),
        (ReportingRule(rhythm=Rhythm.PER_YEAR, times=2), "2 Berichte im Jahr."),
        (
            ReportingRule(rhythm=Rhythm.MONTHS, in_months=(3, 6, 9)),
            "jeweils bis Ende März, Juni und September.",
        ),
        (ReportingRule(rhythm=Rhythm.STEERING), "ein Bericht nach jeder Lenkungsgruppe."),
    ],
)
def test_every_rhythm_has_its_words(know: Knowledge, rule: ReportingRule, words: str) -> None:
    """And says whether it was decided or is a proposal."""
    assert words in _html(_sent(know, facts(_JANUARY, rule=rule), ReminderKind.DEADLINE))


# --- what is not sent -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "now_known",
    [
        facts(replace(_JANUARY, cancelled=True), reports=_LAST),
        facts(replace(_JANUARY, version=2), reports=_LAST),
        facts(_JANUARY, reports=(report("2026-12-09"), *_LAST)),
        facts(_JANUARY, reports=_LAST, filed=(paper("2026-12-09"),)),
        facts(listed("2027-01-14"), reports=_LAST),
        facts(_JANUARY, reports=_LAST, chats=()),
        facts(_JANUARY, reports=_LAST, chats=(group(disabled="kicked"),)),
        facts(_JANUARY, reports=_LAST, chats=(group(receives=KINDS - {ReminderKind.DEADLINE}),)),
    ],
    ids=["cancelled", "moved", "reported", "filed", "listed", "unlinked", "disabled", "not wanted"],
)
def test_p4_what_no_longer_holds_is_not_sent(know: Knowledge, now_known: CouncilFacts) -> None:
    """Looked at once more, right before sending."""
    due = at("2026-12-10", 9)
    assert compose(know, _DUE, _reminded(), "de", due) is not None
    assert compose(know, now_known, _reminded(), "de", due) is None


# --- the buttons under them -----------------------------------------------------------------------


def test_in_a_group_a_link_opens_the_private_chat_and_the_rest_are_presses(
    know: Knowledge,
) -> None:
    """Prepare is the link; the others come back, within Telegram's 64 bytes."""
    data = _data(_sent(know, _DUE, ReminderKind.DEADLINE))
    assert data[0] == f"https://t.me/kim_bot?start=i_{_ID}"
    assert data[1:] == [f"r:{action}:{_ID}" for action in ("listed", "reported", "later", "off")]
    assert max(map(len, data[1:])) <= 64


def test_a_channel_has_the_link_alone(know: Knowledge) -> None:
    """Whoever reads there cannot be asked."""
    known = replace(_DUE, chats=(group(kind=ChatKind.CHANNEL),))
    for kind in (ReminderKind.DEADLINE, ReminderKind.REPORTED):
        assert _data(_sent(know, known, kind)) == [f"https://t.me/kim_bot?start=i_{_ID}"]


def test_in_private_every_button_acts(know: Knowledge) -> None:
    """No link leads to where one is."""
    data = _data(_sent(know, _DUE, ReminderKind.DEADLINE, chat=7))
    assert data[0] == f"r:prepare:{_ID}"
    assert not [one for one in data if one.startswith("https")]


# --- pressing them --------------------------------------------------------------------------------


def _state(
    dialogues: Dialogues, role: Role = Role.ADMIN, reminded: Reminded | None = None, **parts: object
) -> State:
    """Somebody of the council before a reminder."""
    state = seated(dialogues, _PROFILE, role).state
    agenda = Agenda(meetings=(_JANUARY,), reports=_LAST, filed=(paper("2026-11-20"),))
    shown = reminded or _reminded()
    return replace(state, agenda=agenda, reminder=shown, **parts)  # type: ignore[arg-type]


def _press(
    know: Knowledge, state: State, action: str, *, in_group: bool = True
) -> tuple[Decision, str]:
    decision = pressed(know, state, action, in_group=in_group)
    return decision, next(r.text for r in decision.replies if isinstance(r, Toast))


def test_an_admin_marks_that_kim_is_listed(dialogues: Dialogues, know: Knowledge) -> None:
    """The meeting is kept with it; the message says so from then on, without buttons."""
    decision, _ = _press(know, _state(dialogues), "listed")
    kept = replace(_JANUARY, kim=KimItem.LISTED)
    assert decision.deeds == (Schedule(council=COUNCIL, kept=(kept,)),)
    said = [reply for reply in decision.replies if isinstance(reply, Say)]
    assert [(one.instead, one.screen.rows) for one in said] == [(True, ())]
    assert "liegt KIM auf der Tagesordnung" in said[0].screen.html


@pytest.mark.parametrize(
    ("action", "changed"),
    [("postponed", {"kim": KimItem.POSTPONED}), ("fell", {"cancelled": True})],
)
def test_an_admin_says_that_the_report_or_the_meeting_fell_out(
    dialogues: Dialogues, know: Knowledge, action: str, changed: dict[str, object]
) -> None:
    """Then the next meeting is reminded of."""
    decision, _ = _press(know, _state(dialogues), action)
    kept = replace(_JANUARY, **changed)  # type: ignore[arg-type]
    assert decision.deeds == (Schedule(council=COUNCIL, kept=(kept,)),)


@pytest.mark.parametrize(("action", "oral"), [("oral", True), ("written", False)])
def test_the_day_after_an_admin_records_the_report(
    dialogues: Dialogues, know: Knowledge, action: str, *, oral: bool
) -> None:
    """Of the meeting's day, once."""
    state = _state(dialogues, now=at("2027-01-15", 10))
    (deed,) = _press(know, state, action)[0].deeds
    assert isinstance(deed, Note)
    assert (deed.report.day, deed.report.meeting, deed.report.oral) == (
        _JANUARY.day,
        _JANUARY.id,
        oral,
    )
    twice = replace(state, agenda=replace(state.agenda, reports=(deed.report,)))
    assert _press(know, twice, action)[0].deeds == ()


@pytest.mark.parametrize("action", ["listed", "postponed", "fell", "receipt", "later", "off"])
def test_c09_in_a_group_a_member_is_told_that_an_admin_does_it(
    dialogues: Dialogues, know: Knowledge, action: str
) -> None:
    """Nothing changes, whatever Telegram makes of them."""
    decision, text = _press(know, _state(dialogues, Role.MEMBER), action)
    assert (decision.deeds, decision.member) == ((), None)
    assert text == "Das trägt ein Ratsadmin ein."


@pytest.mark.parametrize("action", ["listed", "oral", "receipt", "later", "off", "nonsense"])
def test_f03_strangers_and_other_councils_read_the_same_line(
    dialogues: Dialogues, know: Knowledge, action: str
) -> None:
    """As does who presses a button that never was; nothing tells them apart."""
    foreign = replace(_state(dialogues), reminder=None)
    stranger = replace(Member(dialogues).state, reminder=None)
    found = [_press(know, state, action) for state in (foreign, stranger)]
    assert {(one.deeds, text) for one, text in found} == {
        ((), "Diese Erinnerung gilt für Sie nicht (mehr).")
    }


def test_f03_a_forged_press_in_private_is_noted(dialogues: Dialogues) -> None:
    """The audit log of one's own council keeps that it came."""
    member = seated(dialogues, _PROFILE).send(Pressed(data=f"r:listed:{_ID}"))
    assert member.last is not None
    assert member.last.deeds == (Refused(what="button", council=COUNCIL),)


def test_a_receipt_is_confirmed_by_a_press(dialogues: Dialogues, know: Knowledge) -> None:
    """As of today."""
    state = _state(dialogues, reminded=_reminded(ReminderKind.RECEIPT, "filed:L1"))
    (deed,) = _press(know, state, "receipt")[0].deeds
    assert isinstance(deed, File)
    assert deed.filed == paper("2026-11-20", receipt=date(2026, 11, 22))


@pytest.mark.parametrize(("mine", "deeds"), [(True, 1), (False, 0)])
def test_in_private_a_member_confirms_what_is_their_own_letter(
    dialogues: Dialogues, know: Knowledge, *, mine: bool, deeds: int
) -> None:
    """Of a colleague's letter the admins keep book."""
    letter = StoredLetter(
        id=LetterId("L1"), draft=None, title="T", version=1, made=NOW, council=COUNCIL, mine=mine
    )
    reminded = _reminded(ReminderKind.RECEIPT, "filed:L1")
    state = _state(dialogues, Role.MEMBER, reminded, letters=(letter,))
    assert len(_press(know, state, "receipt", in_group=False)[0].deeds) == deeds


def test_later_is_tomorrow_at_the_councils_hour(dialogues: Dialogues, know: Knowledge) -> None:
    """One more row, whose slot says of which it is the repeat."""
    (deed,) = _press(know, _state(dialogues), "later")[0].deeds
    assert deed == PutOff(
        council=COUNCIL, reminder=_ID, slot="14/2026-11-23", until=at("2026-11-23", 9)
    )


def test_later_is_refused_when_tomorrow_is_too_late(dialogues: Dialogues, know: Knowledge) -> None:
    """The deadline ends before."""
    last = replace(_reminded(), expires=NOW + timedelta(hours=13))
    decision, text = _press(know, _state(dialogues, reminded=last), "later")
    assert decision.deeds == ()
    assert "Morgen wäre es zu spät" in text


def test_off_in_private_ends_ones_own_reminders(dialogues: Dialogues, know: Knowledge) -> None:
    """In the group an admin is sent to the private chat instead."""
    own = _press(know, _state(dialogues, Role.MEMBER), "off", in_group=False)[0]
    assert own.member is not None
    assert own.member.reminding.private is False
    group_wide, text = _press(know, _state(dialogues), "off")
    assert (group_wide.member, group_wide.deeds) == (None, ())
    assert "/gruppe" in text


# --- from the reminder to the letter --------------------------------------------------------------


def _reader(dialogues: Dialogues, role: Role = Role.MEMBER) -> Member:
    member = seated(dialogues, _PROFILE, role)
    member.state = _state(dialogues, role)
    member.councils[COUNCIL] = StoredCouncil(id=COUNCIL, profile=_PROFILE, revision=1)
    return member


def test_the_link_in_a_group_begins_the_inquiry_for_that_meeting(dialogues: Dialogues) -> None:
    """Council, meeting and paper are chosen; the deadline stands on the first card."""
    member = _reader(dialogues).call("start", f"i_{_ID}")
    there = member.draft.answers.meeting
    assert (member.draft.council, there and there.day) == (COUNCIL, _JANUARY.day)
    assert "Do 14.01.2027" in member.html
    assert "24.12.2026" in member.html


def test_the_button_in_private_does_the_same(dialogues: Dialogues) -> None:
    """Without a detour."""
    member = _reader(dialogues).send(Pressed(data=f"r:prepare:{_ID}"))
    assert member.draft.council == COUNCIL


def test_an_overdue_report_begins_the_inquiry_for_the_next_chance(dialogues: Dialogues) -> None:
    """The reminder itself names no meeting."""
    member = _reader(dialogues)
    overdue = _reminded(ReminderKind.OVERDUE, f"council:{COUNCIL}")
    member.state = replace(member.state, reminder=overdue)
    member.call("start", f"i_{_ID}")
    there = member.draft.answers.meeting
    assert there is not None
    assert there.day == _JANUARY.day


def test_pressed_twice_it_goes_on_with_the_draft(dialogues: Dialogues) -> None:
    """No second draft for the same meeting."""
    member = _reader(dialogues).call("start", f"i_{_ID}").call("start", f"i_{_ID}")
    assert len(member.state.drafts) == 1


def test_another_draft_in_hand_is_kept_where_it_was(dialogues: Dialogues) -> None:
    """The one that is left remembers its step."""
    member = _reader(dialogues).call("anfrage").press("Resolution")
    other = member.draft.id
    member.call("start", f"i_{_ID}")
    assert member.draft.id != other
    assert next(one for one in member.state.drafts if one.id == other).step


def test_who_has_no_business_there_lands_at_home(dialogues: Dialogues) -> None:
    """An unknown reminder and a foreign one look alike."""
    member = seated(dialogues, _PROFILE).call("start", f"i_{_ID}")
    assert "Diese Erinnerung gilt für Sie nicht" in member.html
    assert member.state.draft is None


def test_a_stranger_with_the_link_is_greeted_like_any_other(stranger: Member) -> None:
    """No word of reminders or invitations."""
    member = stranger.call("start", f"i_{_ID}")
    assert "Guten Tag, ich bin der KIM-Bot." in member.html
    assert "Einladungslink gilt nicht" not in member.html


def test_everything_is_loaded_for_a_press_within_a_letter(dialogues: Dialogues) -> None:
    """Reminders arrive at any step; broadcasts are loaded where somebody is about them."""
    needs = dialogues.needs(Pressed(data=f"r:listed:{_ID}"), "inquiry")
    assert needs == frozenset(Need) - {Need.BROADCASTS, Need.PUBLIC}


# --- notices to admins ----------------------------------------------------------------------------


def test_admins_are_told_why_a_chat_gets_nothing_more(know: Knowledge) -> None:
    """In words, each reason its own; titles are escaped."""
    reasons = ("kicked", "rights", "deleted", "topic", "other")
    found = [disabled(know, "A <b>", one, "Stadt Gelsenkirchen", "de").html for one in reasons]
    assert len(set(found)) == len(reasons)
    assert all("A &lt;b&gt;" in one and "/gruppe" in one for one in found)


def test_d10_what_was_missed_is_told_in_one_message(know: Knowledge) -> None:
    """Kind and day of each, the oldest first."""
    rows = [(ReminderKind.TOMORROW, NOW), (ReminderKind.DEADLINE, NOW - timedelta(days=1))]
    text = missed(know, rows, "", "de").html
    assert "2 Erinnerungen haben sich dadurch erledigt" in text
    assert text.index("21.11.2026: Abgabefrist") < text.index("22.11.2026: Sitzung")
