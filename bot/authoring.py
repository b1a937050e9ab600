"""What shows broadcasts to those who send them; built where the bot speaks unasked."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.ground import Ground
from bot.paper.xlsx import xlsx
from bot.store.broadcasts.missing import Missing
from bot.store.broadcasts.rehearsing import Rehearsing
from bot.store.planning import Planning
from bot.telegram.lists import Lists
from bot.telegram.progress import Progress
from bot.telegram.rehearsals import Rehearsals
from bot.telegram.transport import Upload
from conversations.broadcasts import BroadcastId
from conversations.broadcasts.unreached import Sheet
from conversations.standing import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Authoring:
    """What runs beside the turns."""

    progress: Progress
    rehearsals: Rehearsals
    lists: Lists

    async def close(self) -> None:
        """Show nothing more."""
        self.rehearsals.close()
        await self.progress.close()


def authoring_of(ground: Ground, bot: Callable[[], str]) -> Authoring | None:
    """Built of the ground; None where nothing is sent but answers. `bot` says its user name."""
    know = ground.plan.know
    if know is None:
        return None
    progress = Progress(
        store=ground.store,
        codec=ground.codec,
        outbox=ground.outbox,
        pace=ground.pace,
        know=know,
        now=ground.plan.now,
    )
    planning = Planning(ground.codec, ground.pseudonyms)
    rehearsals = Rehearsals(
        store=ground.store,
        reading=Rehearsing(ground.codec, ground.pseudonyms, planning),
        outbox=ground.outbox,
        know=know,
        now=ground.plan.now,
        bot=bot,
    )
    lists = Lists(
        store=ground.store,
        missing=Missing(ground.codec, ground.pseudonyms),
        outbox=ground.outbox,
        know=know,
        write=_written,
        now=ground.plan.now,
    )
    return Authoring(progress=progress, rehearsals=rehearsals, lists=lists)


async def no_list(_person: PersonId, _broadcast: BroadcastId, _chat: int) -> None:
    """Where no broadcasts are sent, nobody asks whom they did not reach."""


def _written(sheet: Sheet) -> Upload:
    file = xlsx(sheet)
    return Upload(name=file.name, mime=file.mime, content=file.content)
