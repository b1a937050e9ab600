"""The composition root: builds all parts of the running bot and hands them to one another.

Everything comes by argument, so the demo and the tests run the same code with another clock,
other dialogues and another Bot API.
"""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from aiohttp import web

from bot.authoring import Authoring, authoring_of, no_list
from bot.calendars.following import Following
from bot.following import following_of, routes_of
from bot.ground import Ground, ground_of
from bot.plan import Plan
from bot.store.idle import Notes
from bot.store.linking import Linking
from bot.store.persons import Persons
from bot.store.replicas import Replica
from bot.store.sealing import Pseudonyms
from bot.store.turns import Turns as StoredTurns
from bot.store.worker import Store
from bot.telegram.acknowledged import Acknowledged
from bot.telegram.after import After
from bot.telegram.application import AnyApplication
from bot.telegram.application import build as build_application
from bot.telegram.deliveries import Deliveries
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
from bot.telegram.replies import Replies
from bot.telegram.stopping import Stop
from bot.telegram.timetables import Timetables
from bot.telegram.transport import Transport
from bot.telegram.turns import Turns
from bot.unasked import Reminding, reminding


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
    authoring: Authoring | None
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
    ground = ground_of(plan, store, pseudonyms, transport)
    looks = Looks(reading=plan.calendars.reading, files=ground.files, now=plan.now)
    turns = _turns(ground, persons, looks, stop)
    application = build_application(
        root=plan.root, token=plan.token, transport=transport, turns=turns
    )
    keeping = Keeping(
        store=store, codec=ground.codec, files=ground.files, apologies=ground.apologies
    )
    authoring = authoring_of(ground, lambda: turns.bot)
    deliveries = _deliveries(ground, executor)
    replies = _replies(ground, deliveries, persons, authoring)
    handling = _handling(
        ground,
        application=application,
        turns=turns,
        replies=replies,
        after=_after(looks, keeping, authoring),
        stop=stop,
    )
    gate, lanes = _entrance(ground, handling, replies, looks, authoring)
    sending = reminding(ground, transport, bot=lambda: turns.bot)
    return Parts(
        application=application,
        turns=turns,
        lanes=lanes,
        gate=gate,
        intake=_intake(ground, lanes, handling),
        deliveries=deliveries,
        outbox=ground.outbox,
        acknowledged=ground.acknowledged,
        looks=looks,
        keeping=keeping,
        persons=persons,
        following=following_of(plan, store, pseudonyms),
        routes=_routes(ground, sending),
        reminding=sending,
        authoring=authoring,
        replica=ground.replica,
    )


def _turns(ground: Ground, persons: Persons, looks: Looks, stop: Stop) -> Turns:
    linking = Linking(ground.codec, ground.pseudonyms)
    return Turns(
        store=ground.store,
        stored=StoredTurns(ground.codec, ground.pseudonyms, persons, ground.plan.broadcasting),
        dialogues=ground.plan.dialogues,
        groups=Groups(store=ground.store, linking=linking, outbox=ground.outbox),
        acknowledged=ground.acknowledged,
        now=ground.plan.now,
        stop=stop,
        document=looks.document,
    )


def _deliveries(ground: Ground, executor: Executor) -> Deliveries:
    return Deliveries(
        store=ground.store,
        codec=ground.codec,
        parcels=ground.parcels,
        apologies=ground.apologies,
        executor=executor,
        holder=ground.replica.holder,
        render=ground.plan.render,
        pages=ground.plan.pages,
        now=ground.plan.now,
    )


def _replies(
    ground: Ground, deliveries: Deliveries, persons: Persons, authoring: Authoring | None
) -> Replies:
    plan, store, parcels = ground.plan, ground.store, ground.parcels
    own = OwnData(
        store=store, persons=persons, parcels=parcels, write=plan.privacy.write, now=plan.now
    )
    timetables = Timetables(
        store=store,
        codec=ground.codec,
        pseudonyms=ground.pseudonyms,
        parcels=parcels,
        write=plan.calendars.write,
        now=plan.now,
    )
    return Replies(
        outbox=ground.outbox,
        acknowledged=ground.acknowledged,
        deliver=deliveries.deliver,
        preview=deliveries.preview,
        own=own.send,
        timetable=timetables.send,
        unreached=authoring.lists.send if authoring else no_list,
    )


def _after(looks: Looks, keeping: Keeping, authoring: Authoring | None) -> After:
    if authoring is None:
        return After(looks, keeping)
    return After(looks, keeping, authoring.progress, authoring.rehearsals)


def _handling(
    ground: Ground,
    *,
    application: AnyApplication,
    turns: Turns,
    replies: Replies,
    after: After,
    stop: Stop,
) -> Handling:
    return Handling(
        application=application,
        turns=turns,
        store=ground.store,
        replies=replies,
        apologies=ground.apologies,
        receipts=ground.receipts,
        care=ground.care,
        words=ground.plan.words,
        now=ground.plan.now,
        patience=ground.plan.times.patience,
        stop=stop,
        after=after.turn,
    )


def _entrance(
    ground: Ground,
    handling: Handling,
    replies: Replies,
    looks: Looks,
    authoring: Authoring | None,
) -> tuple[Gate, Lanes]:
    """The gate and the lanes before it; into these also goes what was found out beside a turn."""
    rehearsals = authoring.rehearsals if authoring else None
    gate = Gate(
        handling=handling,
        replies=replies,
        menus=Menus(ground.outbox, ground.plan.words),
        rehearsals=rehearsals,
        restraint=ground.plan.times.restraint,
    )
    lanes = Lanes(handle=gate.handle, note=gate.note, tempo=ground.plan.times.tempo)
    gate.attach(lanes)
    looks.attach(lanes.put)
    if rehearsals is not None:
        rehearsals.attach(lanes.put)
    return gate, lanes


def _intake(ground: Ground, lanes: Lanes, handling: Handling) -> Intake:
    return Intake(
        store=ground.store,
        seal=ground.plan.seal,
        lanes=lanes,
        handling=handling,
        receipts=ground.receipts,
        replica=ground.replica,
        care=ground.care,
        now=ground.plan.now,
    )


def _routes(ground: Ground, sending: Reminding | None) -> Sequence[web.RouteDef]:
    def trouble() -> str:
        return sending.sender.trouble if sending else ""

    return routes_of(ground.plan, ground.store, ground.pseudonyms, trouble)
