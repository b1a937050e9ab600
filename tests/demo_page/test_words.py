"""The page's texts: complete in both languages, each used, none missing."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPTS = "\n".join(
    path.read_text(encoding="utf-8") for path in (ROOT / "bot/demo/page").glob("*.js")
)
BUILT = (
    "people.role.",
    "file.kind.",
    "preview.mail.",
    "service.",
    "settings.theme.",
    "chats.",
    "shortcuts.",
    "key.",
)
"""Beginnings of keys that scripts put together."""


def texts(language: str) -> dict[str, str]:
    """All texts of a language."""
    path = ROOT / "templates/demo" / f"{language}.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def keys() -> set[str]:
    """All keys; the two forms of a number count as one."""
    all_keys = texts("de").keys()
    counted = {key.removesuffix(".one") for key in all_keys if key.endswith(".one")}
    forms = {f"{key}.{form}" for key in counted for form in ("one", "other")}
    return (all_keys - forms) | counted


def fields(text: str) -> set[str]:
    """The {names} in a text."""
    return set(re.findall(r"\{(\w+)\}", text))


def test_both_languages_have_the_same_keys() -> None:
    """No text is missing in English and none is there that German lacks."""
    assert texts("de").keys() == texts("en").keys()


def test_both_languages_fill_in_the_same_names() -> None:
    """A text and its translation have the same places to fill."""
    english = texts("en")
    assert {
        key for key, text in texts("de").items() if fields(text) != fields(english[key])
    } == set()


def test_every_key_in_the_scripts_has_a_text() -> None:
    """What a script says exists."""
    said = re.findall(r'\b(?:say|count)\(\s*"([a-z.]+)"', SCRIPTS)
    assert len(said) > 60
    assert {key for key in said if key not in keys()} == set()


def test_every_text_is_used() -> None:
    """No text lies around that no script shows."""
    unused = {key for key in keys() if f'"{key}"' not in SCRIPTS and not key.startswith(BUILT)}
    assert unused == set()


def test_no_script_speaks_by_itself() -> None:
    """Words with umlauts in a script would be a text that belongs into templates."""
    assert re.findall(r'"[^"\n]*[äöüÄÖÜß][^"\n]*"', SCRIPTS) == []
