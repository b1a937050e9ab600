"""`kimbot export` and `kimbot forget`: what a person may ask of the operator (Art. 15, 17, 20
DSGVO). Both work beside a running bot.

`register(app)` adds the commands. Exit codes as in bot.cli.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

import typer

from bot.erased import ErasedFile
from bot.keys import KeyTroubleError, seal_for
from bot.own_data import OwnData
from bot.service import TroubleError, read_templates
from bot.settings import SettingsError, load
from bot.store import letters
from bot.store.beside import Beside, beside, look_for
from bot.store.codec import Codec
from bot.store.letters import StoredFile
from bot.store.opening import StoreError
from bot.store.persons import Export, Persons
from bot.store.sweeping import emptied
from conversations.core import LetterId
from conversations.rules.knowledge import Knowledge
from conversations.rules.texts import REFERENCE
from conversations.standing import PersonId

_TROUBLE: Final = 2


class Desk:
    """What both commands need: the database, the texts, the jobs about a person."""

    def __init__(self, found: Beside, know: Knowledge, codec: Codec, erased: ErasedFile) -> None:
        self._beside = found
        self._know = know
        self._codec = codec
        self._persons = Persons(
            codec=codec,
            pseudonyms=found.pseudonyms,
            erased=erased,
            unnamed=know.texts.plain("own_data/unnamed", REFERENCE),
        )

    def export(self, person: PersonId) -> Iterator[StoredFile]:
        """The export's two files, then those of every letter."""
        now = datetime.now(UTC)
        found = self._beside.look(lambda c: self._persons.export(c, person, now))
        yield from OwnData(self._know.texts, self._know.register).files(found)
        for id_ in _letters(found):
            yield from self._beside.look(partial(letters.files, codec=self._codec, letter_id=id_))

    def forget(self, person: PersonId) -> Mapping[str, int]:
        """Rows the person was taken out of, by table."""
        now = datetime.now(UTC)
        gone = self._beside.write(lambda c: self._persons.erase(c, person, now))
        self._beside.look(emptied)
        return gone


@contextmanager
def desk() -> Iterator[Desk]:
    """The desk for the settings as they are; every trouble is a sentence and exit code 2."""
    try:
        settings = load()
        look_for(settings.database_path)
        seal = seal_for(settings)
        with beside(settings.database(), settings.database_path, seal) as found:
            yield Desk(found, read_templates(), Codec(seal), ErasedFile(settings.erased_list))
    except (SettingsError, KeyTroubleError, TroubleError, StoreError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_TROUBLE) from None
    except OSError as error:
        typer.echo(f"{error.filename}: {error.strerror}", err=True)
        raise typer.Exit(_TROUBLE) from None


def write_export(person: PersonId, to: Path) -> Iterator[Path]:
    """Write the files of a person's export, for the owner only; gives each one's path."""
    with desk() as at_work:
        to.mkdir(parents=True, exist_ok=True, mode=0o700)
        for number, file in enumerate(at_work.export(person)):
            path = to / f"{person}-{number:03d}-{file.name}"
            path.unlink(missing_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(handle, "wb") as opened:  # noqa: PTH123 - a handle with its rights
                opened.write(file.content)
            yield path


def erase(person: PersonId) -> str:
    """Erase a person; what was done, in a sentence or two."""
    with desk() as at_work:
        gone = {table: rows for table, rows in at_work.forget(person).items() if rows}
    if not gone:
        return f"Nothing is stored about person {person}."
    listed = ", ".join(f"{table} {rows}" for table, rows in gone.items())
    words = (
        f"Person {person} was erased. Rows by table: {listed}. Letters that a council had filed "
        "stay there without the name; the audit log keeps a pseudonym."
    )
    if "operator" in gone:
        words += (
            " If that was the last operator, the next `kimbot run` prints a link for a new one."
        )
    return words


def _letters(export: Export) -> list[LetterId]:
    found = export["letters"]
    assert isinstance(found, list)
    return [LetterId(one["id"]) for one in found]
