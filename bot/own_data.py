"""An export as two files: JSON with everything, and a text to read in the person's language."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from html import unescape
from typing import Any, Final

from bot.store.letters import StoredFile
from bot.store.persons import Export
from conversations.flows.records import said
from conversations.rules.deadlines import BERLIN
from conversations.rules.municipalities import Register
from conversations.rules.texts import REFERENCE, Texts
from conversations.standing import Record

_MOMENTS: Final = {
    "due",
    *("at", "blocked", "erased_before", "ended", "expires", "exported", "made", "since", "stopped"),
    *("touched", "withdrawn"),
}
_DAYS: Final = {"filed"}
_ELSEWHERE: Final = {
    *("id", "language", "consent", "called", "stopped", "withdrawn", "blocked"),
    "reminding",
}
"""Parts of a member that stand under another heading, or are mere settings."""
_CODES: Final = {
    *("sender.filer", "council.rule", "council.chair.address", "council.head.address"),
    "district_head.address",
}
"""Choices, not texts: they stand in the JSON."""
_TYPED: Final = ("texts", "own", "own_reason", "fields", "sender", "council", "place", "meeting")


class OwnData:
    """Writes exports."""

    def __init__(self, texts: Texts, register: Register) -> None:
        self._texts = texts
        self._register = register

    def files(self, export: Export) -> tuple[StoredFile, StoredFile]:
        """The JSON file and the text file, named by the day of the export."""
        language = _language(export)
        day = str(_section(export, "about")["exported"])[:10]
        name = self._texts.plain("own_data/file_name", language)
        raw = json.dumps(export, ensure_ascii=False, indent=2) + "\n"
        return (
            _file(f"{name}-{day}", "json", "application/json", raw),
            _file(f"{name}-{day}", "txt", "text/plain", self.text(export, language)),
        )

    def text(self, export: Export, language: str) -> str:
        """Everything to be read, with the moments in local time."""
        values = {key: _readable(value) for key, value in export.items()}
        html = self._texts.html(
            "own_data/text",
            language,
            **values,
            place=self._place,
            done=lambda record: self._done(record, language),
            remembered=lambda one: list(_remembered(one, lambda key: self._field(key, language))),
            typed=lambda answers: [text for _, text in _typed(answers)],
        )
        return unescape(html) + "\n"

    def _place(self, ags: str) -> str:
        found = self._register.get(ags)
        return found.name if found else ags

    def _done(self, record: Mapping[str, Any], language: str) -> str:
        """A line of the audit log as /protokoll says it."""
        kind, _, rest = record["object"].partition(":")
        thing = rest.rpartition(":")[2] if kind == "invitation" else record["object"]
        if thing in ("you", "somebody"):
            thing = self._texts.plain(f"own_data/{thing}", language)
        return said(
            self._texts,
            language,
            Record(at=record["at"], who="", action=record["action"], object=thing),
        )

    def _field(self, key: str, language: str) -> str:
        return self._label(f"own_{key}", key, language)

    def _label(self, key: str, otherwise: str, language: str) -> str:
        try:
            return self._texts.label(key, language)
        except KeyError:
            return otherwise


def _language(export: Export) -> str:
    members = export["member"]
    assert isinstance(members, list)
    return str(members[0]["language"]) if members else REFERENCE


def _section(export: Export, name: str) -> Mapping[str, object]:
    found = export[name]
    assert isinstance(found, Mapping)
    return found


def _file(name: str, form: str, mime: str, text: str) -> StoredFile:
    content = text.encode()
    return StoredFile(
        format=form,
        name=f"{name}.{form}",
        mime=mime,
        sha256=sha256(content).hexdigest(),
        content=content,
    )


def _readable(tree: Any) -> Any:
    """The same with moments and days as values instead of ISO texts."""
    match tree:
        case dict():
            return {key: _valued(key, value) for key, value in tree.items()}
        case list():
            return [_readable(one) for one in tree]
        case _:
            return tree


def _valued(key: str, value: Any) -> Any:
    if isinstance(value, str) and key in _MOMENTS:
        return datetime.fromisoformat(value).astimezone(BERLIN)
    if isinstance(value, str) and key in _DAYS:
        return date.fromisoformat(value)
    return _readable(value)


def _remembered(
    member: Mapping[str, Any], named: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    """What the next letter takes over, under readable names."""
    for path, value in _leaves({key: member[key] for key in member if key not in _ELSEWHERE}):
        key, _, rest = path.partition(".") if path.startswith("routes") else (path, "", "")
        yield named(key.replace(".", "_")), f"{rest}: {value}" if rest else value


def _typed(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What was typed into a draft."""
    yield from _leaves({key: answers[key] for key in _TYPED})


def _leaves(tree: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text and day in a tree with its path; codes of forms of address and rules left out."""
    match tree:
        case dict():
            for key, value in tree.items():
                if f"{path}.{key}".lstrip(".") not in _CODES:
                    yield from _leaves(value, f"{path}.{key}".lstrip("."))
        case list():
            for value in tree:
                yield from _leaves(value, path)
        case str() | int() if tree != "" and not isinstance(tree, bool):
            yield path, str(tree)
