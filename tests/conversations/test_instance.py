"""The operators' cards, and the audit log in words."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from conversations.core import Desk
from conversations.deeds import Deed, Dismiss
from conversations.dialogues import Dialogues
from conversations.flows.records import ACTIONS, PARTS
from conversations.rules.knowledge import Knowledge
from conversations.rules.profile import PaperKind
from conversations.standing import Operator, PersonId, Record, Role, Standing
from tests.conversations.chamber import (
    AYLIN,
    BEGUN,
    SOLINGEN,
    colleague,
    deeds,
    entry,
    invitation,
    official,
    operator,
)
from tests.conversations.test_any_way import assert_fits
from tests.conversations.walk import NOW, Member

OLGA = Operator(person=PersonId(99), name="Olga Petrova", since=BEGUN)


def at_home(member: Member) -> Member:
    """Before the list of councils."""
    return member.call("einladen").press("Gremien")


def test_councils_stand_by_place_with_counts(dialogues: Dialogues) -> None:
    """Place, people and admins of each; the ones nobody can administer stand out."""
    lost = entry("c2", SOLINGEN, admins=2, reachable=0)
    member = at_home(operator(dialogues, lost, entry()))
    assert "Stadt Gelsenkirchen: 12 Personen, 1 Ratsadmin\n" in member.html
    assert "Stadt Solingen: 12 Personen, 2 Ratsadmins · ⚠ kein Ratsadmin" in member.html
    assert member.labels[:2] == ["Stadt Gelsenkirchen", "⚠ Stadt Solingen"]


def test_every_council_of_the_land_can_be_reached(dialogues: Dialogues, know: Knowledge) -> None:
    """All municipalities at once: page by page, each page within a message."""
    every = [
        entry(f"c{n}", place.ags, admins=0, reachable=0) for n, place in enumerate(know.register)
    ]
    member = at_home(operator(dialogues, *every))
    seen = 0
    while True:
        assert_fits(member)
        seen += sum(label.startswith("⚠ ") for label in member.labels)
        onward = [label for label in member.labels if label.endswith("›")]
        if not onward:
            break
        member.press(onward[0])
    assert seen == len(every)


def test_a_council_is_found_by_its_typed_place(dialogues: Dialogues) -> None:
    """Typing errors are forgiven as elsewhere."""
    member = at_home(operator(dialogues, entry(), entry("c2", SOLINGEN))).type("Sollingen")
    assert member.html.startswith("<b>Stadt Solingen</b>")


def test_a_place_without_a_council_is_said(dialogues: Dialogues) -> None:
    """Known as a place, but nobody founded its council here."""
    member = at_home(operator(dialogues, entry())).type("Köln")
    assert "noch kein Gremium: Stadt Köln" in member.html


def test_twins_are_both_shown(dialogues: Dialogues) -> None:
    """A town and a Kreis of one name: the councils of both, and the way back to all."""
    town, district = entry("c2", "05154036"), entry("c3", "05154")
    member = at_home(operator(dialogues, entry(), town, district)).type("Kleve")
    assert member.labels[:2] == ["Stadt Kleve", "Kreis Kleve"]
    assert "Stadt Gelsenkirchen" in member.press("Alle Gremien").labels


def test_the_lost_ones_can_be_listed_alone(dialogues: Dialogues) -> None:
    """One press shows the councils without a Ratsadmin within reach."""
    member = at_home(operator(dialogues, entry(), entry("c2", SOLINGEN, reachable=0)))
    assert member.press("⚠ Ohne Ratsadmin (1)").labels[0] == "⚠ Stadt Solingen"
    assert "Stadt Gelsenkirchen" not in member.labels


def test_operators_see_no_names_of_a_councils_people(dialogues: Dialogues) -> None:
    """Not even of a council whose people were loaded for another reason."""
    member = operator(dialogues, entry(admins=1, reachable=0), invitations=[invitation()])
    desk = replace(member.state.desk, colleagues=(AYLIN,), records=(_record(),))
    member.state = replace(member.state, desk=desk)
    member = at_home(member).press("⚠ Stadt Gelsenkirchen").press("Offene Einladungen")
    assert "Demir" not in "\n".join(member.said)


def test_a_council_that_is_gone_is_said(dialogues: Dialogues) -> None:
    """Its card of before leads back to the list."""
    member = at_home(operator(dialogues, entry())).press("Stadt Gelsenkirchen")
    member.state = replace(member.state, desk=replace(member.state.desk, councils=()))
    member.press("Ratsadmin einladen")
    assert deeds(member) == ()
    assert "Noch gibt es kein Gremium" in member.html


def test_a_new_council_is_begun_from_the_list(dialogues: Dialogues) -> None:
    """The way leads to the question for the municipality."""
    member = at_home(operator(dialogues)).press("Neues Gremium")
    assert member.state.position is not None
    assert (member.state.position.flow, member.state.position.step) == ("council", "found")


def test_an_operator_is_dismissed_after_a_question(dialogues: Dialogues) -> None:
    """By name, by the second press."""
    member = at_home(operator(dialogues, operators=[OLGA])).press("Betreiber-Team")
    member.press("Olga Petrova")
    assert deeds(member) == ()
    assert deeds(member.press("Ja")) == (Dismiss(person=OLGA.person),)


def test_the_last_operator_stays(dialogues: Dialogues) -> None:
    """It is said instead of asked."""
    member = at_home(operator(dialogues)).press("Betreiber-Team").press("Mehmet Kaya")
    assert "Eine muss bleiben" in member.html
    assert not any(label.startswith("Ja") for label in member.labels)


def test_the_last_but_one_who_left_meanwhile_is_counted(dialogues: Dialogues) -> None:
    """Two operators, one question open, the other one gone: nobody is dismissed."""
    member = at_home(operator(dialogues, operators=[OLGA])).press("Betreiber-Team")
    member.press("Mehmet Kaya")
    alone = Desk(operators=member.state.desk.operators[:1])
    member.state = replace(member.state, desk=alone)
    assert deeds(member.press("Ja")) == ()


def test_an_operator_who_leaves_comes_home(dialogues: Dialogues) -> None:
    """The instance is closed to them from then on."""
    member = at_home(operator(dialogues, operators=[OLGA])).press("Betreiber-Team")
    member.press("Mehmet Kaya").press("Ja")
    assert not member.state.standing.operator
    assert "kenne ich nicht" in member.call("einladen").html


def test_an_operator_without_a_name_is_told_by_the_account(dialogues: Dialogues) -> None:
    """Before the consent no name is stored; the number of the chat is all there is."""
    unknown = replace(OLGA, name="")
    member = at_home(operator(dialogues, operators=[unknown])).press("Betreiber-Team")
    assert "Konto 99" in member.labels


# --- the audit log --------------------------------------------------------------------------------


def _record(action: str = "amend", what: str = "rule:anfrage", **changes: object) -> Record:
    record = Record(at=NOW, who="Aylin Demir", action=action, object=what)
    return replace(record, **changes)  # type: ignore[arg-type]


def log(dialogues: Dialogues, *records: Record) -> Member:
    """A Ratsadmin before the audit log."""
    return official(dialogues, records=records).call("protokoll")


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (_record(), "22.11. 12:00 Aylin Demir: Frist für Anfragen geändert"),
        (_record(what="unheard"), "Aylin Demir: Angaben des Gremiums geändert"),
        (_record("appoint", "Jens Vogel"), "Aylin Demir: neue Rolle für Jens Vogel"),
        (_record("remove", ""), "Aylin Demir: eine Person herausgenommen"),
        (_record("remove", "person:ab12"), "Aylin Demir: eine Person herausgenommen"),
        (_record("invite", "admin"), "Aylin Demir: Einladung gemacht (Ratsadmin)"),
        (_record("join", "member", who=""), "ehemalige Person: beigetreten (Mitglied)"),
        (_record("found", "", who="", operator=True), "Betreiber-Team: Gremium angelegt"),
        (_record("pause", "broadcast:b1", who="", itself=True), "KIM-Bot: Rundruf angehalten"),
        (_record("of a later version"), "Aylin Demir: etwas geändert"),
        (_record(at=NOW - timedelta(days=365)), "22.11.2025 12:00 Aylin Demir"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_log_speaks_in_words(dialogues: Dialogues, record: Record, said: str) -> None:
    """Who did what to which thing, also when that person or thing is gone."""
    assert said in log(dialogues, record).html


def test_every_deed_has_its_words(know: Knowledge) -> None:
    """A deed that the log would only call a change hides what was done."""
    assert {deed.__name__.lower() for deed in get_args(Deed)} <= ACTIONS
    labels = {f"label:record_{action}" for action in ACTIONS}
    labels |= {f"label:record_part_{part}" for part in PARTS}
    assert labels <= set(know.texts.keys())
    assert {f"rule_{kind}" for kind in PaperKind} <= PARTS


def test_two_hundred_lines_stand_on_pages_of_fifteen(dialogues: Dialogues) -> None:
    """Each page fits into a message, however long the names are."""
    minutes = [timedelta(minutes=n) for n in range(200)]
    record = _record(who="Ä" * 300, what="x" * 300)
    member = log(dialogues, *(replace(record, at=record.at - one) for one in minutes))
    assert member.html.count("\n22.11.") == 15
    for _ in range(13):
        assert_fits(member)
        member.press(next(label for label in member.labels if label.endswith("›")))
    assert member.labels[0] == "‹ 181–195"


def test_an_empty_log_says_so(dialogues: Dialogues) -> None:
    """Nothing happened yet."""
    assert "noch nichts geschehen" in log(dialogues).html


def test_another_councils_admin_sees_no_log_here(dialogues: Dialogues) -> None:
    """Without a seat there is no log, and no hint of one."""
    member = official(dialogues, colleague(13), records=[_record()])
    member.state = replace(member.state, standing=Standing())
    assert "kenne ich nicht" in member.call("protokoll").html


def test_an_operator_is_no_admin_of_councils(dialogues: Dialogues) -> None:
    """People and log of a council are closed to operators."""
    for command in ("personen", "protokoll"):
        assert "kenne ich nicht" in operator(dialogues, entry()).call(command).html


def test_a_member_sees_no_log(dialogues: Dialogues) -> None:
    """It is for the admins of the council in hand."""
    member = official(dialogues, role=Role.MEMBER, records=[_record()]).call("protokoll")
    assert "kenne ich nicht" in member.html


def test_what_was_done_again_within_a_minute_is_said_once(dialogues: Dialogues) -> None:
    """Whoever gives name, function and list one after the other did one thing."""
    wear = _record("wear", "badge")
    member = log(dialogues, wear, wear, wear, _record())
    assert member.html.count("\n22.11.") == 2
