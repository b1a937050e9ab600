"""The council's meetings in the chat, seen from Sunday, 22 November 2026."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from conversations.agenda import (
    Agenda,
    CalendarEvent,
    CalendarSource,
    CalendarTrouble,
    CouncilMeeting,
    KimItem,
    Origin,
    ReadCalendar,
    SendCalendar,
)
from conversations.core import Decision, Say
from conversations.deeds import Follow, OpenFeed, Schedule
from conversations.dialogues import Dialogues
from conversations.events import Looked, Typed, Uploaded
from conversations.rules.house import House
from conversations.rules.profile import Profile
from conversations.standing import CouncilId, Role
from tests.conversations.agendas import RULES, meeting
from tests.conversations.councils import seated
from tests.conversations.test_any_way import anything, assert_fits
from tests.conversations.walk import Member, apply, knowledge

BODY = "Ausschuss für Chancengerechtigkeit und Integration"
FILE = Uploaded(file="f1", name="sitzungen.ics", mime="text/calendar", size=4000)
URL = "https://ris.example.org/sitzungen.ics"
JANUARY, MARCH = date(2027, 1, 14), date(2027, 3, 11)


def at(dialogues: Dialogues, *meetings: CouncilMeeting, role: Role = Role.ADMIN) -> Member:
    """Somebody of the council at the list of its meetings."""
    member = seated(dialogues, Profile(ags="05513000", rules=RULES), role)
    member.state = replace(member.state, agenda=Agenda(meetings=meetings))
    return member.call("sitzungen")


@pytest.fixture
def admin(dialogues: Dialogues) -> Member:
    """A Ratsadmin of a council with a meeting in January."""
    return at(dialogues, meeting("2027-01-14"))


def stored(member: Member) -> Sequence[CouncilMeeting]:
    """The meetings as they stand."""
    return member.state.agenda.meetings


def days(member: Member) -> list[tuple[date, time | None]]:
    """When they are."""
    return [(one.day, one.start) for one in stored(member)]


def decided(member: Member) -> Decision:
    """The latest decision."""
    assert member.last is not None
    return member.last


def event(uid: str, day: date = JANUARY, **parts: object) -> CalendarEvent:
    """An event of the body at 17:00."""
    whole = CalendarEvent(uid=uid, day=day, start=time(17), name=BODY)
    return replace(whole, **parts)  # type: ignore[arg-type]


def reads(member: Member, *events: CalendarEvent, trouble: str = "", skipped: int = 0) -> Member:
    """What the next calendar holds."""
    read = ReadCalendar(events=events, trouble=trouble, skipped=skipped)
    member.state = replace(member.state, calendar=read)
    return member


# --- the list -----------------------------------------------------------------------------------


def test_the_list_says_day_hour_and_deadline(admin: Member) -> None:
    """With the weekday, and how long there is time."""
    assert "Do 14.01.2027, 17:00 Uhr</b> – in 53 Tagen" in admin.html
    assert "Abgabe bis Do 24.12.2026, in 32 Tagen." in admin.html


def test_past_meetings_come_on_demand(dialogues: Dialogues) -> None:
    """The list is about what lies ahead."""
    member = at(dialogues, meeting("2026-09-10"), meeting("2027-01-14"))
    assert "10.09.2026" not in member.html
    assert "Do 10.09.2026" in member.press("Vergangene").html


def test_a_cancelled_meeting_is_struck_out(dialogues: Dialogues) -> None:
    """It stays in the list, without a deadline."""
    member = at(dialogues, meeting("2027-01-14", cancelled=True))
    assert "<s>Do 14.01.2027, 17:00 Uhr</s> – fällt aus" in member.html
    assert "Abgabe bis" not in member.html


def test_members_look_and_do_not_change(dialogues: Dialogues) -> None:
    """A typed day of a member enters nothing, a meeting has no buttons to change it."""
    member = at(dialogues, meeting("2027-01-14"), role=Role.MEMBER).type("11.3. 17 Uhr")
    assert len(stored(member)) == 1
    assert member.press("Do 14.01.").labels == ["Zu den Sitzungen"]


def test_without_a_council_there_are_no_meetings(member: Member) -> None:
    """The command does not exist for those who belong to none."""
    assert "kenne ich nicht" in member.call("sitzungen").html


def test_the_file_is_sent_on_one_press(admin: Member) -> None:
    """As a calendar file of the council in hand."""
    admin.press("Als Kalenderdatei")
    assert SendCalendar(council=CouncilId("council-1")) in decided(admin).replies


# --- entering -----------------------------------------------------------------------------------


def test_a_day_typed_at_the_list_is_entered(admin: Member) -> None:
    """And echoed with its weekday."""
    admin.type("11.3. 17 Uhr")
    assert "Eingetragen: Do 11.03.2027, 17:00 Uhr." in admin.html
    assert days(admin)[-1] == (MARCH, time(17))


@pytest.mark.parametrize(
    "text", ["Do 11.03.27, 17 Uhr", "11. März 2027 um 17:00", "2027-03-11 17h"]
)
def test_days_are_understood_as_people_type_them(admin: Member, text: str) -> None:
    """With and without weekday, year and words."""
    assert days(admin.type(text))[-1] == (MARCH, time(17))


def test_the_next_weekday_is_understood(admin: Member) -> None:
    """Told back, since people mean different days by it."""
    assert "Di 24.11.2026, 17:30 Uhr" in admin.type("nächsten Dienstag 17:30").html


def test_a_weekday_that_does_not_fit_is_asked_back(admin: Member) -> None:
    """Nothing is entered before one of the two days is chosen."""
    admin.type("Fr 11.03.2027, 17 Uhr")
    assert "kein Freitag" in admin.html
    assert len(stored(admin)) == 1
    assert days(admin.press("Freitag, 12. März"))[-1] == (date(2027, 3, 12), time(17))


def test_several_days_are_entered_line_by_line(admin: Member) -> None:
    """Each with an id of its own."""
    admin.type("11.3. 17 Uhr\n- 20.5. 17 Uhr\n7.10.2027 17:30")
    assert len({one.id for one in stored(admin)}) == 4


def test_what_is_not_understood_is_named_and_the_rest_entered(admin: Member) -> None:
    """Contradictions are not guessed."""
    admin.type("11.3. 17 Uhr\nFr 20.5.2027\nTagesordnung\n14.1. 17 Uhr")
    assert "Eingetragen:\n• Do 11.03.2027, 17:00 Uhr" in admin.html
    assert "Schon in der Liste:\n• Do 14.01.2027" in admin.html
    assert "• Fr 20.5.2027\n• Tagesordnung" in admin.html
    assert len(stored(admin)) == 2


def test_a_duplicate_is_told(admin: Member) -> None:
    """The same day twice is one meeting."""
    assert "schon in der Liste" in admin.type("14.1.").html
    assert len(stored(admin)) == 1


def test_a_picked_day_asks_for_the_hour(admin: Member) -> None:
    """The hours of other meetings are among the buttons."""
    admin.press("Sitzung eintragen").press("Mär").press("11").press("17:00")
    assert days(admin)[-1] == (MARCH, time(17))


def test_a_past_day_can_be_entered(admin: Member) -> None:
    """Reports of last year hang on its meetings."""
    admin.press("Sitzung eintragen").type("10.9.2026 17 Uhr")
    assert days(admin)[0] == (date(2026, 9, 10), time(17))


def test_a_day_too_long_ago_is_refused_with_the_way_on(admin: Member) -> None:
    """It would not be shown any more."""
    admin.press("Sitzung eintragen").type("18.10.2023")
    assert "/bericht" in admin.html
    assert len(stored(admin)) == 1


def test_a_day_far_ahead_is_asked_back(admin: Member) -> None:
    """A slip in the year is likelier than a meeting in four years; it can be meant all the same."""
    admin.press("Sitzung eintragen").type("14.1.2030 17 Uhr")
    assert "mehr als zwei Jahre voraus" in admin.html
    assert days(admin.press("Montag, 14. Januar 2030"))[-1] == (date(2030, 1, 14), time(17))


def test_too_many_lines_enter_nothing(admin: Member) -> None:
    """Nothing is cut quietly."""
    admin.type("\n".join(f"{n % 28 + 1}.3.2027" for n in range(50)))
    assert "50 Zeilen" in admin.html
    assert len(stored(admin)) == 1


def test_holidays_and_school_holidays_are_marked(admin: Member) -> None:
    """Christmas 2026 in North Rhine-Westphalia, with a legend."""
    admin.press("Sitzung eintragen").press("Dez")
    assert {"25*", "26*", "23°", "22", "* Feiertag", "° Schulferien in NRW"} <= {*admin.labels}


def test_a_marked_day_is_typed_as_a_number(admin: Member) -> None:
    """The sign behind it is none of its name."""
    admin.press("Sitzung eintragen").press("Dez").type("23")
    assert stored(admin)[0].day == date(2026, 12, 23)


def test_where_school_holidays_end_the_month_says_so(admin: Member) -> None:
    """The library's dates end in the summer of 2029."""
    admin.state = replace(admin.state, now=admin.state.now.replace(year=2029))
    admin.call("sitzungen").press("Sitzung eintragen")
    assert "Schulferien noch nicht bekannt" in admin.labels


# --- changing -----------------------------------------------------------------------------------


def test_a_meeting_is_moved(admin: Member) -> None:
    """Its hour stays, its calendar leads it no longer."""
    admin.press("Do 14.01.").press("Verschieben").press("21")
    assert "von Do 14.01.2027, 17:00 Uhr auf Do 21.01.2027, 17:00 Uhr" in admin.html
    assert [(one.id, one.day) for one in stored(admin)] == [("m2027-01-14", date(2027, 1, 21))]


def test_a_meeting_is_not_moved_onto_another(dialogues: Dialogues) -> None:
    """The duplicate is told."""
    member = at(dialogues, meeting("2027-01-14"), meeting("2027-01-21"))
    member.press("Do 14.01.").press("Verschieben").press("21")
    assert "schon in der Liste" in member.html
    assert days(member)[0] == (JANUARY, time(17))


def test_a_meeting_is_cancelled_and_comes_back(admin: Member) -> None:
    """By one press each."""
    admin.press("Do 14.01.").press("Fällt aus")
    assert [one.cancelled for one in stored(admin)] == [True]
    admin.press("Findet doch statt")
    assert [one.cancelled for one in stored(admin)] == [False]


def test_kim_on_the_agenda_is_noted(admin: Member) -> None:
    """And shown in the list."""
    admin.press("Do 14.01.").press("KIM steht")
    assert [one.kim for one in stored(admin)] == [KimItem.LISTED]
    assert "KIM steht auf der Tagesordnung." in admin.press("Zu den Sitzungen").html


def test_hour_and_place_change(admin: Member) -> None:
    """Typed as people say it."""
    admin.press("Do 14.01.").press("Uhrzeit").type("18 Uhr").press("Ort").type(
        "Rathaus <201> & Hof"
    )
    assert [(one.start, one.place) for one in stored(admin)] == [(time(18), "Rathaus <201> & Hof")]
    assert "Rathaus &lt;201&gt; &amp; Hof" in admin.html


def test_a_typed_meeting_is_deleted_after_a_question(admin: Member) -> None:
    """Deleting is for what never was a meeting."""
    admin.press("Do 14.01.").press("Löschen").press("Ja, löschen")
    assert stored(admin) == ()


def test_a_followed_meeting_cannot_be_deleted(dialogues: Dialogues) -> None:
    """It would come back with the next look."""
    member = at(dialogues, meeting("2027-01-14", origin=Origin.FEED, uid="a"))
    assert "Löschen" not in member.press("Do 14.01.").labels


def test_a_change_of_a_followed_meeting_is_by_hand(dialogues: Dialogues) -> None:
    """So that the next look does not undo it."""
    member = at(dialogues, meeting("2027-01-14", origin=Origin.FEED, uid="a"))
    member.press("Do 14.01.").press("Fällt aus")
    assert [(one.origin, one.uid) for one in stored(member)] == [(Origin.TYPED, "a")]


def test_a_meeting_that_is_gone_leads_to_the_list(admin: Member) -> None:
    """Another admin deleted it while the card was open."""
    admin.press("Do 14.01.")
    admin.state = replace(admin.state, agenda=Agenda())
    assert "noch keine kommende Sitzung" in admin.press("Fällt aus").html


def test_who_lost_the_role_gets_the_list(admin: Member) -> None:
    """The right is checked at the press, not at the card."""
    admin.press("Sitzung eintragen")
    seats = tuple(replace(one, role=Role.MEMBER) for one in admin.state.standing.seats)
    admin.state = replace(admin.state, standing=replace(admin.state.standing, seats=seats))
    admin.type("11.3. 17 Uhr")
    assert len(stored(admin)) == 1
    assert "<b>Sitzungen</b>" in admin.html


# --- calendars ----------------------------------------------------------------------------------


def test_only_the_calendars_card_reads_files(dialogues: Dialogues) -> None:
    """The shell need not fetch any other document."""
    steps = next(flow for flow in dialogues.flows if flow.name == "meetings").steps
    assert [name for name in steps if dialogues.reads("meetings", name)] == ["calendar"]


def test_a_file_is_shown_before_it_is_taken(admin: Member) -> None:
    """How many are new, moved, cancelled, gone; nothing is stored yet."""
    old = (meeting("2027-05-20", origin=Origin.FILE, uid="m"),)
    admin.state = replace(admin.state, agenda=Agenda(meetings=(*stored(admin), *old)))
    admin.press("Aus einem Kalender")
    reads(admin, event("j"), event("a", MARCH), event("m", date(2027, 5, 27)),
          event("c", date(2027, 9, 9), cancelled=True)).send(FILE)  # fmt: skip
    assert "1 neu, 1 verschoben, 1 fällt aus" in admin.html
    assert "→ von Do 20.05.2027, 17:00 Uhr auf Do 27.05.2027, 17:00 Uhr" in admin.html
    assert decided(admin).deeds == ()


def test_a_file_that_is_taken_is_stored(admin: Member) -> None:
    """And what changed is said."""
    admin.press("Aus einem Kalender")
    reads(admin, event("j"), event("a", MARCH)).send(FILE).press("Übernehmen")
    assert "Übernommen: 1 neu." in admin.html
    assert [(one.day, one.origin) for one in stored(admin)] == [
        (JANUARY, Origin.FILE),
        (MARCH, Origin.FILE),
    ]


def test_a_file_without_news_says_so(dialogues: Dialogues) -> None:
    """There is nothing to take."""
    member = at(dialogues, meeting("2027-01-14", origin=Origin.FILE, uid="a", name=BODY))
    reads(member.press("Aus einem Kalender"), event("a")).send(FILE)
    assert "Alle Sitzungen sind schon bekannt" in member.html
    assert "Übernehmen" not in member.labels


def test_of_many_bodies_only_the_own_is_taken(admin: Member) -> None:
    """The old name and the new one are both its names."""
    admin.press("Aus einem Kalender")
    reads(
        admin,
        event("a", MARCH),
        event("b", date(2027, 5, 20), name="Integrationsrat"),
        event("x", name="Sozialausschuss"),
    ).send(FILE).press("Übernehmen")
    assert [one.uid for one in stored(admin)] == ["", "a", "b"]


def test_an_unknown_name_is_asked_for(admin: Member) -> None:
    """Names that sound like it stand first; what is chosen is taken."""
    admin.press("Aus einem Kalender")
    reads(
        admin,
        event("x", name="Rat der Stadt"),
        event("a", MARCH, name="Integrationsausschuss"),
        skipped=2,
    ).send(FILE)
    assert admin.labels[:2] == ["Integrationsausschuss", "Rat der Stadt"]
    admin.press("Integrationsausschuss")
    assert "2 Einträge konnte ich nicht lesen" in admin.html
    assert [one.uid for one in stored(admin.press("Übernehmen"))] == ["", "a"]


def test_an_address_is_looked_at_and_then_followed(admin: Member) -> None:
    """The names that are this council are kept with it."""
    admin.press("Aus einem Kalender").type(URL)
    assert decided(admin).look == URL
    reads(admin, event("a", MARCH, name="Integrationsausschuss")).send(Looked(url=URL))
    admin.press("Integrationsausschuss").press("Übernehmen und folgen")
    source = admin.state.agenda.source
    assert source is not None
    assert (source.url, source.checked) == (URL, admin.state.now)
    assert source.bodies == ("Integrationsausschuss", BODY, "Integrationsrat")
    assert stored(admin)[-1].origin is Origin.FEED


def test_an_address_without_news_is_followed_all_the_same(dialogues: Dialogues) -> None:
    """The next change is what it is followed for."""
    member = at(dialogues, meeting("2027-01-14", origin=Origin.FEED, uid="a", name=BODY))
    member.press("Aus einem Kalender").type(URL)
    reads(member, event("a")).send(Looked(url=URL)).press("Übernehmen und folgen")
    (deed,) = decided(member).deeds
    assert isinstance(deed, Follow)


def test_webcal_is_https(admin: Member) -> None:
    """Calendar links often start so."""
    assert decided(admin.press("Aus einem").type("webcal://ris.example.org/a.ics")).look == (
        "https://ris.example.org/a.ics"
    )


@pytest.mark.parametrize("text", ["http://ris.example.org/a.ics", "https://a.example b", "foo"])
def test_other_addresses_are_not_asked(admin: Member, text: str) -> None:
    """Each gets a line that says what is expected."""
    admin.press("Aus einem Kalender").type(text)
    assert decided(admin).look == ""
    assert "https://" in admin.html.splitlines()[0]


@pytest.mark.parametrize("trouble", list(CalendarTrouble))
def test_every_trouble_has_its_words(admin: Member, trouble: CalendarTrouble) -> None:
    """The card stays, so that another file can be sent."""
    reads(admin.press("Aus einem Kalender"), trouble=trouble).send(FILE)
    assert admin.html.splitlines()[0] != "<b>Sitzungen aus einem Kalender</b>"
    assert "Sitzungen aus einem Kalender" in admin.html


def test_an_empty_calendar_is_told(admin: Member) -> None:
    """It is no trouble, only no use."""
    assert "keine Sitzung" in reads(admin.press("Aus einem Kalender")).send(FILE).html


def test_a_followed_calendar_can_be_left(admin: Member) -> None:
    """Its meetings stay."""
    source = CalendarSource(url=URL, bodies=(BODY,))
    admin.state = replace(admin.state, agenda=replace(admin.state.agenda, source=source))
    admin.press("Aus einem Kalender").press("Nicht mehr folgen")
    assert admin.state.agenda.source is None
    assert len(stored(admin)) == 1


def test_another_look_can_be_asked_for(admin: Member) -> None:
    """With the names that were chosen for it."""
    source = CalendarSource(url=URL, bodies=("Beirat",))
    admin.state = replace(admin.state, agenda=replace(admin.state.agenda, source=source))
    admin.press("Aus einem Kalender").press("Jetzt nachsehen")
    assert decided(admin).look == URL
    reads(admin, event("a", MARCH, name="Beirat")).send(Looked(url=URL)).press("Übernehmen")
    assert [one.uid for one in stored(admin)] == ["", "a"]


def test_a_calendar_is_not_taken_into_another_council(admin: Member) -> None:
    """Who lost the seat the file was sent for gets the list of the next one."""
    reads(admin.press("Aus einem Kalender"), event("a", MARCH)).send(FILE)
    seats = tuple(replace(one, council=CouncilId("c2")) for one in admin.state.standing.seats)
    admin.state = replace(
        admin.state, standing=replace(admin.state.standing, seats=seats), agenda=Agenda()
    )
    admin.press("Übernehmen")
    assert decided(admin).deeds == ()


def test_a_full_calendar_fits_the_card(admin: Member) -> None:
    """Five hundred events are counted, not listed."""
    many = [event(f"u{n}", date.fromordinal(JANUARY.toordinal() + n)) for n in range(1, 501)]
    reads(admin.press("Aus einem Kalender"), *many).send(FILE)
    assert "500 neu" in admin.html
    assert len(admin.html) < 2000


def test_meetings_of_the_past_are_taken_and_counted(admin: Member) -> None:
    """Reports hang on them; who looks for them in the list is told where they are."""
    reads(admin.press("Aus einem Kalender"), event("a", date(2026, 9, 10))).send(FILE)
    assert "1 davon ist schon vorbei" in admin.html


def test_no_way_through_the_meetings_ends_in_an_error(dialogues: Dialogues) -> None:
    """Random admins with random calendars: each turn keeps Telegram's limits."""
    source = CalendarSource(url=URL, bodies=(BODY,))
    reached = set()
    for seed in range(25):
        chance = random.Random(seed)
        member = at(dialogues, meeting("2026-09-10"), meeting("2027-01-14"))
        agenda = replace(member.state.agenda, source=source if seed % 2 else None)
        member.state = replace(member.state, agenda=agenda)
        for _ in range(80):
            befalls(member, chance)
            assert_fits(member)
            assert member.state.position is not None
            if member.state.position.flow != "meetings":
                member.call("sitzungen")
            reached.add(member.state.position.step)
    steps = next(flow for flow in dialogues.flows if flow.name == "meetings").steps
    assert reached >= set(steps) - {"feed"}


def befalls(member: Member, chance: random.Random) -> None:
    """A press, a text, a file or an address that was read."""
    draw = chance.random()
    names = (BODY, "Rat", "Integrationsbeirat", "x" * 200)
    many = [
        event(f"u{chance.randint(0, 30)}", date(2026, 1, 1) + timedelta(chance.randint(0, 900)),
              name=chance.choice(names), cancelled=chance.random() < 0.2)
        for _ in range(chance.choice((0, 1, 40)))
    ]  # fmt: skip
    if draw < 0.1:
        reads(member, *many, trouble=chance.choice(("", "", "", "slow")))
        member.send(chance.choice((FILE, Looked(url=URL))))
    elif draw < 0.2:
        member.type(chance.choice((URL, "11.3.\nfoo\n1.1.2030", "Fr 11.3.2027", "17:30")))
    else:
        anything(member, chance)


# --- the feed -----------------------------------------------------------------------------------


@pytest.fixture
def sharing() -> Member:
    """A Ratsadmin where the instance has an address for feeds."""
    known = knowledge(house=House(feeds="https://kim.example.org/calendar"))
    return at(Dialogues(known), meeting("2027-01-14"))


def test_no_feed_is_offered_without_an_address(admin: Member) -> None:
    """An instance that polls has none."""
    assert "Kalender abonnieren" not in admin.labels


def test_the_link_is_shown_once_and_only_its_hash_stored(sharing: Member) -> None:
    """In a message of its own, above the card."""
    sharing.press("Kalender abonnieren").press("Link machen")
    (said,) = [one for one in decided(sharing).replies if isinstance(one, Say)]
    assert f"https://kim.example.org/calendar/{'s' * 22}.ics" in said.screen.html
    hashed = hashlib.sha256(b"s" * 22).hexdigest()
    assert decided(sharing).deeds == (OpenFeed(council=CouncilId("council-1"), token_hash=hashed),)
    assert "sss" not in sharing.html


def test_the_link_can_be_taken_back(sharing: Member) -> None:
    """From then on it shows nothing."""
    sharing.press("Kalender abonnieren").press("Link machen").press("Link zurücknehmen")
    assert not sharing.state.agenda.feed


def test_one_turn_makes_one_schedule(admin: Member) -> None:
    """Several days are one deed, and so one line in the audit log."""
    decision = admin.dialogues.advance(admin.state, Typed(text="11.3. 17 Uhr\n20.5. 17 Uhr"))
    assert [type(deed) for deed in decision.deeds] == [Schedule]
    assert len(apply(admin.state, decision).agenda.meetings) == 3
