"""Who plans and sends what nobody asked for, built from the plan."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.ground import Ground
from bot.planner import Planner
from bot.store.aftermath import Aftermath
from bot.store.broadcasts.asking import Asking
from bot.store.broadcasts.exchanged import Exchanged
from bot.store.broadcasts.looking import Looking
from bot.store.idle import Notes
from bot.store.planning import Planning
from bot.telegram.sending import Sender
from bot.telegram.settling import Settling
from bot.telegram.transport import Transport
from bot.telegram.unasked import Unasked
from bot.telegram.ways import Bulk, Readers, ways


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """Who plans and sends what nobody asked for."""

    planner: Planner
    sender: Sender
    notes: Notes


def reminding(ground: Ground, transport: Transport, *, bot: Callable[[], str]) -> Reminding | None:
    """Built; None where nothing is sent but answers. `bot` says the bot's user name."""
    plan, store = ground.plan, ground.store
    if plan.know is None:
        return None
    planning = Planning(ground.codec, ground.pseudonyms)
    aftermath = Aftermath(ground.codec, planning)
    notes = Notes(ground.codec, ground.pseudonyms)
    pace = ground.pace
    return Reminding(
        notes=notes,
        planner=Planner(store=store, planning=planning, now=plan.now),
        sender=Sender(
            store=store,
            settling=Settling(store=store, aftermath=aftermath, pace=pace, now=plan.now),
            ways=ways(
                plan.know,
                Readers(
                    aftermath=aftermath,
                    notes=notes,
                    looking=Looking(ground.codec, planning),
                    asking=Asking(ground.codec),
                    exchanged=Exchanged(ground.codec),
                ),
                Unasked(plan.know, bot),
                Bulk(plan.know, bot, paid=plan.budget.paid),
            ),
            transport=transport,
            pace=pace,
            slots=plan.budget.slots,
            now=plan.now,
        ),
    )
