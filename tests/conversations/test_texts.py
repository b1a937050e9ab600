"""The texts of the chat: every one is there, used, and the same in every language."""

import re
import tomllib
from pathlib import Path

import pytest
from markupsafe import escape

from conversations.commands import COMMANDS
from conversations.rules.knowledge import Knowledge
from conversations.rules.reminding import ReminderKind
from conversations.rules.texts import Texts

ROOT = Path(__file__).parents[2]
SHELL_LABELS = {"go_private", "post_inquiry"}
USED_BY_THE_SHELL = {
    "trouble/apology", "trouble/busy", "trouble/full", "trouble/letter_failed",
    "trouble/only_private", "trouble/added", *(f"label:{key}" for key in SHELL_LABELS),
    "own_data/text", "own_data/file_name", "own_data/unnamed",
    "trouble/file_lost", "notices/unreachable", "notices/idle",
}  # fmt: skip
CODE = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "conversations").rglob("*.py")))


def quoted(pattern: str) -> set[str]:
    """Everything the pattern's group finds in the dialogues' code."""
    return set(re.findall(pattern, CODE))


def test_every_text_the_dialogues_name_exists(know: Knowledge) -> None:
    """A key in the code that no template has would fail in front of a member."""
    named = quoted(r'(?:line|with_foot|html|plain)\(\s*"([a-z]+/[a-z_]+)"')
    assert named - set(know.texts.keys()) == set()


def test_no_text_stands_there_for_nothing(know: Knowledge) -> None:
    """A block or label that nothing names is a leftover."""
    named = quoted(r'"([a-z]+/[a-z_]+)"') | USED_BY_THE_SHELL
    details = {f"detail/{what}" for what in quoted(r'^    "([a-z_]+)": Detail\(')}
    blocks = {key for key in know.texts.keys() if not key.startswith("label:")}  # noqa: SIM118
    dynamic = {"recipient/chair", "recipient/head", "own_data/you", "own_data/somebody"}
    dynamic |= {key for key in blocks if key.startswith("detail/")}
    dynamic |= {f"reminders/{kind}" for kind in ReminderKind}
    dynamic |= {f"timetable/{name}" for name in quoted(r'_say\("([a-z_]+)"')}
    assert blocks - named - details - dynamic == set()


def test_every_label_is_used(know: Knowledge) -> None:
    """A label is named in the code, belongs to a command, or is made from a value."""
    words = set(re.findall(r"[a-z_0-9]+", CODE))
    made = re.compile(
        r"(command|change|keep|length|form|rule|record|invite|own|remind|chat_kind"
        r"|reminding|rhythm|filed_by)_"
    )
    labels = {key.removeprefix("label:") for key in know.texts.keys() if key.startswith("label:")}  # noqa: SIM118
    assert {label for label in labels - words if not made.match(label)} - SHELL_LABELS == set()


def tables() -> dict[str, dict[str, dict[str, str]]]:
    """The files of button words, by name."""
    files = sorted((ROOT / "templates" / "messages").glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text("utf-8")) for file in files}


def test_no_label_is_named_twice() -> None:
    """Two files that name the same label: the later one would win, in silence."""
    for part in ("labels", "words"):
        named = [key for table in tables().values() for key in table.get(part, {})]
        assert [key for key in named if named.count(key) > 1] == [], part


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_words_of_a_button_fit_on_a_phone(know: Knowledge, language: str) -> None:
    """Longer ones are cut in the middle of a word; values come in addition."""
    labels = {
        key: re.sub(r"%\(\w+\)s", "", know.texts.translate(words, language))
        for name, table in tables().items()
        if name not in {"own_data", "records"}  # words in texts
        for key, words in table["labels"].items()
        if not key.startswith("command_")
    }
    assert {key: words for key, words in labels.items() if len(words) > 30} == {}


def test_every_command_has_a_description(know: Knowledge) -> None:
    """The "/" menu and /hilfe name each command with what it does."""
    help_text = know.texts.html(
        "help/hilfe", "de", commands=COMMANDS, label=lambda key: know.texts.label(key, "de")
    )
    for command in COMMANDS:
        assert f"/{command.name} – {know.texts.label(f'command_{command.name}', 'de')}" in help_text


def test_an_unknown_language_gets_english_and_german_gets_german(know: Knowledge) -> None:
    """Only shipped languages are offered; somebody with another one is greeted in English."""
    texts: Texts = know.texts
    assert texts.nearest("de-AT") == "de"
    assert texts.nearest("") == "de"
    assert texts.nearest("en-GB") == "en"
    assert texts.nearest("vi") == "en"


@pytest.mark.parametrize("value", ["<b>", "&amp;", "a & b", "{{ 7*7 }}", "{% raw %}"])
def test_values_are_escaped(know: Knowledge, value: str) -> None:
    """What a person typed is shown as typed, never as markup or template."""
    assert str(escape(value)) in know.texts.html("drafts/renamed", "de", title=value)
