"""The files of /meinedaten: what a person reads of their own data."""

from dataclasses import fields, is_dataclass
from typing import get_type_hints

import pytest

from bot.own_data import OwnData
from bot.service import read_templates
from bot.store.opening import engine_for
from bot.store.persons import Persons
from bot.store.secrets import unlocked
from conversations.core import Member
from conversations.flows.consent import VERSION
from tests.shell import SEAL
from tests.store.people import CODEC, NOW, PSEUDONYMS, council, populate, tag

ME = 7007001


@pytest.fixture(scope="module")
def know():
    """Texts and register."""
    return read_templates()


@pytest.fixture
def export(tmp_path):
    """The export of a person with something in every table."""
    engine = engine_for(f"sqlite:///{tmp_path / 'kimbot.sqlite3'}")
    unlocked(engine, SEAL)
    persons = Persons(codec=CODEC, pseudonyms=PSEUDONYMS)
    with engine.begin() as connection:
        council(connection)
        populate(connection, ME)
        yield dict(persons.export(connection, ME, NOW))
    engine.dispose()


def test_the_text_says_what_a_person_asks_first(know, export):
    """Consent, name, council and role, drafts, letters, invitations: in local time, in words."""
    text = OwnData(know.texts, know.register).text(export, "de")
    for words in (
        f"Eingewilligt am 22.11.2026, 13:00 Uhr in Fassung {VERSION}",
        f"Ihr Name in Briefen: Name{ME} Wohlgemuth",
        "Gremium: Herne · Mitglied · seit 22.11.2026",
        "Funktion: Schriftführung",
        f"– Eigenes{ME}",
        f"Wortlaut{tag(ME)} bleibt",
        "eingereicht am 22.11.2026",
        "Betreiber-Team seit",
        "noch 1 Mal",
        "jemand anderes · ",
        "neue Rolle für Sie selbst",
        "eine andere Person herausgenommen",
        "warten: 1",
        "Von Ihnen geschrieben am 22.11.2026",
        f"| Rundruf{tag(ME)}",
        f"Ihre Antwort vom 22.11.2026, 13:00 Uhr: Antwort von Name{ME}",
    ):
        assert words in text, words


def test_typed_text_stays_as_it_was_typed(know, export):
    """What looks like markup is neither hidden nor doubled."""
    export["member"][0]["sender"]["name"] = "A & B <x> {{7*7}}"
    text = OwnData(know.texts, know.register).text(export, "de")
    assert "Ihr Name in Briefen: A & B <x> {{7*7}}" in text


def test_of_nobody_the_text_says_that_nothing_is_there(know, export):
    """Empty sections are said, not left out."""
    empty = {key: [] if isinstance(value, list) else value for key, value in export.items()}
    text = OwnData(know.texts, know.register).text(empty, "de")
    assert "Keine Einwilligung gespeichert." in text
    assert str(text).count("Keine.") == 3


@pytest.mark.parametrize(
    ("kind", "state", "words"),
    [
        ("overdue", "sent", "Bericht überfällig · 22.11.2026, "),
        ("broadcast", "failed", "\nRundruf · 22.11.2026, "),
        ("wrote_back", "uncertain", "\nAntwort auf einen Rundruf · 22.11.2026, "),
        ("broadcast", "failed", " · nicht angekommen"),
        ("overdue", "held", " · noch nicht gesendet"),
        ("overdue", "expired", " · entfallen"),
    ],
)
def test_what_was_sent_unasked_is_named_in_words(know, export, kind, state, words):
    """Reminders, broadcasts and answers are told apart, and how each ended is said in German."""
    row = {**export["deliveries"][0], "kind": kind, "state": state}
    text = OwnData(know.texts, know.register).text({**export, "deliveries": [row]}, "de")
    assert words in text


def test_the_files_carry_the_day(know, export):
    """Several exports in one chat can be told apart."""
    names = [file.name for file in OwnData(know.texts, know.register).files(export)]
    assert names == ["meinedaten-2026-11-22.json", "meinedaten-2026-11-22.txt"]


def test_every_field_that_letters_start_from_has_a_name(know):
    """A new field of a member's remembered particulars is not shown by its English key."""
    elsewhere = {
        "reminding",
        "id",
        "language",
        "consent",
        "called",
        "stopped",
        "withdrawn",
        "blocked",
    }
    codes = {"sender_filer", "council_rule", "council_chair_address", "council_head_address",
             "district_head_address"}  # fmt: skip
    for path in set(_paths(Member)) - codes:
        if path.partition("_")[0] not in elsewhere:
            assert know.texts.label(f"own_{path}", "de")


def _paths(kind, before=""):
    hints = get_type_hints(kind)
    for part in fields(kind):
        path = f"{before}_{part.name}".lstrip("_")
        inner = (hints[part.name], *getattr(hints[part.name], "__args__", ()))
        found = next((one for one in inner if is_dataclass(one)), None)
        if path == "council_rule" or found is None:
            yield path
        else:
            yield from _paths(found, path)
