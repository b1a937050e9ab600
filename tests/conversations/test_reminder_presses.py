"""The buttons under a reminder: where they stand, what a press does, and the way to the letter."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from conversations.agenda import Agenda, ChatKind, KimItem, Reminded
from conversations.core import Decision, LetterId, Need, Say, State, StoredLetter, Toast
from conversations.deeds import File, Note, PutOff, Refused, Schedule
from conversations.dialogues import Dialogues
from conversations.events import Pressed
from conversations.flows.reminded import pressed
from conversations.rules.knowledge import Knowledge
from conversations.rules.profile import Profile
from conversations.rules.reminding import ReminderKind
from conversations.standing import Role, StoredCouncil
from tests.conversations.agendas import RULES, at, group, paper
from tests.conversations.councils import COUNCIL, seated
from tests.conversations.reminded import DUE, ID, JANUARY, LAST, a_reminder, data_of, going_out
from tests.conversations.walk import NOW, Member

PROFILE = Profile(ags="05513000", rules=RULES)
# --- the buttons under them -----------------------------------------------------------------------


def test_in_a_group_a_link_opens_the_private_chat_and_the_rest_are_presses(know: Knowledge) -> None:
    """Prepare is the link; the others come back, within Telegram's 64 bytes."""
    data = data_of(going_out(know, DUE, ReminderKind.DEADLINE))
    assert data[0] == f"https://t.me/kim_bot?start=i_{ID}"
    assert data[1:] == [f"r:{action}:{ID}" for action in ("listed", "reported", "later", "off")]
    assert max(map(len, data[1:])) <= 64


def test_a_channel_has_the_link_alone(know: Knowledge) -> None:
    """Whoever reads there cannot be asked."""
    known = replace(DUE, chats=(group(kind=ChatKind.CHANNEL),))
    for kind in (ReminderKind.DEADLINE, ReminderKind.REPORTED):
        assert data_of(going_out(know, known, kind)) == [f"https://t.me/kim_bot?start=i_{ID}"]


def test_in_private_every_button_acts(know: Knowledge) -> None:
    """No link leads to where one is."""
    data = data_of(going_out(know, DUE, ReminderKind.DEADLINE, chat=7))
    assert data[0] == f"r:prepare:{ID}"
    assert not [one for one in data if one.startswith("https")]


# --- pressing them --------------------------------------------------------------------------------


def _state(
    dialogues: Dialogues, role: Role = Role.ADMIN, reminded: Reminded | None = None, **parts: object
) -> State:
    """Somebody of the council before a reminder."""
    state = seated(dialogues, PROFILE, role).state
    agenda = Agenda(meetings=(JANUARY,), reports=LAST, filed=(paper("2026-11-20"),))
    shown = reminded or a_reminder()
    return replace(state, agenda=agenda, reminder=shown, **parts)  # type: ignore[arg-type]


def _press(
    know: Knowledge, state: State, action: str, *, in_group: bool = True
) -> tuple[Decision, str]:
    decision = pressed(know, state, action, in_group=in_group)
    return decision, next(r.text for r in decision.replies if isinstance(r, Toast))


def test_an_admin_marks_that_kim_is_listed(dialogues: Dialogues, know: Knowledge) -> None:
    """The meeting is kept with it; the message says so from then on, without buttons."""
    decision, _ = _press(know, _state(dialogues), "listed")
    kept = replace(JANUARY, kim=KimItem.LISTED)
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
    kept = replace(JANUARY, **changed)  # type: ignore[arg-type]
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
        JANUARY.day,
        JANUARY.id,
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
    member = seated(dialogues, PROFILE).send(Pressed(data=f"r:listed:{ID}"))
    assert member.last is not None
    assert member.last.deeds == (Refused(what="button", council=COUNCIL),)


def test_a_receipt_is_confirmed_by_a_press(dialogues: Dialogues, know: Knowledge) -> None:
    """As of today."""
    state = _state(dialogues, reminded=a_reminder(ReminderKind.RECEIPT, "filed:L1"))
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
    reminded = a_reminder(ReminderKind.RECEIPT, "filed:L1")
    state = _state(dialogues, Role.MEMBER, reminded, letters=(letter,))
    assert len(_press(know, state, "receipt", in_group=False)[0].deeds) == deeds


def test_later_is_tomorrow_at_the_councils_hour(dialogues: Dialogues, know: Knowledge) -> None:
    """One more row, whose slot says of which it is the repeat."""
    (deed,) = _press(know, _state(dialogues), "later")[0].deeds
    assert deed == PutOff(
        council=COUNCIL, reminder=ID, slot="14/2026-11-23", until=at("2026-11-23", 9)
    )


def test_later_is_refused_when_tomorrow_is_too_late(dialogues: Dialogues, know: Knowledge) -> None:
    """The deadline ends before."""
    last = replace(a_reminder(), expires=NOW + timedelta(hours=13))
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
    member = seated(dialogues, PROFILE, role)
    member.state = _state(dialogues, role)
    member.councils[COUNCIL] = StoredCouncil(id=COUNCIL, profile=PROFILE, revision=1)
    return member


def test_the_link_in_a_group_begins_the_inquiry_for_that_meeting(dialogues: Dialogues) -> None:
    """Council, meeting and paper are chosen; the deadline stands on the first card."""
    member = _reader(dialogues).call("start", f"i_{ID}")
    there = member.draft.answers.meeting
    assert (member.draft.council, there and there.day) == (COUNCIL, JANUARY.day)
    assert "Do 14.01.2027" in member.html
    assert "24.12.2026" in member.html


def test_the_button_in_private_does_the_same(dialogues: Dialogues) -> None:
    """Without a detour."""
    member = _reader(dialogues).send(Pressed(data=f"r:prepare:{ID}"))
    assert member.draft.council == COUNCIL


def test_an_overdue_report_begins_the_inquiry_for_the_next_chance(dialogues: Dialogues) -> None:
    """The reminder itself names no meeting."""
    member = _reader(dialogues)
    overdue = a_reminder(ReminderKind.OVERDUE, f"council:{COUNCIL}")
    member.state = replace(member.state, reminder=overdue)
    member.call("start", f"i_{ID}")
    there = member.draft.answers.meeting
    assert there is not None
    assert there.day == JANUARY.day


def test_pressed_twice_it_goes_on_with_the_draft(dialogues: Dialogues) -> None:
    """No second draft for the same meeting."""
    member = _reader(dialogues).call("start", f"i_{ID}").call("start", f"i_{ID}")
    assert len(member.state.drafts) == 1


def test_another_draft_in_hand_is_kept_where_it_was(dialogues: Dialogues) -> None:
    """The one that is left remembers its step."""
    member = _reader(dialogues).call("anfrage").press("Resolution")
    other = member.draft.id
    member.call("start", f"i_{ID}")
    assert member.draft.id != other
    assert next(one for one in member.state.drafts if one.id == other).step


def test_who_has_no_business_there_lands_at_home(dialogues: Dialogues) -> None:
    """An unknown reminder and a foreign one look alike."""
    member = seated(dialogues, PROFILE).call("start", f"i_{ID}")
    assert "Diese Erinnerung gilt für Sie nicht" in member.html
    assert member.state.draft is None


def test_a_stranger_with_the_link_is_greeted_like_any_other(stranger: Member) -> None:
    """No word of reminders or invitations."""
    member = stranger.call("start", f"i_{ID}")
    assert "Guten Tag, ich bin der KIM-Bot." in member.html
    assert "Einladungslink gilt nicht" not in member.html


def test_everything_is_loaded_for_a_press_within_a_letter(dialogues: Dialogues) -> None:
    """Reminders arrive at any step; broadcasts are loaded where somebody is about them."""
    needs = dialogues.needs(Pressed(data=f"r:listed:{ID}"), "inquiry")
    assert needs == frozenset(Need) - {Need.BROADCASTS, Need.PUBLIC}
