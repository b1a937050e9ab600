"""The commands `kimbot backup` and `kimbot restore`, as the command line shows them.

`register(app)` adds them; the work is bot.backup's, read only when it is asked for.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.settings import Settings, SettingsError, load

_TROUBLE: Final = 2


def register(app: typer.Typer) -> None:
    """Add `backup` and `restore` to the program's commands."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="A new file, or a folder; else here, by the time."),
    ] = None,
) -> None:
    """Copy the whole database into one sealed file; also while the bot runs."""
    from bot import backup as work  # noqa: PLC0415 - 1 s only these commands need

    _do(lambda settings: work.backup(settings, file))


def restore(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="A backup.")] = None,
    mark: Annotated[
        bool,
        typer.Option("--mark", help="The database was put back by other means: only hold back."),
    ] = False,
) -> None:
    """Put a backup in the database's place; the bot has to be stopped."""
    from bot import backup as work  # noqa: PLC0415 - as above

    if (file is None) is not mark:
        raise typer.BadParameter("name a backup, or say --mark")
    _do(lambda settings: work.restore(settings, file) if file else work.mark(settings))


def _do(work: Callable[[Settings], str]) -> None:
    from bot.service import TroubleError  # noqa: PLC0415 - as above

    try:
        typer.echo(work(load()))
    except (SettingsError, TroubleError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_TROUBLE) from None
