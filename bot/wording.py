"""Reads the templates folder: in a checkout beside the packages, in a wheel inside `bot`."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.translations import read_translations
from conversations.commands import COMMANDS, IN_GROUPS, Audience, Command
from conversations.rules.texts import Texts


def folder() -> Path:
    """The templates folder of this installation."""
    packaged = Path(__file__).with_name("_templates")
    return packaged if packaged.is_dir() else Path(__file__).parents[1] / "templates"


def read_texts(templates: Path) -> Texts:
    """All texts of the chat, with the shipped translations."""
    files = sorted(p for p in (templates / "messages").iterdir() if p.is_file())
    messages = {file.name: file.read_text("utf-8") for file in files}
    return Texts(messages, read_translations(templates / "locale"))


class ShellWords:
    """What the shell says by itself, from the same texts (bot.telegram.words)."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    @property
    def languages(self) -> Sequence[str]:
        """Shipped languages, the reference first."""
        return self._texts.languages

    def broken(self, language: str, code: str) -> str:
        """Something broke; the code to name."""
        return self._html("trouble/apology", language, code=code)

    def letter_failed(self, language: str, code: str) -> str:
        """A letter could not be written; it is tried again."""
        return self._html("trouble/letter_failed", language, code=code)

    def busy(self, language: str) -> str:
        """Nothing can be stored just now."""
        return self._html("trouble/busy", language)

    def file_lost(self, language: str) -> str:
        """A document that was to be kept could not be fetched; send it once more."""
        return self._html("trouble/file_lost", language)

    def group(self, language: str) -> tuple[str, str]:
        """In a group: a short answer, and the words on the button."""
        language = self._texts.nearest(language)
        words = self._texts.label("go_private", language)
        return self._html("trouble/only_private", language), words

    def added(self, language: str) -> tuple[str, str]:
        """Taken into a group: one neutral sentence, and the words on the button."""
        language = self._texts.nearest(language)
        return self._html("trouble/added", language), self._texts.label("go_private", language)

    def menu(
        self, language: str, roles: frozenset[Audience] = frozenset()
    ) -> Sequence[tuple[str, str]]:
        """Command and description for people of these roles, in the order of the table."""
        audiences = {Audience.EVERYBODY, *roles}
        return self._described(language, (c for c in COMMANDS if c.audiences & audiences))

    def group_menu(self, language: str) -> Sequence[tuple[str, str]]:
        """The few commands that do something in groups."""
        return self._described(language, (c for c in COMMANDS if c.name in IN_GROUPS))

    def _described(self, language: str, commands: Iterable[Command]) -> Sequence[tuple[str, str]]:
        return [(c.name, self._texts.label(f"command_{c.name}", language)) for c in commands]

    def _html(self, key: str, language: str, **values: object) -> str:
        return self._texts.html(key, self._texts.nearest(language), **values)
