"""The composition root: builds all parts of the running bot and hands them to one another.

Everything comes by argument, so the demo and the tests run the same code with another clock,
other dialogues and another Bot API.
"""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from bot.calendars.following import Following
from bot.following import following_of, routes_of
from bot.plan import Plan
from bot.planner import Planner
from bot.store.aftermath import Aftermath
from bot.store.codec import Codec
from bot.store.idle import Notes
from bot.store.leases import new_holder
from bot.store.linking import Linking
from bot.store.persons import Persons
from bot.store.planning import Planning
from bot.store.replicas import Replica
from bot.store.sealing import Pseudonyms
from bot.store.turns import Turns as StoredTurns
from bot.store.worker import Store
from bot.telegram.acknowledged import Acknowledged
from bot.telegram.after import After
from bot.telegram.apology import Apologies
from bot.telegram.application import AnyApplication
from bot.telegram.application import build as build_application
from bot.telegram.care import Care
from bot.telegram.deliveries import Deliveries
from bot.telegram.files import Files
from bot.telegram.gate import Gate
from bot.telegram.grouping import Groups
from bot.telegram.handling import Handling
from bot.telegram.intake import Intake
from bot.telegram.keeping import Keeping
from bot.telegram.lanes import Lanes
from bot.telegram.looks import Looks
from bot.telegram.menu import Menus
from bot.telegram.outbox import Outbox
from bot.telegram.own_data import OwnData
from bot.telegram.pace import Pace
from bot.telegram.parcels import Parcels
from bot.telegram.receipts import Receipts
from bot.telegram.replies import Replies
from bot.telegram.sending import Sender
from bot.telegram.stopping import Stop
from bot.telegram.timetables import Timetables
from bot.telegram.transport import Transport
from bot.telegram.turns import Turns
from bot.telegram.unasked import Unasked


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """Who plans and sends what nobody asked for."""

    planner: Planner
    sender: Sender
    notes: Notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What runs, and what is stopped."""

    application: AnyApplication
    turns: Turns
    lanes: Lanes
    gate: Gate
    intake: Intake
    deliveries: Deliveries
    outbox: Outbox
    acknowledged: Acknowledged
    looks: Looks
    keeping: Keeping
    persons: Persons
    reminding: Reminding | None
    replica: Replica
    following: Following | None
    routes: Sequence[web.RouteDef]
    """What is answered on the web beside the webhook."""

    @property
    def notes(self) -> Notes | None:
        """Of idle drafts; None where nothing is sent unasked."""
        return self.reminding.notes if self.reminding else None


def build(
    plan: Plan,
    *,
    store: Store,
    pseudonyms: Pseudonyms,
    persons: Persons,
    transport: Transport,
    executor: Executor,
    stop: Stop,
) -> Parts:
    """Build everything behind the intake."""
    replica = Replica(
        holder=new_holder(),
        shared=store.shared,
        pseudonyms=pseudonyms,
        term=timedelta(seconds=plan.times.replica),
    )
    codec, acknowledged, outbox = Codec(plan.seal), Acknowledged(), Outbox(transport)
    files = Files(transport)
    looks = Looks(reading=plan.calendars.reading, files=files, now=plan.now)
    turns = Turns(
        store=store,
        stored=StoredTurns(codec, pseudonyms, persons),
        dialogues=plan.dialogues,
        groups=Groups(store=store, linking=Linking(codec, pseudonyms), outbox=outbox),
        acknowledged=acknowledged,
        now=plan.now,
        stop=stop,
        document=looks.document,
    )
    application = build_application(
        root=plan.root, token=plan.token, transport=transport, turns=turns
    )
    parcels, receipts = Parcels(outbox), Receipts()
    care = Care(store=store, seal=plan.seal, receipts=receipts, holder=replica.holder, now=plan.now)
    apologies = Apologies(outbox=outbox, words=plan.words)
    keeping = Keeping(store=store, codec=codec, files=files, apologies=apologies)
    deliveries = Deliveries(
        store=store,
        codec=codec,
        parcels=parcels,
        apologies=apologies,
        executor=executor,
        holder=replica.holder,
        render=plan.render,
        pages=plan.pages,
        now=plan.now,
    )
    own = OwnData(
        store=store, persons=persons, parcels=parcels, write=plan.privacy.write, now=plan.now
    )
    timetables = Timetables(
        store=store,
        codec=codec,
        pseudonyms=pseudonyms,
        parcels=parcels,
        write=plan.calendars.write,
        now=plan.now,
    )
    replies = Replies(
        outbox=outbox,
        acknowledged=acknowledged,
        deliver=deliveries.deliver,
        preview=deliveries.preview,
        own=own.send,
        timetable=timetables.send,
    )
    handling = Handling(
        application=application,
        turns=turns,
        store=store,
        replies=replies,
        apologies=apologies,
        receipts=receipts,
        care=care,
        words=plan.words,
        now=plan.now,
        patience=plan.times.patience,
        stop=stop,
        after=After(looks, keeping).turn,
    )
    menus = Menus(outbox, plan.words)
    gate = Gate(handling=handling, replies=replies, menus=menus, restraint=plan.times.restraint)
    lanes = Lanes(handle=gate.handle, note=gate.note, tempo=plan.times.tempo)
    gate.attach(lanes)
    looks.attach(lanes.put)
    reminding = _reminding(plan, store, pseudonyms, transport, turns)

    def trouble() -> str:
        return reminding.sender.trouble if reminding else ""

    return Parts(
        application=application,
        turns=turns,
        lanes=lanes,
        gate=gate,
        intake=Intake(
            store=store,
            seal=plan.seal,
            lanes=lanes,
            handling=handling,
            receipts=receipts,
            replica=replica,
            care=care,
            now=plan.now,
        ),
        deliveries=deliveries,
        outbox=outbox,
        acknowledged=acknowledged,
        looks=looks,
        keeping=keeping,
        persons=persons,
        following=following_of(plan, store, pseudonyms),
        routes=routes_of(plan, store, pseudonyms, trouble),
        reminding=reminding,
        replica=replica,
    )


def _reminding(
    plan: Plan, store: Store, pseudonyms: Pseudonyms, transport: Transport, turns: Turns
) -> Reminding | None:
    if plan.know is None:
        return None
    codec = Codec(plan.seal)
    planning = Planning(codec, pseudonyms)
    notes = Notes(codec, pseudonyms)
    return Reminding(
        notes=notes,
        planner=Planner(store=store, planning=planning, now=plan.now),
        sender=Sender(
            store=store,
            aftermath=Aftermath(codec, planning),
            notes=notes,
            transport=transport,
            unasked=Unasked(plan.know, lambda: turns.bot),
            pace=Pace(plan.budget),
            slots=plan.budget.slots,
            now=plan.now,
        ),
    )
