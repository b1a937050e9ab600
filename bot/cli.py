"""The command line: `kimbot run`, `check`, `migrate`, `letter`, … It speaks English.

Exit codes: 0 well, 2 something to be put right first, 3 gave way to another instance, 70 the
watchdog ended a bot that had gone quiet.
"""

import gc
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from bot import backup_commands, broadcasts, councils, letters, rights_commands
from bot.settings import Settings, SettingsError, load

_TROUBLE: Final = 2
_GAVE_WAY: Final = 3


def main() -> None:
    """Run the program."""
    build()()


def build() -> typer.Typer:
    """All commands."""
    app = typer.Typer(
        help="Telegram bot for the integration councils of North Rhine-Westphalia.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,  # it would print the values of variables: texts, the token
    )
    for command in (demo, run, check, migrate, rekey, texts):
        app.command()(command)
    letters.register(app)
    rights_commands.register(app)
    councils.register(app)
    broadcasts.register(app)
    backup_commands.register(app)
    return app


def demo(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one.")
    ] = 8765,
    browser: Annotated[bool, typer.Option(help="Open the chat page in the browser.")] = True,
    data: Annotated[
        Path | None, typer.Option(help="Keep everything in this folder; else nothing is kept.")
    ] = None,
) -> None:
    """Try the bot in the browser: no account, no token, nothing leaves this machine."""
    from bot.demonstration import Show, demonstrate  # noqa: PLC0415 - as below
    from bot.service import TroubleError  # noqa: PLC0415 - as below

    try:
        demonstrate(Show(port=port, browser=browser, data=data), typer.echo)
    except TroubleError as error:
        _end(str(error), _TROUBLE)


def run() -> None:
    """Run the bot until it is stopped (Ctrl-C or SIGTERM)."""
    gc.disable()  # a sixth of the start; enabled again as soon as everything is loaded
    from bot.service import GaveWayError, TroubleError, serve  # noqa: PLC0415 - 1 s only `run` needs

    try:
        serve(_settings(), typer.echo)
    except GaveWayError as error:
        _end(str(error), _GAVE_WAY)
    except TroubleError as error:
        _end(str(error), _TROUBLE)


def check() -> None:
    """Check everything `run` needs, and say what is wrong."""
    from bot.checks import Grade, checks  # noqa: PLC0415 - as above

    bad = False
    for found in checks(_settings()):
        typer.echo(f"{found.grade:4} {found.text}", err=found.grade is not Grade.OK)
        bad = bad or found.grade is Grade.BAD
    if bad:
        raise typer.Exit(_TROUBLE)


def migrate() -> None:
    """Bring the database to this program's version; `run` does the same by itself."""
    from bot.service import TroubleError, upgrade  # noqa: PLC0415 - as above

    try:
        changed = upgrade(_settings())
    except TroubleError as error:
        _end(str(error), _TROUBLE)
    typer.echo("The database was migrated." if changed else "The database is up to date.")


def rekey() -> None:
    """Seal everything that is stored with a new key (the bot has to be stopped)."""
    from bot.rekey import rekey as renew  # noqa: PLC0415 - as above
    from bot.service import TroubleError  # noqa: PLC0415 - as above

    try:
        typer.echo(renew(_settings()))
    except TroubleError as error:
        _end(str(error), _TROUBLE)


def texts(
    update: Annotated[
        bool, typer.Option("--update", help="Bring the catalogues to the texts there are now.")
    ] = False,
    languages: Annotated[
        list[str] | None, typer.Argument(help="Languages, also new ones; all by default.")
    ] = None,
) -> None:
    """Say how far each translation is (for translators)."""
    from bot import translations  # noqa: PLC0415 - only this command needs it
    from bot.wording import folder  # noqa: PLC0415 - as above

    for language in languages or translations.languages(folder() / "locale"):
        found = (translations.update if update else translations.state)(folder(), language)
        typer.echo(f"{found.language}: {found.translated} of {found.all} texts")


def _settings() -> Settings:
    try:
        return load()
    except SettingsError as error:
        _end(str(error), _TROUBLE)


def _end(text: str, code: int) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(code)
