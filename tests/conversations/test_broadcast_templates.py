"""Ready-made calls: those shipped are sound, and broken ones are refused with a clear word."""

import re
from pathlib import Path

import pytest

from bot.library import read_broadcasts
from conversations.broadcasts import Link
from conversations.broadcasts.posts import Mark
from conversations.commands import COMMANDS
from conversations.rules.broadcast_templates import read
from conversations.rules.definitions import DefinitionsRefusedError
from conversations.rules.knowledge import Knowledge
from conversations.rules.placeholders import values
from conversations.rules.posting import LIMIT, fill, parts, units
from conversations.rules.written_marks import post_of
from tests.conversations.agendas import at, facts

FILE = "broadcasts/gruss.toml"
GOOD = """
order = 5

[title]
de = "Gruß"
en = "Greeting"

[text]
de = '''
**Guten Tag** aus {kommune}, [hier](https://example.org/a) steht mehr.
'''
en = "Hello"

[[links]]
inquiry = true

[[links]]
label = "Mehr lesen"
url = "https://example.org"
"""


def refused(text: str, file: str = FILE) -> str:
    with pytest.raises(DefinitionsRefusedError) as caught:
        read({file: text})
    return str(caught.value)


def test_a_file_is_read_with_marks_and_links() -> None:
    """Title, texts by language, marks and buttons come out of the file."""
    (found,) = read({FILE: GOOD})
    assert (found.id, found.order, found.title("en"), found.title("tr")) == (
        "gruss",
        5,
        "Greeting",
        "Gruß",
    )
    assert found.posts["de"].text == "Guten Tag aus {kommune}, hier steht mehr."
    assert found.posts["de"].marks == (
        Mark(type="bold", offset=0, length=9),
        Mark(type="text_link", offset=25, length=4, url="https://example.org/a"),
    )
    assert found.links == (Link(), Link(label="Mehr lesen", url="https://example.org"))


def test_the_reference_language_comes_first() -> None:
    """German is the first language, wherever it stands in the file."""
    text = '[title]\nen = "A"\nde = "B"\n[text]\nen = "A"\nde = "B"\n'
    (found,) = read({FILE: text})
    assert (list(found.titles), list(found.posts)) == (["de", "en"], ["de", "en"])


def test_they_stand_in_menu_order() -> None:
    """Small numbers come first, whatever the files are called."""
    first, second = GOOD.replace("order = 5", "order = 1"), GOOD
    found = read({"broadcasts/a.toml": second, "broadcasts/b.toml": first})
    assert [one.id for one in found] == ["b", "a"]


def test_none_at_all_is_fine() -> None:
    """A folder without calls is no trouble."""
    assert read({}) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('de = "Gruß"', "", "broadcasts/gruss.toml:4: title.de: is missing"),
        ('en = "Hello"', "", "text.en: title and text need the same languages"),
        ('de = "Gruß"', f'de = "{"x" * 41}"', "title.de: must be one line of 1 to 40 characters"),
        ('de = "Gruß"', 'de = " "', "title.de: must be one line of 1 to 40 characters"),
        ('en = "Hello"', 'en = " "', "text.en: is empty"),
        ('en = "Hello"', f'en = "{"x" * 17000}"', "text.en: is too long: more than 4 messages"),
        ("{kommune}", "{ort}", "gruss.toml:9: text.de: there is no placeholder {ort}"),
        ("**Guten Tag**", "**Guten Tag", "text.de: a ** has no second one"),
        ("**Guten Tag**", "****", "text.de: nothing stands between ** and **"),
        ("[hier]", "[**hier**]", "text.de: write ** around a [link]"),
        ("https://example.org/a", "http://example.org", "text.de: [hier] needs an address"),
        ("https://example.org/a", "javascript:1", "text.de: [hier] needs an address"),
        ('"https://example.org"', '"http://example.org"', "links.1.url: must begin with https://"),
        ('label = "Mehr lesen"', "", "links.1.label: must have 1 to 30 characters"),
        ("inquiry = true", 'inquiry = true\nurl = "https://a.de"', "links.0: inquiry = true"),
        ("order = 5", 'order = "five"', "order"),
        ("order = 5", "colour = 5", "colour"),
        ("order = 5", "order = ", "not TOML"),
        ("\nen = ", '\nEnglish = "x"\nen = ', "title.English: is no language"),
    ],
)
def test_what_is_wrong_is_named(old: str, new: str, said: str) -> None:
    """Each mistake is refused with file, key and reason."""
    assert said in refused(GOOD.replace(old, new, 1))


def test_no_more_than_three_buttons() -> None:
    """A message with many buttons is no call."""
    assert "links: more than 3" in refused(GOOD + "[[links]]\ninquiry = true\n" * 2)


@pytest.mark.parametrize(
    "file", ["broadcasts/Gruß.toml", "broadcasts/a/b.toml", "broadcasts/a.txt"]
)
def test_a_file_has_its_name(file: str) -> None:
    """Anything else in the folder is a mistake somebody should hear of."""
    assert "must be named <id>.toml" in refused(GOOD, file)


def test_problems_of_all_files_are_told_at_once() -> None:
    """Who wrote two wrong files learns of both."""
    with pytest.raises(DefinitionsRefusedError) as caught:
        read({"broadcasts/a.toml": "", "broadcasts/b.toml": ""})
    assert {problem.file for problem in caught.value.problems} == {
        "broadcasts/a.toml",
        "broadcasts/b.toml",
    }


def test_marks_count_units() -> None:
    """A mark behind an emoji has its offset in UTF-16 units, as Telegram wants it."""
    assert post_of("😀 **fett**").marks == (Mark(type="bold", offset=3, length=4),)


def test_a_link_may_be_bold() -> None:
    """The signs for bold stand around a link."""
    post = post_of("**siehe [hier](https://a.de)**")
    assert [(one.type, one.offset, one.length) for one in post.marks] == [
        ("bold", 0, 10),
        ("text_link", 6, 4),
    ]


def test_a_single_star_and_brackets_are_text() -> None:
    """What is no mark stays as it is written."""
    assert post_of("2 * 3 [siehe oben] (https)").text == "2 * 3 [siehe oben] (https)"


# --- those that are shipped -----------------------------------------------------------------------


def test_there_are_calls_in_german_and_english(know: Knowledge) -> None:
    """Every shipped call says the same in both languages, under titles that differ."""
    assert next(one.id for one in know.broadcasts) == "kim-anfrage-jetzt"
    assert all(list(one.posts) == ["de", "en"] for one in know.broadcasts)
    titles = [title for one in know.broadcasts for title in one.titles.values()]
    assert len(set(titles)) == 2 * len(know.broadcasts)


def test_every_call_is_one_message_once_it_is_filled(know: Knowledge) -> None:
    """A ready-made call fits on a phone: one message, well below the limit, no brace left over."""
    known = values(know, facts(), at("2026-11-22"), "de")
    for one in know.broadcasts:
        for post in one.posts.values():
            filled = fill(post, known)
            assert len(parts(post)) == 1
            assert units(filled.text) < LIMIT / 4
            assert "{" not in filled.text


def test_every_call_names_commands_that_exist(know: Knowledge) -> None:
    """A call that sends people to a command sends them to one that is there."""
    there = {name for one in COMMANDS for name in (one.name, *one.aliases)}
    said = {
        name
        for one in know.broadcasts
        for post in one.posts.values()
        for name in re.findall(r"(?<![\w/])/([a-z]+)", post.text)
    }
    assert said
    assert said <= there


def test_both_languages_use_the_same_placeholders(know: Knowledge) -> None:
    """The translation says no less than the German text."""
    for one in know.broadcasts:
        used = [set(re.findall(r"{\w+}", post.text)) for post in one.posts.values()]
        assert used[0] == used[1], one.id


def test_the_folder_is_read_and_a_mistake_names_its_file(tmp_path: Path) -> None:
    """A broken file in the folder is refused by its path; hidden files are nobody's business."""
    folder = tmp_path / "broadcasts"
    folder.mkdir()
    (folder / ".swp").write_text("x", "utf-8")
    (folder / "gruss.toml").write_text(GOOD, "utf-8")
    assert [one.id for one in read_broadcasts(tmp_path)] == ["gruss"]
    (folder / "leer.toml").write_text("", "utf-8")
    with pytest.raises(DefinitionsRefusedError, match=r"broadcasts/leer\.toml: title"):
        read_broadcasts(tmp_path)


def test_an_installation_without_calls_starts(tmp_path: Path) -> None:
    """The folder may be missing."""
    assert read_broadcasts(tmp_path) == ()
