"""The catalogues of the chat's texts: read for the program, extracted and updated for translators.

German is the message id. Texts come from messages/*.jinja, messages/*.toml and the definitions.
"""

import gettext
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from conversations.rules.definitions import messages as definition_messages
from conversations.rules.definitions import read

PROJECT = "KIM-Bot"
_FUNCTIONS = ("_", "ngettext")
_OPTIONS = {"trimmed": "true", "silent": "false"}
_UNSTEADY = ('"POT-Creation-Date:', '"PO-Revision-Date:', '"Generated-By:')
"""Header lines that would differ at every update, though no text did."""
_PLACEHOLDERS = ("EMAIL@ADDRESS", "LL@li.org")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A text to translate, with its plural if it has one, and the file it stands in."""

    text: str | tuple[str, str]
    file: str
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How far a language is: texts translated of all."""

    language: str
    translated: int
    all: int


def read_translations(locale: Path) -> Mapping[str, gettext.NullTranslations]:
    """The shipped languages beside the reference, each from its kimbot.po. Raises ValueError."""
    return {file.parents[1].name: _compiled(file) for file in _files(locale)}


def languages(locale: Path) -> list[str]:
    """The languages that have a catalogue."""
    return [file.parents[1].name for file in _files(locale)]


def extract(templates: Path) -> Iterator[Message]:
    """Every text to translate, in a stable order."""
    for file in sorted((templates / "messages").glob("*.jinja")):
        yield from _jinja(file)
    for file in sorted((templates / "messages").glob("*.toml")):
        for text in tomllib.loads(file.read_text("utf-8"))["labels"].values():
            yield Message(text=text, file=f"messages/{file.name}")
    inquiries = templates / "inquiries"
    files = {
        p.relative_to(inquiries).as_posix(): p.read_text("utf-8")
        for p in inquiries.glob("*/*.toml")
    }
    for definition in read(files).definitions:
        for text in definition_messages(definition):
            yield Message(text=text, file=f"inquiries/{definition.id}/{definition.version}.toml")


def update(templates: Path, language: str) -> Coverage:
    """Bring a language's kimbot.po to the texts there are now; nothing translated is lost."""
    file = _file(templates, language)
    wanted = Catalog(project=PROJECT, locale=language, fuzzy=False, charset="utf-8")
    for message in extract(templates):
        line = [(message.file, message.line)] if message.line else [(message.file, 1)]
        wanted.add(message.text, locations=line)
    kept = _read(file) if file.exists() else Catalog(locale=language)
    kept.update(wanted, no_fuzzy_matching=True, update_header_comment=False)
    kept.project, kept.version, kept.fuzzy = PROJECT, "", False
    kept.header_comment = f"# {PROJECT}: {language}. The message ids are German, the reference."
    file.parent.mkdir(parents=True, exist_ok=True)
    written = BytesIO()
    write_po(written, kept, width=100, include_lineno=False, sort_by_file=True)
    file.write_text(_steady(written.getvalue().decode()), "utf-8")
    return state(templates, language)


def state(templates: Path, language: str) -> Coverage:
    """How far a language's catalogue is."""
    file = _file(templates, language)
    messages = [m for m in _read(file) if m.id]
    done = sum(1 for m in messages if m.string and (isinstance(m.string, str) or all(m.string)))
    return Coverage(language=language, translated=done, all=len(messages))


def _steady(written: str) -> str:
    """The catalogue with a header that says only what is known, so that updates stay small."""
    header, blank, messages = written.partition("\n\n")
    lines = [
        line.replace(" \\n", "\\n")
        for line in header.splitlines()
        if not line.startswith(_UNSTEADY) and not any(word in line for word in _PLACEHOLDERS)
    ]
    return "\n".join(lines) + blank + messages


def _jinja(file: Path) -> Iterator[Message]:
    with file.open("rb") as source:
        for line, function, found, _ in babel_extract(source, _FUNCTIONS, (), _OPTIONS):
            parts = [found] if isinstance(found, str) else [text for text in found or () if text]
            text = (parts[0], parts[1]) if function == "ngettext" else parts[0]
            yield Message(text=text, file=f"messages/{file.name}", line=line)


def _file(templates: Path, language: str) -> Path:
    return templates / "locale" / language / "LC_MESSAGES" / "kimbot.po"


def _files(locale: Path) -> list[Path]:
    return sorted(locale.glob("*/LC_MESSAGES/kimbot.po"))


def _read(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=file.parents[1].name, abort_invalid=True)


def _compiled(file: Path) -> gettext.NullTranslations:
    compiled = BytesIO()
    write_mo(compiled, _read(file))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
