"""The few texts the shell says by itself; they come from the templates, by argument."""

from collections.abc import Sequence
from typing import Protocol

from conversations.commands import Audience


class Words(Protocol):
    """Telegram HTML, in the language nearest to an IETF tag."""

    @property
    def languages(self) -> Sequence[str]:
        """Shipped languages, the reference first."""

    def broken(self, language: str, code: str) -> str:
        """Something broke; what was answered is kept; the code to name when asking somebody."""

    def busy(self, language: str) -> str:
        """Nothing can be stored just now (locked, full); nothing is lost; try again in a moment."""

    def letter_failed(self, language: str, code: str) -> str:
        """A letter could not be written; it is tried again."""

    def file_lost(self, language: str) -> str:
        """A document that was to be kept could not be fetched; send it once more."""

    def group(self, language: str) -> tuple[str, str]:
        """In a group: a short answer, and the words on the button into the private chat."""

    def added(self, language: str) -> tuple[str, str]:
        """Taken into a group: one neutral sentence, and the words on that button."""

    def menu(
        self, language: str, roles: frozenset[Audience] = frozenset()
    ) -> Sequence[tuple[str, str]]:
        """The command menu of a private chat, for people of these roles: command without slash,
        description."""

    def group_menu(self, language: str) -> Sequence[tuple[str, str]]:
        """The command menu of groups."""
