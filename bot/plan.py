"""Of what the bot is made: all that differs between production, demo and tests, as one value."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.calendars.fetching import Fetcher
from bot.calendars.looking import Calendars as Reading
from bot.calendars.reading import Reader
from bot.store.letters import StoredFile
from bot.store.persons import Export
from bot.store.scope import Broadcasting
from bot.store.sealing import Seal
from bot.telegram.deliveries import Pages, Render
from bot.telegram.gate import Restraint
from bot.telegram.gathering import Tempo
from bot.telegram.handling import Patience
from bot.telegram.own_data import Writing
from bot.telegram.pace import Budget
from bot.telegram.polling import Rhythm
from bot.telegram.timetables import Timetabling
from bot.telegram.turns import Dialogues
from bot.telegram.words import Words
from conversations.rules.audience import placed
from conversations.rules.knowledge import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen:
    """Where health and feeds are answered, without a webhook or beside it."""

    host: str
    port: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """Updates by webhook instead of polling: the public address, the secret, where to listen."""

    address: str
    secret: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8080


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Every wait of the shell, in seconds; tests take shorter ones."""

    tempo: Tempo = Tempo()
    restraint: Restraint = Restraint()
    patience: Patience = Patience()
    rhythm: Rhythm = Rhythm()
    busy: float = 5.0
    """How long a write waits for a locked database."""
    acknowledge: float = 2.0
    retry: float = 30.0
    follow: float = 60.0
    """Between two looks for calendars that are due."""
    sweep: float = 3600.0
    plan: float = 60.0
    """Between two looks at what councils have to be reminded of."""
    send: float = 2.0
    """Between two looks at what is due."""
    progress: float = 2.0
    """Between two looks at how far broadcasts are, and so between two edits of a message."""
    replica: float = 15.0
    """A process among several that is silent for so long is taken for dead."""
    handed: float = 0.25
    """Between two looks at what other processes kept for this one."""
    grace: float = 8.0
    """How long running turns may take when the bot is stopped."""
    watchdog: float = 180.0


def _nothing(_export: Export) -> Sequence[StoredFile]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """How people's data is given out and taken out."""

    erased: Path | None = None
    """The list of erased persons, outside the database; None keeps none."""
    unnamed: str = ""
    """Stands for a gone name in filed letters that say no function."""
    invited_only: bool = False
    """Nobody stays without a role, 30 days after the last one ended."""
    write: Writing = _nothing
    """Makes an export into files."""


def _reading() -> Reading:
    return Reading(reader=Reader(), fetcher=Fetcher())


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendars:
    """How calendars are written and read."""

    write: Timetabling
    """Makes a council's timetable into a file."""
    reading: Reading = field(default_factory=_reading)
    """Reads other people's calendars."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Of what the bot is made."""

    root: str
    token: str = field(repr=False)
    database: str = field(repr=False)
    """SQLAlchemy address."""
    seal: Seal
    """Seals people's and councils' fields in the database."""
    path: Path | None = None
    """The SQLite file, if it is one: checked and locked."""
    dialogues: Dialogues
    words: Words
    render: Render
    pages: Pages
    now: Callable[[], datetime]
    posted: Posted | None = None
    listen: Listen | None = None
    proxy: str | None = None
    operators: tuple[int, ...] = ()
    """People who are operators from the start on."""
    announce: Callable[[str], None] | None = None
    """Gets the link that makes its opener the first operator; without it there is none."""
    privacy: Privacy = Privacy()
    calendars: Calendars
    times: Times = Times()
    know: Knowledge | None = None
    """Of what is spoken unasked; without it nothing is sent but answers."""
    budget: Budget = Budget()
    """How fast it is sent."""

    @property
    def broadcasting(self) -> Broadcasting:
        """What the store has to know about broadcasts."""
        know = self.know
        if know is None:
            return Broadcasting()
        return Broadcasting(placed=partial(placed, know), four_eyes=know.house.four_eyes)
