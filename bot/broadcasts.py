"""`kimbot broadcast`: what goes out to many, seen and steered from the command line, beside a
running bot. It never prints what a broadcast says, nor anybody's name.

`register(app)` adds the commands. Exit codes as in bot.cli: 2 when it could not be done.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

if TYPE_CHECKING:
    from bot.store.broadcasts.steering import Sight, Steering
    from conversations.broadcasts import Broadcast
    from conversations.rules.municipalities import Register

_TROUBLE: Final = 2

Id = Annotated[str, typer.Argument(metavar="ID", help="As `kimbot broadcast list` shows it.")]


def register(app: typer.Typer) -> None:
    """Add `broadcast list`, `show` and the rest to the program's commands."""
    group = typer.Typer(
        help="See and steer broadcasts; the bot may be running.", no_args_is_help=True
    )
    group.command("list")(list_)
    group.command("show")(show)
    group.command("pause")(pause)
    group.command("resume")(resume)
    group.command("cancel")(cancel)
    group.command("resend-unclear")(resend_unclear)
    group.command("let-unclear")(let_unclear)
    app.add_typer(group, name="broadcast")


def list_() -> None:
    """List what goes on or waits, then the latest of the rest: id, stage, for whom, how far."""
    from bot.broadcasts_text import listed  # noqa: PLC0415 - slow, see bot.cli

    with _steering() as (steering, places):
        typer.echo(listed(steering.latest(), places))


def show(id_: Id) -> None:
    """Show one: its stages with their times, how far it is, what could not be delivered and why."""
    from bot.broadcasts_text import shown  # noqa: PLC0415 - as above

    with _steering() as (steering, places):
        typer.echo(shown(_found(steering, id_), places))


def pause(id_: Id) -> None:
    """Let nothing more of it go out for now; what is on its way is not called back."""
    _moved(
        id_,
        lambda steering, now: steering.pause(id_, now),
        done="Broadcast {id} is paused: {tally.waiting} wait. `broadcast resume` lets them go.",
        refused="Only what runs or waits for its time can be paused",
    )


def resume(id_: Id) -> None:
    """Let a paused one go on, at its time if that is still to come."""
    _moved(
        id_,
        lambda steering, now: steering.resume(id_, now),
        done="Broadcast {id} is {stage} again: {tally.waiting} to go.",
        refused="Only what is paused can be resumed, and by who takes it over in the chat if its "
        "author may not send it any more",
    )


def cancel(
    id_: Id, yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False
) -> None:
    """End it for good: what is not sent yet never will be."""
    if not yes:
        typer.confirm(f"Cancel broadcast {id_}? It can't be resumed then", abort=True)
    _moved(
        id_,
        lambda steering, now: steering.cancel(id_, now),
        done="Broadcast {id} is cancelled: {tally.sent} were sent, {tally.dropped} never will be.",
        refused="Only what is confirmed and not over can be cancelled",
    )


def resend_unclear(id_: Id) -> None:
    """Send once more all messages of which nobody knows whether they arrived: some may get it
    twice."""
    _moved(
        id_,
        lambda steering, now: steering.resend(id_, now),
        done="Broadcast {id}: {count} messages go once more.",
        refused="Nothing of it is unclear, or it was cancelled",
    )


def let_unclear(id_: Id) -> None:
    """Leave all messages as they are of which nobody knows whether they arrived."""
    _moved(
        id_,
        lambda steering, now: steering.let_be(id_, now),
        done="Broadcast {id}: {count} messages stay as they are.",
        refused="Nothing of it is unclear",
    )


def _moved(
    id_: str, move: "Callable[[Steering, datetime], int]", *, done: str, refused: str
) -> None:
    with _steering() as (steering, _):
        _found(steering, id_)
        count = move(steering, present())
        now: Broadcast = _found(steering, id_).broadcast
        if not count:
            _end(f"{refused}; broadcast {id_} is {now.stage}.")
        typer.echo(done.format(id=id_, count=int(count), stage=now.stage, tally=now.tally))


def present() -> datetime:
    """The time; tests move it."""
    return datetime.now(UTC)


def _found(steering: "Steering", id_: str) -> "Sight":
    found = steering.one(id_)
    if found is None:
        _end(f"There is no broadcast {id_}; `kimbot broadcast list` shows them.")
    return found


@contextmanager
def _steering() -> "Iterator[tuple[Steering, Register]]":
    """The broadcasts, and what municipalities are called; every trouble is a sentence and exit
    code 2."""
    from bot.keys import KeyTroubleError, seal_for  # noqa: PLC0415 - as above
    from bot.settings import SettingsError, load  # noqa: PLC0415 - as above
    from bot.store.beside import beside, look_for  # noqa: PLC0415 - as above
    from bot.store.broadcasts.steering import Steering  # noqa: PLC0415 - as above
    from bot.store.codec import Codec  # noqa: PLC0415 - as above
    from bot.store.opening import StoreError  # noqa: PLC0415 - as above

    try:
        settings = load()
        look_for(settings.database_path)
        seal = seal_for(settings)
        places = _places()
        with beside(settings.database(), settings.database_path, seal) as found:
            yield Steering(found, Codec(seal)), places
    except (SettingsError, KeyTroubleError, StoreError) as error:
        _end(str(error))


def _places() -> "Register":
    from bot.library import read_register_of  # noqa: PLC0415 - as above
    from bot.wording import folder  # noqa: PLC0415 - as above

    try:
        return read_register_of(folder())
    except (OSError, ValueError, KeyError) as error:
        _end(f"The templates can't be used: {error}")


def _end(text: str) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(_TROUBLE)
