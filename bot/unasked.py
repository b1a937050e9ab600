"""Who plans and sends what nobody asked for, built from the plan."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.plan import Plan
from bot.planner import Planner
from bot.store.aftermath import Aftermath
from bot.store.broadcasts.looking import Looking
from bot.store.codec import Codec
from bot.store.idle import Notes
from bot.store.planning import Planning
from bot.store.sealing import Pseudonyms
from bot.store.worker import Store
from bot.telegram.pace import Pace
from bot.telegram.sending import Sender
from bot.telegram.settling import Settling
from bot.telegram.transport import Transport
from bot.telegram.unasked import Unasked
from bot.telegram.ways import Bulk, ways


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """Who plans and sends what nobody asked for."""

    planner: Planner
    sender: Sender
    notes: Notes


def reminding(
    plan: Plan,
    *,
    store: Store,
    pseudonyms: Pseudonyms,
    transport: Transport,
    bot: Callable[[], str],
) -> Reminding | None:
    """Built; None where nothing is sent but answers. `bot` says the bot's user name."""
    if plan.know is None:
        return None
    codec = Codec(plan.seal)
    planning = Planning(codec, pseudonyms)
    aftermath, notes = Aftermath(codec, planning), Notes(codec, pseudonyms)
    pace = Pace(plan.budget)
    return Reminding(
        notes=notes,
        planner=Planner(store=store, planning=planning, now=plan.now),
        sender=Sender(
            store=store,
            settling=Settling(store=store, aftermath=aftermath, pace=pace, now=plan.now),
            ways=ways(
                aftermath=aftermath,
                notes=notes,
                unasked=Unasked(plan.know, bot),
                looking=Looking(codec, planning),
                bulk=Bulk(plan.know, bot, paid=plan.budget.paid),
            ),
            transport=transport,
            pace=pace,
            slots=plan.budget.slots,
            now=plan.now,
        ),
    )
