"""Values of `conversations` as stored JSON, and back. No table is known here."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Generic, TypeVar, cast

from pydantic import TypeAdapter

from bot.store.lettercode import read_letter, write_letter
from bot.store.schema import FORMAT
from bot.store.sealing import Seal
from conversations.agenda import CalendarSource, CouncilMeeting, Filed, LinkedChat, Report
from conversations.broadcasts import Content
from conversations.core import Draft, LetterId, Member, Position
from conversations.rules.letter import Letter
from conversations.rules.profile import Profile
from conversations.standing import Badge

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)

Value = TypeVar("Value")


class UnknownFormatError(Exception):
    """A row was written in a format that this program doesn't know."""


class Body(Generic[Value]):
    """Writes and reads one type of value, sealed. Safe to be used by several threads."""

    def __init__(self, kind: type[Value], seal: Seal, table: str) -> None:
        self._adapter: TypeAdapter[Value] = _adapter(cast("Hashable", kind))
        self._seal = seal
        self._table = table

    def write(self, value: Value, row: object) -> str:
        """The value as sealed JSON; `row` is the row's key, several parted by "/"."""
        plain = self._adapter.dump_json(value).decode()
        return self._seal.close_text(plain, f"{self._table}:{row}")

    def read(self, text: str, form: int, row: object) -> Value:
        """The value again; UnknownFormatError for a row of another format, SealedError for one
        that does not open."""
        if form != FORMAT:
            raise UnknownFormatError(form)
        return self._adapter.validate_json(self._seal.open_text(text, f"{self._table}:{row}"))

    def tree(self, text: str, form: int, row: object) -> dict[str, object]:
        """The value as names, texts, numbers and lists, for an export. Raises as `read`."""
        found = self._adapter.dump_python(self.read(text, form, row), mode="json")
        assert isinstance(found, dict)
        return found


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    """Built once for each type: all twelve take a tenth of a second, and codecs are many."""
    return TypeAdapter(kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What somebody wrote in answer to a broadcast."""

    text: str
    ags: str = ""
    """Of the municipality through whose council the member got the broadcast."""
    to: str = ""
    """Id of the answer it is written back to."""


class Codec:
    """The bodies of all tables."""

    def __init__(self, seal: Seal) -> None:
        self.seal = seal
        self.member = Body(Member, seal, "member")
        self.position = Body(Position, seal, "dialogue")
        self.draft = Body(Draft, seal, "draft")
        self.council = Body(Profile, seal, "council")
        self.badge = Body(Badge, seal, "membership")
        self.meeting = Body(CouncilMeeting, seal, "meeting")
        self.report = Body(Report, seal, "report")
        self.filed = Body(Filed, seal, "filing")
        self.calendar = Body(CalendarSource, seal, "calendar")
        self.broadcast = Body(Content, seal, "broadcast")
        self.answer = Body(Words, seal, "answer")
        self.chat = Body(LinkedChat, seal, "chat_link")

    def write_letter(self, letter: Letter, row: LetterId) -> str:
        """The letter as sealed JSON."""
        return self.seal.close_text(write_letter(letter), f"letter:{row}")

    def read_letter(self, text: str, form: int, row: LetterId) -> Letter:
        """The letter again; UnknownFormatError for a row of another format."""
        if form != FORMAT:
            raise UnknownFormatError(form)
        return read_letter(self.seal.open_text(text, f"letter:{row}"))


def stamp(moment: datetime) -> int:
    """An aware moment as stored: UTC milliseconds since 1970."""
    return (moment - _EPOCH) // _MILLISECOND


def moment(stamped: int) -> datetime:
    """A stored moment, aware, UTC."""
    return _EPOCH + stamped * _MILLISECOND
