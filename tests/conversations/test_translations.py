"""The translations of the chat: complete, faithful in form, and walkable to the letter."""

import random
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from bot.translations import extract, languages, read_translations, state, update
from bot.wording import ShellWords, read_texts
from conversations import commands
from conversations.dialogues import Dialogues
from conversations.rules.texts import Texts
from tests.conversations.test_any_way import PLACES, anything, assert_fits
from tests.conversations.walk import TEMPLATES, Member

LOCALE = TEMPLATES / "locale"
SHIPPED = languages(LOCALE)
PLACEHOLDER = re.compile(r"%\(\w+\)s")
TAG = re.compile(r"</?\w+[^>]*>|&#?\w+;")
GLOSS = re.compile(r" \([^)]*\)")
COMMAND = re.compile(r"(?<![\w/<])/([a-z]+)\b")
MOST_ON_A_BUTTON = 30

shipped = pytest.mark.parametrize("language", SHIPPED)


def catalogue(language: str, locale: Path = LOCALE) -> Catalog:
    """The language's catalogue as it is shipped."""
    with (locale / language / "LC_MESSAGES" / "kimbot.po").open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    """A message id or a translation as its forms: one, or one per plural."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def pairs(language: str) -> Iterator[tuple[str, str]]:
    """Every German text with each form of its translation."""
    for message in catalogue(language):
        for form in forms(message.string) if message.id else ():
            yield forms(message.id)[-1], form


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The templates in a folder of their own."""
    return Path(shutil.copytree(TEMPLATES, tmp_path / "templates"))


@pytest.fixture(scope="session")
def texts() -> Texts:
    """All texts in all languages."""
    return read_texts(TEMPLATES)


@shipped
def test_a_shipped_catalogue_has_every_text(language: str) -> None:
    """No member meets a German sentence among others: each text there is stands translated."""
    found = catalogue(language)
    wanted = {forms(message.text)[0] for message in extract(TEMPLATES)}
    translated = {forms(m.id)[0] for m in found if m.id and m.string and all(forms(m.string))}
    assert wanted - translated == set()


@shipped
def test_nothing_in_a_catalogue_is_unsure_or_left_over(language: str) -> None:
    """A fuzzy text would not be shown, an obsolete one only grows the file."""
    found = catalogue(language)
    assert [m.id for m in found if m.id and m.fuzzy] == []
    assert list(found.obsolete) == []


@shipped
def test_a_translation_has_the_placeholders_of_the_german_text(language: str) -> None:
    """A lost placeholder hides an answer, an invented one breaks the card."""
    for message in catalogue(language):
        german = [set(PLACEHOLDER.findall(form)) for form in forms(message.id)]
        found = [set(PLACEHOLDER.findall(form)) for form in forms(message.string)]
        if message.id:
            assert found[-1] == german[-1], message.id
            assert all(german[0] & german[-1] <= one <= german[-1] for one in found), message.id


@shipped
def test_a_translation_has_no_percent_sign_of_its_own(language: str) -> None:
    """A percent sign that opens no placeholder would break the text when values are put in."""
    for german, translated in pairs(language):
        assert "%" not in PLACEHOLDER.sub("", translated), german


@shipped
def test_a_translation_has_the_tags_of_the_german_text(language: str) -> None:
    """Telegram refuses a message with a broken tag."""
    for german, translated in pairs(language):
        assert sorted(TAG.findall(translated)) == sorted(TAG.findall(german)), german
        assert "<" not in TAG.sub("", translated), german


@shipped
def test_every_plural_form_is_there(language: str) -> None:
    """A text with a number has as many forms as the language counts with."""
    counted = [m for m in catalogue(language) if isinstance(m.id, tuple)]
    assert counted
    for message in counted:
        assert len(forms(message.string)) == get_plural(language)[0], message.id
        assert all(forms(message.string)), message.id


@shipped
def test_the_plural_line_is_the_languages_own(language: str) -> None:
    """The head of the file counts as the language does."""
    number, rule = get_plural(language)
    head = (LOCALE / language / "LC_MESSAGES" / "kimbot.po").read_text("utf-8")
    assert f'"Plural-Forms: nplurals={number}; plural={rule};\\n"' in head


@shipped
def test_a_button_that_a_text_names_is_called_so(language: str, texts: Texts) -> None:
    """Where the German text quotes a button, the translation quotes that button's own words."""
    labels = {texts.label(k.partition(":")[2], "de") for k in texts.keys() if k[:6] == "label:"}  # noqa: SIM118
    for german, translated in pairs(language):
        for name in set(re.findall("„([^“]+)“", german)) & labels:
            words = GLOSS.sub("", texts.translate(name, language))
            assert re.search(f"[„“»«”]{re.escape(words)}[“”»«]", translated), german


@shipped
def test_words_fit_on_a_button(language: str, texts: Texts) -> None:
    """Words on a button are short enough for a phone; the menu of commands has more room."""
    labels = [k.partition(":")[2] for k in texts.keys() if k.startswith("label:")]  # noqa: SIM118
    for key in labels:
        if not key.startswith("command_"):
            assert 0 < len(PLACEHOLDER.sub("", texts.label(key, language))) <= MOST_ON_A_BUTTON


@shipped
def test_every_command_that_a_text_names_exists(language: str) -> None:
    """A translation may name a command by its alias, but by none that there is not."""
    named = {name for _, translated in pairs(language) for name in COMMAND.findall(translated)}
    assert named
    assert {name for name in named if commands.named(name) is None} == set()


@shipped
def test_a_language_is_offered_under_its_own_name(language: str, texts: Texts) -> None:
    """The button that leads to a language is not written in another one."""
    assert texts.label("language_name", language) != texts.label("language_name", "de")


@shipped
def test_an_update_without_changes_changes_nothing(language: str, copied: Path) -> None:
    """Bringing an untouched catalogue to the texts leaves every byte as it is."""
    file = copied / "locale" / language / "LC_MESSAGES" / "kimbot.po"
    before = file.read_bytes()
    update(copied, language)
    unchanged = file.read_bytes() == before  # the difference of two whole files takes minutes
    assert unchanged


def test_a_new_language_starts_empty_with_a_clean_head(copied: Path) -> None:
    """A translator finds every text, and nobody's invented address or date in the head."""
    coverage = update(copied, "tr")
    assert coverage.translated == 0
    assert coverage.all == len({forms(message.text)[0] for message in extract(copied)})
    head = (copied / "locale" / "tr" / "LC_MESSAGES" / "kimbot.po").read_text("utf-8")[:600]
    assert not re.search(r"@|VERSION|FULL NAME|YEAR|Date", head)


def test_an_update_keeps_what_a_translator_wrote_about_herself(copied: Path) -> None:
    """A real name in the head stays; only the placeholders go."""
    file = copied / "locale" / "en" / "LC_MESSAGES" / "kimbot.po"
    credit = '"Last-Translator: Aylin Demir <a.demir@example.org>\\n"\n'
    file.write_text(file.read_text("utf-8").replace('"Language: en', credit + '"Language: en', 1))
    update(copied, "en")
    assert credit in file.read_text("utf-8")


def test_a_translation_whose_text_has_gone_is_kept_aside(copied: Path) -> None:
    """A German text reworded by mistake costs no translation."""
    labels = copied / "messages" / "labels.toml"
    labels.write_text(labels.read_text("utf-8").replace('"Umbenennen"', '"Anders nennen"'))
    before = state(copied, "en").translated
    assert update(copied, "en").translated == before - 1
    assert "Umbenennen" in catalogue("en", copied / "locale").obsolete


def test_a_text_missing_in_english_is_said_in_german(copied: Path) -> None:
    """A new text that nobody has translated yet appears in German, never as nothing."""
    label = copied / "messages" / "labels.toml"
    label.write_text(label.read_text("utf-8").replace('"Umbenennen"', '"Anders nennen"'))
    update(copied, "en")
    assert read_texts(copied).label("rename", "en") == "Anders nennen"
    assert read_texts(copied).label("copy", "en") == "Copy"


def test_counting_follows_the_language() -> None:
    """One draft, two drafts."""
    english = read_translations(LOCALE)["en"]
    said = [english.ngettext("%(num)s Entwurf", "%(num)s Entwürfe", n) for n in (1, 2)]
    assert said == ["%(num)s draft", "%(num)s drafts"]


@pytest.mark.parametrize("language", ["de", *SHIPPED])
def test_what_the_bot_says_by_itself_is_there(language: str, texts: Texts) -> None:
    """Apologies, the answer in groups and the menu of commands are there in each language."""
    words = ShellWords(texts)
    said, button = words.group(language)
    assert all((said, button, words.busy(language), words.broken(language, "7F3K")))
    menu = words.menu(language, frozenset(commands.Audience))
    assert [name for name, _ in menu] == [c.name for c in commands.COMMANDS]
    assert all(description for _, description in (*menu, *words.group_menu(language)))


@pytest.mark.parametrize("place", PLACES)
@shipped
def test_no_way_through_ends_in_an_error(
    dialogues: Dialogues, texts: Texts, language: str, place: str
) -> None:
    """Random members in this language: each turn is answered within Telegram's limits."""
    for seed in range(4):
        chance = random.Random(f"{language}{place}{seed}")
        member = Member(dialogues)
        member.state = replace(member.state, telegram_language=language)
        member.call("start").press(texts.label("agree", language))
        member.press(member.labels[chance.randrange(2)]).type(place)
        assert member.state.member is not None
        assert member.state.member.language == language
        for _ in range(60):
            anything(member, chance)
            assert_fits(member)
