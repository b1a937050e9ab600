"""What the running bot owes to people's data: erased again after a restore, swept by the hour."""

from typing import Final

from bot.erased import ErasedFile, unusable
from bot.logs import Log
from bot.plan import Plan
from bot.store import sweeping
from bot.store.codec import Codec
from bot.store.idle import Notes
from bot.store.opening import StoreError
from bot.store.persons import Persons
from bot.store.sealing import Pseudonyms
from bot.store.worker import Store, StoreBusyError, StoreFullError

_LOG: Final = Log(__name__)


def persons_of(plan: Plan, pseudonyms: Pseudonyms) -> Persons:
    """The jobs about single persons, as this plan wants them."""
    path = plan.privacy.erased
    return Persons(
        codec=Codec(plan.seal),
        pseudonyms=pseudonyms,
        erased=ErasedFile(path) if path else None,
        unnamed=plan.privacy.unnamed,
    )


async def erase_again(plan: Plan, store: Store, persons: Persons) -> None:
    """Before anything is taken: whoever was erased since a restored backup was made goes again.
    Raises StoreError when that can't be done, or could not be listed from now on."""
    path = plan.privacy.erased
    try:
        if path is not None:
            ErasedFile(path).ready()
        again = await store.write(lambda c: persons.erase_again(c, plan.now()))
    except OSError as error:
        raise StoreError(unusable(path, str(error.strerror))) from None
    except (StoreBusyError, StoreFullError) as error:
        raise StoreError(f"The database can't be written to: {error}.") from None
    if again:
        _LOG.warning("erased again after a restore", count=again)


async def sweep(plan: Plan, store: Store, persons: Persons, notes: Notes | None) -> None:
    """What was kept long enough goes; `notes` where people can be told before."""
    await sweeping.sweep(
        store, persons, plan.now(), invited_only=plan.privacy.invited_only, notes=notes
    )
