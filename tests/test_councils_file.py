"""Councils by file: `kimbot council import` and `export`, faults line by line."""

import re
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from bot.cli import build
from bot.councils_file import Checks, read_councils
from bot.councils_text import written
from bot.store.lock import FileLock
from conversations.rules.answers import Address, FilingRule, Person, Unit
from conversations.rules.cleaning import Coverage
from conversations.rules.profile import (
    CouncilRule,
    Form,
    NamedBody,
    PaperKind,
    Profile,
    Signature,
)
from tests.conversations.papers import library

REGISTER = library().register
SHOWN = Coverage(points=frozenset(range(32, 0x2E00)))
TODAY = date(2026, 11, 22)
FULL = Profile(
    ags="05122000",
    bodies=(
        NamedBody(name="Integrationsrat", until=date(2025, 10, 31)),
        NamedBody(name='Ausschuss "Chancen" \\ ACI', since=date(2025, 11, 1)),
    ),
    chair=Person(name="Aylin Demir", address=Address.FRAU),
    head=Person(name="Jens Vogel", address=Address.HERR),
    office_name="Geschäftsstelle",
    office_address="Rathausplatz 1\n42651 Solingen",
    office_email="office@example.org",
    groups=("Miteinander & Co", "Liste „B“"),
    rules={
        PaperKind.INQUIRY: CouncilRule(
            count=FilingRule(number=10, unit=Unit.WORKING, cutoff=time(12), eves=True),
            forms=(Form.EMAIL, Form.DESK),
            signature=Signature.GROUP_CHAIR,
            most_questions=3,
            section="§ 4 der Geschäftsordnung",
            basis="Geschäftsordnung vom 03.11.2025",
            checked=date(2026, 11, 3),
        ),
        PaperKind.INVITATION: CouncilRule(
            count=FilingRule(number=12, meeting_day=True, holidays=False, earlier=True)
        ),
        PaperKind.MOTION: CouncilRule(count=FilingRule(number=3, unit=Unit.CLEAR)),
    },
)


def checks(*stored: str) -> Checks:
    """What the files of these tests are held against."""
    return Checks(register=REGISTER, coverage=SHOWN, stored=stored, today=TODAY)


def faults(text: str, *stored: str) -> list[str]:
    """What is wrong with a file."""
    return [str(fault) for fault in read_councils(text, checks(*stored)).faults]


def again(*profiles: Profile) -> list[Profile]:
    """The councils written to a file and read into an empty instance."""
    found = read_councils(written(profiles, REGISTER), checks(*(one.ags for one in profiles)))
    assert found.faults == ()
    return [entry.applied(None) for entry in found.entries]


def a_hundred_and_fourteen() -> list[Profile]:
    """As many councils as there are in the state, one per municipality."""
    towns = [place for place in REGISTER if not place.is_district][:114]
    return [
        Profile(
            ags=place.ags,
            chair=Person(name=f"Vorsitz {place.name}"),
            office_email=f"office@{place.ags}.example.org",
            rules={PaperKind.INQUIRY: CouncilRule(count=FilingRule(number=7 + number % 21))},
        )
        for number, place in enumerate(towns)
    ]


@pytest.fixture(autouse=True)
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance of its own, not begun yet; its folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KIMBOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("KIMBOT_KEY_FILE", str(tmp_path / "key"))
    return tmp_path


def run(*arguments: str | Path) -> Result:
    """Run the command."""
    return CliRunner().invoke(build(), ["council", *map(str, arguments)])


def imported(folder: Path, text: str, *options: str) -> Result:
    """Import a file of this text."""
    file = folder / "councils.toml"
    file.write_text(text, "utf-8")
    return run("import", file, *options)


# --- the file -------------------------------------------------------------------------------------


def test_everything_known_of_a_council_comes_back_the_same() -> None:
    """Names, people, office, lists and rules, with quotes, line feeds and backslashes in them."""
    assert again(FULL) == [FULL]


def test_a_council_of_which_nothing_is_known_comes_back_the_same() -> None:
    """The key alone is a council."""
    assert again(Profile(ags="05122000")) == [Profile(ags="05122000")]


WORDS = st.text(
    st.characters(codec="utf-8", min_codepoint=33, max_codepoint=0x17F, exclude_categories=["C"]),
    max_size=40,
).map(lambda text: re.sub(r"[\x7f-\xad\u0340-\u036f]", "", text))
COUNTS = st.builds(
    FilingRule,
    number=st.integers(0, 180),
    unit=st.sampled_from(Unit),
    cutoff=st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    earlier=st.booleans(),
    filing_day=st.booleans(),
    meeting_day=st.booleans(),
    holidays=st.booleans(),
    eves=st.booleans(),
)
FORMS = st.sets(st.sampled_from(Form)).map(lambda some: tuple(one for one in Form if one in some))
RULES = st.builds(
    CouncilRule,
    count=st.none() | COUNTS,
    forms=FORMS,
    signature=st.none() | st.sampled_from(Signature),
    most_questions=st.none() | st.integers(1, 50),
    section=WORDS,
    basis=WORDS,
    checked=st.none() | st.dates(date(2025, 11, 1), TODAY),
)
PROFILES = st.builds(
    Profile,
    ags=st.just("05122000"),
    chair=st.builds(Person, name=WORDS, address=st.sampled_from(Address)),
    office_name=WORDS,
    groups=st.lists(WORDS.filter(bool), unique=True, max_size=5).map(tuple),
    rules=st.dictionaries(st.sampled_from(PaperKind), RULES),
)


@settings(max_examples=60)
@given(profile=PROFILES)
def test_any_council_comes_back_the_same(profile: Profile) -> None:
    """Whatever stands in it."""
    assert again(profile) == [profile]


def test_what_a_file_does_not_name_stays() -> None:
    """A file with one new number leaves the rest of the council as it was."""
    text = '[[council]]\nmunicipality = "Solingen"\n[council.rules.antrag]\nnumber = 14\n'
    (entry,) = read_councils(text, checks()).entries
    new = entry.applied(FULL)
    assert new.rules[PaperKind.MOTION] == CouncilRule(count=FilingRule(number=14))
    assert new.rules[PaperKind.INQUIRY] == FULL.rules[PaperKind.INQUIRY]
    assert (new.chair, new.groups, new.bodies) == (FULL.chair, FULL.groups, FULL.bodies)


def test_what_is_empty_in_a_file_is_taken_away() -> None:
    """No lists, no office address, no name of the chair."""
    text = (
        '[[council]]\nags = "05122000"\ngroups = []\nchair = { name = "" }\noffice = { email = "" }'
    )
    (entry,) = read_councils(text, checks()).entries
    new = entry.applied(FULL)
    assert (new.groups, new.chair, new.office_email) == ((), Person(), "")
    assert new.office_name == "Geschäftsstelle"


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ('colour = "red"', "line 3: Solingen: colour: unknown key"),
        ('[council.chair]\nname = "A"\nage = 3', "line 5: Solingen: chair.age: unknown key"),
        ('[council.chair]\nname = "A"\naddress = "Dr."', "line 5: Solingen: chair.address: Input"),
        ('[council.office]\nemail = "foo"', "line 4: Solingen: office.email: does not look like"),
        ('[council.rules.anfrage]\nnumber = "7"', "line 4: Solingen: rules.anfrage.number: Input"),
        ("[council.rules.anfrage]\nnumber = 999", "line 4: Solingen: rules.anfrage.number: Input"),
        ("[council.rules.wunsch]\nnumber = 7", "line 3: Solingen: rules.wunsch"),
        ("[council.rules.anfrage]\neves = true", "line 3: Solingen: rules.anfrage: eves is set"),
        (
            '[council.rules.anfrage]\nnumber = 7\nunit = "tage"',
            "line 5: Solingen: rules.anfrage.unit: Input should be 'kalendertag'",
        ),
        (
            '[council.rules.anfrage]\nnumber = 7\ncutoff = "noon"',
            "line 5: Solingen: rules.anfrage.cutoff: must be a time",
        ),
        (
            "[council.rules.anfrage]\nchecked = 2027-01-01",
            "line 4: Solingen: rules.anfrage.checked: lies in the future",
        ),
        (
            '[[council.names]]\nname = "A"\nsince = 2026-02-01\nuntil = 2026-01-01',
            "line 3: Solingen: names.0: until lies before since",
        ),
        (
            '[[council.names]]\nname = "A"\n[[council.names]]\nname = "B"',
            "line 3: Solingen: names: two names hold on the same day",
        ),
        ('chair = { name = "Ali \U0001f389" }', "line 3: Solingen: chair.name: the letter's fonts"),
        (f"groups = {['x'] * 41}", "line 3: Solingen: groups: List should have at most 40"),
        ('groups = ["x', "line 3: not TOML: "),
    ],
)
def test_a_fault_names_line_council_and_key(lines: str, fault: str) -> None:
    """What an office typed wrong is found without looking for it."""
    found = faults(f'[[council]]\nmunicipality = "Solingen"\n{lines}\n')
    assert any(one.startswith(fault) for one in found), found


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ('municipality = "Soligen"', "not found; 05122000 is Stadt Solingen"),
        ('municipality = "Atlantis"', "not found"),
        ('municipality = "Neun"', "not clear; set ags to one of 05382040 Gemeinde Neunkirchen"),
        ('ags = "05999999"', "no municipality has this key"),
        ("ags = 5122000", "no municipality has this key"),
        ('groups = ["x"]', "is missing (or ags, its key)"),
    ],
)
def test_whose_council_it_is_is_never_guessed(place: str, reason: str) -> None:
    """A mistyped name would give one town's chair to another."""
    assert any(reason in one for one in faults(f"[[council]]\n{place}\n"))


@pytest.mark.parametrize(("name", "ags"), [("Kleve", "05154036"), ("Kreis Kleve", "05154")])
def test_of_a_town_and_a_kreis_of_one_name_the_town_is_meant(name: str, ags: str) -> None:
    """Kreise have no such body, unless the file says Kreis."""
    (entry,) = read_councils(f'[[council]]\nmunicipality = "{name}"\n', checks()).entries
    assert entry.ags == ags


def test_a_municipality_that_was_merged_can_still_be_changed() -> None:
    """Its key has left the register, its council is there."""
    assert faults('[[council]]\nags = "05999999"\n', "05999999") == []


def test_a_council_twice_is_a_fault_of_the_second() -> None:
    """With the line of the first."""
    text = '[[council]]\nmunicipality = "Solingen"\n\n[[council]]\nags = "05122000"\n'
    assert faults(text) == ["line 4: Solingen: this council stands in line 1 already"]


def test_what_stands_outside_of_a_council_is_a_fault() -> None:
    """Keys before the first one, and tables that forgot the word council."""
    text = 'title = "x"\n[[council]]\nags = "05122000"\n[chair]\nname = "A"\n'
    assert [one.partition(":")[0] for one in faults(text)] == ["line 1", "line 4"]


def test_a_broken_council_spoils_no_other() -> None:
    """Not even one that is no TOML at all."""
    text = '[[council]]\nags = "05122\n[[council]]\nags = "05122000"\n[[council]]\nx = 1\n'
    found = read_councils(text, checks())
    assert [entry.ags for entry in found.entries] == ["05122000"]
    assert [fault.line for fault in found.faults] == [2, 5, 6]


# --- the commands ---------------------------------------------------------------------------------


def test_a_hundred_and_fourteen_councils_in_one_file(instance: Path) -> None:
    """All of them begin, and come out again as they went in."""
    profiles = a_hundred_and_fourteen()
    text = written(profiles, REGISTER)
    result = imported(instance, text)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.endswith("Councils: 114 new, 0 changed, 0 unchanged.\n")
    assert run("export").stdout == written(sorted(profiles, key=lambda one: one.ags), REGISTER)


def test_the_same_file_again_changes_nothing(instance: Path) -> None:
    """Idempotent: no council gets a new revision."""
    text = written([FULL], REGISTER)
    imported(instance, text)
    assert imported(instance, text).stdout == "Councils: 0 new, 0 changed, 1 unchanged.\n"


def test_wrong_councils_are_told_and_the_others_imported(instance: Path) -> None:
    """Each fault on a line of its own on standard error; the exit code says that there was one."""
    result = imported(
        instance, '[[council]]\nags = "05122000"\n[[council]]\nmunicipality = "Soest"\nfoo = 1\n'
    )
    assert result.exit_code == 2
    assert "new: 05122000 Solingen" in result.stdout
    assert "councils.toml: line 5: Soest: foo: unknown key" in result.stderr


def test_a_trial_writes_nothing(instance: Path) -> None:
    """Not even a database or a key."""
    result = imported(instance, written([FULL], REGISTER), "--dry-run")
    assert "1 new, 0 changed, 0 unchanged (nothing was written)" in result.stdout
    assert [path.name for path in instance.iterdir()] == ["councils.toml"]


def test_a_trial_on_a_filled_instance_says_what_would_change(instance: Path) -> None:
    """And the council stays as it was."""
    imported(instance, written([FULL], REGISTER))
    text = '[[council]]\nmunicipality = "Solingen"\ngroups = []\n'
    assert "0 new, 1 changed" in imported(instance, text, "--dry-run").stdout
    assert "0 new, 1 changed" in imported(instance, text).stdout


def test_it_works_beside_a_running_bot(instance: Path) -> None:
    """The bot's lock is on the database."""
    imported(instance, written([FULL], REGISTER))
    with FileLock(instance / "data" / "kimbot.sqlite3"):
        result = imported(instance, '[[council]]\nmunicipality = "Soest"\n')
    assert result.exit_code == 0, result.stderr


def test_another_key_is_refused(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written that the bot could not open."""
    imported(instance, written([FULL], REGISTER))
    monkeypatch.setenv("KIMBOT_KEY", "YW5vdGhlciBrZXkgZm9yIHRlc3RzLCAzMiBieXRlcy4=")
    result = run("export")
    assert result.exit_code == 2
    assert "not the one this database is sealed with" in result.stderr


def test_one_council_alone_is_written_to_a_file_for_its_owner(instance: Path) -> None:
    """By name or key; never over a file that is there."""
    imported(instance, written(a_hundred_and_fourteen()[:3], REGISTER))
    out, name = instance / "out.toml", a_hundred_and_fourteen()[1].ags
    assert run("export", "--council", name, "--to", out).exit_code == 0
    assert out.read_text("utf-8").count("[[council]]") == 1
    assert out.stat().st_mode & 0o077 == 0
    assert run("export", "--to", out).exit_code == 2


@pytest.mark.parametrize("options", [[], ["--council", "Solingen"]])
def test_nothing_to_export_is_said(instance: Path, options: list[str]) -> None:
    """No database is made for it."""
    result = run("export", *options)
    assert result.exit_code == 2
    assert "no council" in result.stderr
    assert not (instance / "data").exists()


def test_the_example_of_the_docs_can_be_imported() -> None:
    """What docs/councils.md shows is a file without a fault, and says what it seems to say."""
    page = (Path(__file__).parents[1] / "docs" / "councils.md").read_text("utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    found = read_councils(example, checks())
    assert found.faults == ()
    rules = found.entries[0].applied(None).rules
    assert rules[PaperKind.INVITATION].count == FilingRule(number=12, meeting_day=True)
    assert rules[PaperKind.INQUIRY].checked == date(2026, 11, 3)
