"""The commands `kimbot export` and `kimbot forget`, as the command line shows them.

`register(app)` adds them; the work is bot.rights', read only when it is asked for.
"""

from pathlib import Path
from typing import Annotated, Final

import typer

from conversations.standing import PersonId

_MOST: Final = 2**52
"""Numbers of people at Telegram have at most 52 significant bits (Bot API, User)."""

Number = Annotated[
    int, typer.Argument(min=1, max=_MOST, metavar="PERSON", help="Telegram's number of the person.")
]


def register(app: typer.Typer) -> None:
    """Add `export` and `forget` to the program's commands."""
    app.command("export")(export)
    app.command("forget")(forget)


def export(
    person: Number,
    to: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the files go.")] = Path(),
) -> None:
    """Write all that is stored about a person: JSON, a text to read, the files of their letters."""
    from bot.rights import write_export  # noqa: PLC0415 - 1 s only these commands need

    for path in write_export(PersonId(person), to):
        typer.echo(path)


def forget(
    person: Number,
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
) -> None:
    """Erase all that is stored about a person, at once; also while the bot runs."""
    from bot.rights import erase  # noqa: PLC0415 - as above

    if not yes:
        typer.confirm(f"Erase everything about person {person}? It can't be undone", abort=True)
    typer.echo(erase(PersonId(person)))
