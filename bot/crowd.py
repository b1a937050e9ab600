"""The demo's further people, from a TOML file: they have no view on the page, but they count."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.demo.engine import Engine
from bot.demo.engine.chats import Status


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Family(_Part):
    first: tuple[str, ...] = Field(min_length=1)
    last: tuple[str, ...] = Field(min_length=1)


class _Place(_Part):
    ags: str
    people: int


class _File(_Part):
    number: int
    english: int = Field(gt=0)
    blocked: int = Field(gt=0)
    gone: int = Field(gt=0)
    families: tuple[_Family, ...] = Field(min_length=1)
    places: tuple[_Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """One of them, a member of the council of `ags`."""

    id: int
    ags: str
    first: str
    last: str
    language: str
    blocked: bool
    """Has blocked the bot, which will only learn it by a message that does not arrive."""
    gone: bool
    """Likewise: the account is deleted."""

    @property
    def name(self) -> str:
        """As it stands under letters."""
        return f"{self.first} {self.last}"


def read_crowd(file: Path) -> tuple[Extra, ...]:
    """Everybody, council by council. Raises ValueError for a file that is none, and OSError."""
    return tuple(_people(_File.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))))


def enter(engine: Engine, crowd: tuple[Extra, ...]) -> None:
    """Give them accounts that have started the bot."""
    for one in crowd:
        engine.add_person(one.id, one.first, one.last, language_code=one.language, unseen=True)
        engine.chats[one.id].set_bot(Status.KICKED if one.blocked else Status.MEMBER)
        if one.gone:
            engine.delete_account(one.id)


def _people(said: _File) -> Iterator[Extra]:
    nth = count()
    for place in said.places:
        for _ in range(place.people):
            yield _person(said, place.ags, next(nth))


def _person(said: _File, ags: str, index: int) -> Extra:
    family = said.families[index % len(said.families)]
    turn, nth = index // len(said.families), index + 1
    gone = nth % said.gone == 0
    return Extra(
        id=said.number + index,
        ags=ags,
        first=family.first[turn % len(family.first)],
        last=family.last[turn % len(family.last)],
        language="en" if nth % said.english == 0 else "de",
        blocked=nth % said.blocked == 0 and not gone,
        gone=gone,
    )
