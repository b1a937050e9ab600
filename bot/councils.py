"""`kimbot council import` and `export`: many councils at once, beside a running bot.

`register(app)` adds the commands. Faults go to standard error, line by line, and end with exit
code 2; the councils without a fault are imported all the same.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from bot.settings import Settings, SettingsError, load
from conversations.rules.deadlines import BERLIN

if TYPE_CHECKING:
    from bot.store.council_files import CouncilFiles
    from conversations.rules.municipalities import Register

_TROUBLE: Final = 2


def register(app: typer.Typer) -> None:
    """Add `council import` and `council export` to the program's commands."""
    councils = typer.Typer(help="Many councils at once, by file.", no_args_is_help=True)
    councils.command("import")(import_)
    councils.command("export")(export)
    app.add_typer(councils, name="council")


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.toml", help="See docs/councils.md.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done.")
    ] = False,
) -> None:
    """Begin and change councils as the file says; the bot may be running."""
    from bot.councils_file import Checks, read_councils  # noqa: PLC0415 - slow, see bot.cli
    from bot.paper import read_coverage  # noqa: PLC0415 - as above

    text, now = _text(file), datetime.now(UTC)
    settings, places = _settings(), _register()
    outcomes: Counter[str] = Counter()
    with _opened(settings, make=not dry_run) as stored:
        checks = Checks(
            register=places,
            coverage=read_coverage(),
            stored=frozenset(one.ags for one in stored.all()) if stored else frozenset(),
            today=now.astimezone(BERLIN).date(),
        )
        found = read_councils(text, checks)
        for entry in found.entries:
            outcome = "new"
            if stored:
                outcome = stored.put(entry.ags, entry.applied, now, trial=dry_run)
            outcomes[outcome] += 1
            if outcome != "unchanged":
                typer.echo(f"{outcome}: {entry.ags} {entry.name}")
    for fault in found.faults:
        typer.echo(f"{file}: {fault}", err=True)
    _sum_up(outcomes, len(found.faults), dry_run=dry_run)


def _sum_up(outcomes: Counter[str], faults: int, *, dry_run: bool) -> None:
    told = ", ".join(f"{outcomes[word]} {word}" for word in ("new", "changed", "unchanged"))
    tried = " (nothing was written)" if dry_run else ""
    typer.echo(f"Councils: {told}{tried}.")
    if faults:
        _end(
            f"{faults} faults: the councils named above were left out. Put them right, then again."
        )


def export(
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="Instead of printing.")] = None,
    council: Annotated[
        str, typer.Option(metavar="KEY", help="Only this one: the municipality's key or name.")
    ] = "",
) -> None:
    """Write councils as a file that `import` takes. It holds names of people: keep it safe."""
    from bot.councils_text import written  # noqa: PLC0415 - slow, see bot.cli

    settings, places = _settings(), _register()
    with _opened(settings, make=False) as stored:
        profiles = stored.all() if stored else ()
    if council:
        profiles = tuple(one for one in profiles if one.ags == _key(council, places))
    if not profiles:
        _end(f"There is no council of {council}." if council else "There is no council yet.")
    text = written(profiles, places)
    if to is None:
        typer.echo(text, nl=False)
        return
    _write(to, text)
    typer.echo(f"{len(profiles)} councils are in {to}. It holds names of people: keep it safe.")


def _key(named: str, places: "Register") -> str:
    from conversations.rules.municipalities import Match  # noqa: PLC0415 - as above

    found = places.search(named)
    return found.municipality.ags if isinstance(found, Match) else named


def _write(to: Path, text: str) -> None:
    """For the owner only, and never over a file that is there."""
    try:
        handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except FileExistsError:
        _end(f"{to} is there already; name another file.")
    except OSError as error:
        _end(f"{to} can't be written: {error.strerror}.")


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")  # some editors begin every file with a mark
    except UnicodeDecodeError as error:
        _end(f"{file} is not UTF-8 (byte {error.start}).")
    except OSError as error:
        _end(f"{file} can't be read: {error.strerror}.")


def _register() -> "Register":
    from bot.library import read_register_of  # noqa: PLC0415 - as above
    from bot.wording import folder  # noqa: PLC0415 - as above

    try:
        return read_register_of(folder())
    except (OSError, ValueError, KeyError) as error:
        _end(f"The templates can't be used: {error}")


@contextmanager
def _opened(settings: Settings, *, make: bool) -> Iterator["CouncilFiles | None"]:
    """The councils stored; None where there is no database yet and none shall be made."""
    from bot.service import TroubleError, find_seal, make_folder  # noqa: PLC0415 - as above
    from bot.store.council_files import opened  # noqa: PLC0415 - as above
    from bot.store.opening import StoreError  # noqa: PLC0415 - as above

    if not make and settings.database_path and not settings.database_path.exists():
        yield None
        return
    try:
        make_folder(settings)
        with opened(settings.database(), settings.database_path, find_seal(settings)) as stored:
            yield stored
    except (StoreError, TroubleError) as error:
        _end(str(error))


def _settings() -> Settings:
    try:
        return load()
    except SettingsError as error:
        _end(str(error))


def _end(text: str) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(_TROUBLE)
