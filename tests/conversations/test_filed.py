"""What was filed, and what became of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from conversations.deeds import File
from conversations.dialogues import Dialogues
from conversations.events import Uploaded
from conversations.rules.profile import CouncilRule, Form, PaperKind
from conversations.standing import Role
from tests.conversations.councils import COUNCIL, meanwhile
from tests.conversations.facing import MINE, THEIRS, deeds, facing, filed, later
from tests.conversations.walk import Member


@pytest.fixture
def writer(dialogues: Dialogues) -> Member:
    """A member with a letter that is not filed yet."""
    return facing(dialogues, role=Role.MEMBER).call("eingereicht")


@pytest.fixture
def filer(dialogues: Dialogues) -> Member:
    """A member at the own filed paper."""
    return facing(dialogues, filed(), Role.MEMBER).call("eingereicht").press("○ Anfrage")


def test_filing_takes_two_presses(settled: Member) -> None:
    """Under the fresh letter: filed, today by e-mail; with the office it went to."""
    settled.press("Ist eingereicht").press("Heute, per E-Mail")
    (one,) = settled.state.agenda.filed
    assert (one.day, one.way) == (date(2026, 11, 22), Form.EMAIL)
    assert one.to == "geschaeftsstelle@example.org"
    assert "Notiert: eingereicht am So 22.11.2026" in settled.html


def test_the_letter_knows_its_day(settled: Member) -> None:
    """From then on a change is a new version."""
    settled.press("Ist eingereicht").press("Heute").press("Brief ansehen")
    assert "Eingereicht am So 22.11.2026" in settled.html
    assert "Was daraus wurde" in settled.labels


def test_the_council_s_own_way_comes_first(writer: Member) -> None:
    """Its rule names post: that is offered first, for yesterday too."""
    rule = CouncilRule(forms=(Form.LETTER,))
    meanwhile(writer, rules={PaperKind.INQUIRY: rule})
    writer.press("Ist eingereicht")
    assert writer.labels[:2] == ["Heute, mit der Post", "Gestern, mit der Post"]


def test_another_day_asks_for_the_way(writer: Member) -> None:
    """Day, way, done."""
    writer.press("Ist eingereicht").press("Anderen Tag").type("10.11.2026").press("persönlich")
    (one,) = writer.state.agenda.filed
    assert (one.day, one.way) == (date(2026, 11, 10), Form.DESK)


def test_a_typed_day_counts_too(writer: Member) -> None:
    """«Gestern» takes the usual way, a date asks for it, one to come is refused."""
    writer.press("Ist eingereicht").type("gestern")
    assert writer.state.agenda.filed[0].day == date(2026, 11, 21)
    writer.press("Doch nicht").press("Ja").press("Ist eingereicht").type("24.12.2026")
    assert "liegt noch vor uns" in writer.html
    writer.type("10.11.").press("mit der Post")
    assert writer.state.agenda.filed[0].day == date(2026, 11, 10)


def test_the_deed_names_the_council(writer: Member) -> None:
    """The store judges whose letter it is."""
    writer.press("Ist eingereicht").press("Heute")
    (deed,) = deeds(writer)
    assert isinstance(deed, File)
    assert (deed.letter, deed.council) == ("L1", COUNCIL)


def test_receipt_and_answer_are_one_press(filer: Member) -> None:
    """Today; a slip is taken back the same way."""
    filer.press("Eingang bestätigt").press("Antwort ist da")
    (one,) = filer.state.agenda.filed
    assert one.receipt == one.answered == date(2026, 11, 22)
    filer.press("Antwort doch nicht da")
    assert filer.state.agenda.filed[0].answered is None


def test_a_promised_day_lies_ahead(filer: Member) -> None:
    """Typed or picked; a past one is refused."""
    filer.press("Antwort zugesagt").type("1.11.2026")
    assert deeds(filer) == ()
    filer.type("1.2.2027")
    assert filer.state.agenda.filed[0].promised == date(2027, 2, 1)


def test_number_recipient_and_proof_are_typed(filer: Member) -> None:
    """Each on a card of its own, and back to the paper."""
    filer.press("Nummer").type("AF/0123/2026").press("An wen").type("Frau Demir")
    filer.press("Nachweis").type("Mail vom 11.11.")
    (one,) = filer.state.agenda.filed
    assert (one.number, one.to, one.proof) == ("AF/0123/2026", "Frau Demir", "Mail vom 11.11.")


def test_a_document_proves_it(filer: Member) -> None:
    """Sent at the paper's card, without asking first."""
    filer.send(Uploaded(file="F9", name="Quittung.pdf", size=10))
    (deed,) = deeds(filer)
    assert isinstance(deed, File)
    assert deed.file_id == "F9"
    assert filer.state.agenda.filed[0].proof_file == "Quittung.pdf"


def test_the_meeting_is_chosen_or_typed(filer: Member) -> None:
    """One of those that are entered; no other."""
    filer.press("Sitzung").type("15.1.2027")
    assert "keine Sitzung eingetragen" in filer.html
    filer.press("Do 14.01.2027")
    assert filer.state.agenda.filed[0].meeting == "m2027-01-14"


def test_it_was_not_filed_after_all(filer: Member) -> None:
    """After a question; the letter stays."""
    filer.press("Doch nicht eingereicht").press("Ja, nicht")
    assert filer.state.agenda.filed == ()
    assert filer.state.letters[0].filed is None


def test_a_colleague_s_paper_is_read_only(dialogues: Dialogues) -> None:
    """Members see what others filed, and change nothing."""
    member = facing(dialogues, filed(letter="L2"), Role.MEMBER, letters=(THEIRS,))
    member.call("eingereicht").press("○ Anfrage")
    assert member.labels == ["Brief ansehen", "Alles Eingereichte", "Zum Anfang"]
    member.send(Uploaded(file="F9", name="x.pdf", size=10))
    assert deeds(member) == ()


def test_an_admin_keeps_the_papers_of_all(dialogues: Dialogues) -> None:
    """A Ratsadmin notes the receipt of a colleague's paper."""
    admin = facing(dialogues, filed(letter="L2"), letters=(THEIRS,)).call("eingereicht")
    admin.press("○ Anfrage").press("Eingang bestätigt")
    assert admin.state.agenda.filed[0].receipt == date(2026, 11, 22)


def test_the_list_tells_age_and_state(dialogues: Dialogues) -> None:
    """Twelve days, no receipt; the promised day that is over stands out."""
    member = facing(dialogues, filed()).call("eingereicht")
    assert "(vor 12 Tagen), Eingang noch nicht bestätigt" in member.html
    agenda = filed(promised=date(2026, 11, 20))
    member = facing(dialogues, agenda).call("eingereicht")
    assert "⚠ Antwort war zugesagt bis 20.11.2026" in member.html


def test_age_grows_with_the_days(dialogues: Dialogues) -> None:
    """The same card a week later."""
    member = later(facing(dialogues, filed()), datetime(2026, 11, 29, 9, 0, tzinfo=UTC))
    assert "vor 19 Tagen" in member.call("eingereicht").html


def test_a_letter_of_another_council_is_only_noted(dialogues: Dialogues) -> None:
    """What becomes of it is kept there; here stands the day."""
    letter = replace(MINE, council="elsewhere")
    member = facing(dialogues, letters=(letter,)).call("entwuerfe").press("✉")
    member.press("Ist eingereicht").press("Heute")
    assert deeds(member) == ()
    assert member.state.letters[0].filed is not None
