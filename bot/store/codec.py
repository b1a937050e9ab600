"""Values of `conversations` as stored JSON, and back. No table is known here."""

from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from bot.store.lettercode import read_letter, write_letter
from bot.store.schema import FORMAT
from conversations.core import Draft, Member, Position
from conversations.rules.letter import Letter

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)

Value = TypeVar("Value")


class UnknownFormatError(Exception):
    """A row was written in a format that this program doesn't know."""


class Body(Generic[Value]):
    """Writes and reads one type of value. Safe to be used by several threads."""

    def __init__(self, adapter: TypeAdapter[Value]) -> None:
        self._adapter = adapter

    def write(self, value: Value) -> str:
        """The value as JSON."""
        return self._adapter.dump_json(value).decode()

    def read(self, text: str, form: int) -> Value:
        """The value again; UnknownFormatError for a row of another format."""
        if form != FORMAT:
            raise UnknownFormatError(form)
        return self._adapter.validate_json(text)


class Codec:
    """The bodies of all tables."""

    def __init__(self) -> None:
        self.member = Body(TypeAdapter(Member))
        self.position = Body(TypeAdapter(Position))
        self.draft = Body(TypeAdapter(Draft))

    def write_letter(self, letter: Letter) -> str:
        """The letter as JSON."""
        return write_letter(letter)

    def read_letter(self, text: str, form: int) -> Letter:
        """The letter again; UnknownFormatError for a row of another format."""
        if form != FORMAT:
            raise UnknownFormatError(form)
        return read_letter(text)


def stamp(moment: datetime) -> int:
    """An aware moment as stored: UTC milliseconds since 1970."""
    return (moment - _EPOCH) // _MILLISECOND


def moment(stamped: int) -> datetime:
    """A stored moment, aware, UTC."""
    return _EPOCH + stamped * _MILLISECOND
