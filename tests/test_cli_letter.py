"""`kimbot letter`: papers and answers files in, files out, errors by field and line."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import build
from bot.paper import Paper, read_coverage
from tests.conversations.papers import EVERY, TEMPLATES, answers, letter, library

IDS = [one.id for one in library().catalogue.definitions]
ALL = "docx,pdf,txt,eml,ics"
A = "kim-anfrage-kreisfrei"


def run(*arguments: str | Path) -> Result:
    """Run the command."""
    return CliRunner().invoke(build(), ["letter", *map(str, arguments)])


def filled(folder: Path, id_: str = A) -> Path:
    """The example answers of a paper as a file."""
    file = folder / "answers.toml"
    file.write_text(run("--example", id_).stdout, "utf-8")
    return file


def refused(file: Path, id_: str = A) -> list[str]:
    """The error lines for a file."""
    result = run("--definition", id_, "--answers", file, "--format", "txt", "--out", file.parent)
    assert result.exit_code == 2
    assert not list(file.parent.glob("*.txt"))
    return result.stderr.splitlines()


def test_list_names_every_paper_id_first() -> None:
    """One line per definition, beginning with its id."""
    lines = run("--list").stdout.splitlines()
    assert [re.split("[@ ]", line)[0] for line in lines] == IDS


@pytest.mark.parametrize("id_", IDS)
def test_every_example_renders_as_it_is(id_: str, tmp_path: Path) -> None:
    """The printed answers make one file per format, or one line says which has no data."""
    file = filled(tmp_path, id_)
    out = tmp_path / "new" / "folder"
    result = run("--definition", id_, "--answers", file, "--format", ALL, "--out", out)
    assert result.exit_code == 0, result.stderr
    made = {path.suffix[1:] for path in out.iterdir()}
    left = {line.split()[0] for line in result.stderr.splitlines()}
    assert made | left == set(ALL.split(","))
    assert left == ({"ics"} if id_ == "kim-anfrage-kreis" else set())
    assert len(list(out.iterdir())) == len(made)


@pytest.mark.parametrize("id_", IDS)
def test_examples_name_every_point_and_field(id_: str) -> None:
    """Whoever fills one in sees all there is to choose."""
    text = run("--example", id_).stdout
    assert tomllib.loads(text)
    paper = library().catalogue.latest(id_)
    assert paper is not None
    assert all(field.name in text for field in paper.fields)
    assert all(point.title in text for point in paper.points if not point.only)


def test_an_exact_version_can_be_named(tmp_path: Path) -> None:
    """ID@1 is version 1; one that is not there is an error."""
    file = filled(tmp_path)
    given = ("--answers", file, "--format", "txt", "--out", tmp_path)
    assert run("--definition", f"{A}@1", *given).exit_code == 0
    missing = run("--definition", f"{A}@99", *given)
    assert missing.exit_code == 2
    assert "no such paper" in missing.stderr


def test_json_is_taken_as_well(tmp_path: Path) -> None:
    """The same keys as JSON make the same letter."""
    toml = filled(tmp_path)
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(tomllib.loads(toml.read_text("utf-8")), default=str), "utf-8")
    for source, out in ((toml, tmp_path / "a"), (file, tmp_path / "b")):
        given = ("--definition", A, "--answers", source, "--format", "txt", "--out", out)
        assert run(*given).exit_code == 0
    one, other = (next((tmp_path / name).iterdir()) for name in "ab")
    assert one.read_bytes() == other.read_bytes()


def test_a_municipality_can_be_named(tmp_path: Path) -> None:
    """A name at the top does instead of the key; an unclear one is asked about."""
    file = tmp_path / "answers.toml"
    text = '[sender]\nname = "Kim Demir"\n'
    file.write_text('municipality = "Gelsenkirhen"\n' + text, "utf-8")
    result = run("--definition", A, "--answers", file, "--format", "txt", "--out", tmp_path)
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / next(tmp_path.glob("kim-anfrage-gelsenkirchen-*.txt")).name).exists()
    (next(tmp_path.glob("*.txt"))).unlink()
    file.write_text('municipality = "Kleve"\n' + text, "utf-8")
    assert "line 1: municipality: not clear" in refused(file)[0]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('name = "Mehmet Kaya"', 'name = ""', "sender.name: is missing"),
        ('name = "Mehmet Kaya"', 'nmae = "x"', "sender.nmae: unknown key"),
        ('name = "Mehmet Kaya"', "name = 7", "sender.name: Input should be a valid string"),
        ('name = "Mehmet Kaya"', 'name = "🎉"', "sender.name: the letter's fonts cannot show '🎉'"),
        ('address = "frau"', 'address = "dame"', "council.chair.address: Input should be"),
        ("dropped = []", 'dropped = ["9"]', "dropped: this paper has no '9'"),
        ("funding_from = 2020", "funding_from = 1800", "fields.funding_from: does not fit"),
        ("funding_from = 2020", "funding_form = 2020", "fields.funding_form: this paper has no"),
        ("number = 21", "number = 999", "council.rule.number: does not fit: 999"),
        ('ags = "05111000"', 'ags = "99999999"', "council.ags: no municipality has the key"),
        ('ags = "05111000"', 'ags = "05978020"', "use kim-anfrage-kreisangehoerige"),
        ('start = "17:00"', 'start = "25:00"', "meeting.start: Input should be"),
        ("public = true", 'public = "yes"', "public: Input should be a valid boolean"),
        ("public = true", "public = ", "not TOML"),
    ],
)
def test_errors_name_field_and_line(old: str, new: str, expected: str, tmp_path: Path) -> None:
    """File, line, field and reason, exit code 2, and no file is written."""
    file = filled(tmp_path)
    text = file.read_text("utf-8")
    line = text[: text.index(f"\n{old}")].count("\n") + 2
    file.write_text(text.replace(f"\n{old}", f"\n{new}", 1), "utf-8")
    error = refused(file)[0]
    assert error.startswith(f"kimbot letter: {file}: line {line}: ")
    assert expected in error


def test_errors_in_json_name_the_line(tmp_path: Path) -> None:
    """As in TOML."""
    file = tmp_path / "answers.json"
    file.write_text(
        '{\n "council": {"ags": "05513000"},\n "sender": {\n  "name": 3\n }\n}', "utf-8"
    )
    assert "line 4: sender.name: Input should be a valid string" in refused(file)[0]


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    """Nothing but a municipality: the sender's name is asked for."""
    file = tmp_path / "answers.toml"
    file.write_text('[council]\nags = "05513000"\n', "utf-8")
    assert refused(file) == [f"kimbot letter: {file}: sender.name: is missing"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), "name a paper and a file"),
        (("--definition", A), "name a paper and a file"),
        (("--definition", "nothing", "--answers", "x.toml"), "no such paper"),
        (("--definition", f"{A}@x", "--answers", "x.toml"), "the version is a number"),
        (("--definition", A, "--answers", "x.toml"), "x.toml: cannot be read"),
        (("--definition", A, "--answers", "x.toml", "--format", "odt"), "--format odt"),
        (("--definition", A, "--answers", "x.toml", "--format", ","), "--format nothing"),
        (("--example", "nothing"), "no such paper"),
    ],
)
def test_wrong_options_are_refused_in_plain_words(
    arguments: tuple[str, ...], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, exit code 2."""
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert expected in result.stderr


def test_an_unwritable_folder_is_refused(tmp_path: Path) -> None:
    """A file where the folder should be."""
    file = filled(tmp_path)
    blocked = tmp_path / "blocked"
    blocked.write_text("", "utf-8")
    result = run("--definition", A, "--answers", file, "--format", "txt", "--out", blocked)
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


@pytest.mark.parametrize(("id_", "ags"), EVERY)
def test_default_letters_fit_two_pages(id_: str, ags: str) -> None:
    """All questions, long reasons, everything known: two pages, in every variant."""
    paper = Paper(TEMPLATES, read_coverage())
    assert paper.pages(letter(id_, answers(ags))) <= 2


def test_what_was_typed_reaches_the_files(tmp_path: Path) -> None:
    """Markup and template signs in the answers stand in the text as they are."""
    file = filled(tmp_path)
    text = file.read_text("utf-8").replace("own = []", "own = ['& < > {{7*7}} {% x %} $x$ \\ İı']")
    file.write_text(text, "utf-8")
    result = run("--definition", A, "--answers", file, "--format", "txt", "--out", tmp_path)
    assert result.exit_code == 0, result.stderr
    assert "& < > {{7*7}} {% x %} $x$ \\ İı" in next(tmp_path.glob("*.txt")).read_text("utf-8")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "marked"])
def test_a_file_from_any_editor_is_read(tmp_path: Path, mark: bytes) -> None:
    """With or without the mark that some editors begin a file with, and with any line ends."""
    file = filled(tmp_path)
    file.write_bytes(mark + file.read_bytes().replace(b"\n", b"\r\n"))
    result = run("--definition", A, "--answers", file, "--format", "txt", "--out", tmp_path)
    assert result.exit_code == 0, result.stderr


@pytest.mark.parametrize("name", ["a.toml", "a.json"])
def test_a_number_without_end_is_refused(tmp_path: Path, name: str) -> None:
    """Python refuses to read it; the file is named."""
    number = "9" * 5000
    file = tmp_path / name
    file.write_text(f'{{"own": {number}}}' if name == "a.json" else f"own = {number}", "utf-8")
    result = run("--definition", A, "--answers", file, "--format", "txt", "--out", tmp_path)
    assert result.exit_code == 2
    assert "too many digits" in result.stderr


def test_a_version_without_end_is_refused(tmp_path: Path) -> None:
    """The same for a version."""
    result = run("--definition", f"{A}@{'9' * 5000}", "--answers", filled(tmp_path))
    assert result.exit_code == 2
    assert "the version is a number" in result.stderr
