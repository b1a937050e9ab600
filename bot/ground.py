"""What most parts of the running bot stand on: the store, the ways to Telegram, this process."""

from dataclasses import dataclass
from datetime import timedelta

from bot.plan import Plan
from bot.store.codec import Codec
from bot.store.leases import new_holder
from bot.store.replicas import Replica
from bot.store.sealing import Pseudonyms
from bot.store.worker import Store
from bot.telegram.acknowledged import Acknowledged
from bot.telegram.apology import Apologies
from bot.telegram.care import Care
from bot.telegram.files import Files
from bot.telegram.outbox import Outbox
from bot.telegram.pace import Pace
from bot.telegram.parcels import Parcels
from bot.telegram.receipts import Receipts
from bot.telegram.transport import Transport


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What most parts stand on."""

    plan: Plan
    store: Store
    pseudonyms: Pseudonyms
    codec: Codec
    replica: Replica
    pace: Pace
    outbox: Outbox
    parcels: Parcels
    files: Files
    acknowledged: Acknowledged
    receipts: Receipts
    care: Care
    apologies: Apologies


def ground_of(plan: Plan, store: Store, pseudonyms: Pseudonyms, transport: Transport) -> Ground:
    """Made of the plan and what was opened for it."""
    replica = Replica(
        holder=new_holder(),
        shared=store.shared,
        pseudonyms=pseudonyms,
        term=timedelta(seconds=plan.times.replica),
    )
    pace, receipts = Pace(plan.budget), Receipts()
    outbox = Outbox(transport, spent=pace.spent)
    return Ground(
        plan=plan,
        store=store,
        pseudonyms=pseudonyms,
        codec=Codec(plan.seal),
        replica=replica,
        pace=pace,
        outbox=outbox,
        parcels=Parcels(outbox),
        files=Files(transport),
        acknowledged=Acknowledged(),
        receipts=receipts,
        care=Care(
            store=store, seal=plan.seal, receipts=receipts, holder=replica.holder, now=plan.now
        ),
        apologies=Apologies(outbox=outbox, words=plan.words),
    )
