"""The life of the bot: opened, resumed, fed, stopped. In this order, and backwards.

Stopping loses nothing: what isn't begun stays in the inbox, what isn't shown is shown later.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Final

from bot.clock.pulse import Pulse
from bot.following import listening
from bot.logs import Log
from bot.plan import Plan, Posted
from bot.privacy import erase_again, persons_of, sweep
from bot.store import cards, leases, ledger, operators, replicas
from bot.store.lock import FileLock, ServerLock
from bot.store.opening import check_health, engine_for
from bot.store.sealing import Pseudonyms
from bot.store.secrets import unlocked
from bot.store.worker import Store, StoreBusyError, StoreFullError
from bot.telegram.application import make_ready
from bot.telegram.introduction import introduce
from bot.telegram.lanes import Again
from bot.telegram.menu import set_menu
from bot.telegram.polling import Poller
from bot.telegram.stopping import Stop
from bot.telegram.transport import RefusedError, Transport, UnreachableError
from bot.telegram.watchdog import Watchdog
from bot.telegram.webhook import Webhook
from bot.tenure import Tenure
from bot.wiring import Parts, build
from conversations.flows.entrance import link

_LOG: Final = Log(__name__)


async def run(plan: Plan, stop: Stop) -> None:
    """Run the bot until `stop` is asked for.

    Raises StoreError, TokenRefusedError or YieldError when it can't (go on).
    """
    async with AsyncExitStack() as stack:
        store, pseudonyms = await stack.enter_async_context(opened(plan))
        transport = await stack.enter_async_context(
            Transport(plan.root, plan.token, proxy=plan.proxy)
        )
        if not await _until(stop, introduce(transport)):
            return
        executor = stack.enter_context(ThreadPoolExecutor(1, thread_name_prefix="paper"))
        parts = build(
            plan,
            store=store,
            pseudonyms=pseudonyms,
            persons=persons_of(plan, pseudonyms),
            transport=transport,
            executor=executor,
            stop=stop,
        )
        if not await _until(stop, make_ready(parts.application)):
            return
        parts.turns.bot = parts.application.bot.username
        stack.push_async_callback(parts.application.shutdown)
        await _invite_operator(plan, store, pseudonyms, parts.turns.bot)
        await _serve(plan, stop, store, transport, parts)


@asynccontextmanager
async def opened(plan: Plan) -> AsyncIterator[tuple[Store, Pseudonyms]]:
    """The database: locked for us, healthy, sealed with our key, of this program's version.
    Raises StoreError."""
    async with AsyncExitStack() as stack:
        if plan.path is not None:
            stack.enter_context(FileLock(plan.path))
            check_health(plan.path)
        engine = engine_for(plan.database, busy_seconds=plan.times.busy)
        stack.callback(engine.dispose)
        stack.enter_context(ServerLock(engine))
        pseudonyms, migrated = unlocked(engine, plan.seal)
        if migrated:
            _LOG.info("database migrated")
        if plan.path is not None:  # locked: whoever held a lease or a claim is dead
            with engine.begin() as connection:
                leases.forget(connection)
                ledger.disown(connection)
        store = Store(engine, threads=1 if engine.dialect.name == "sqlite" else 4)
        stack.push_async_callback(store.close)
        await erase_again(plan, store, persons_of(plan, pseudonyms))
        yield store, pseudonyms


async def _invite_operator(plan: Plan, store: Store, pseudonyms: Pseudonyms, bot: str) -> None:
    """Operators by settings; without any, a link for the first one, told where no log keeps it."""
    now = plan.now()
    try:
        await store.write(lambda c: operators.appoint(c, pseudonyms, plan.operators, now))
        if plan.announce is None:
            return
        token = await store.write(lambda c: operators.first_token(c, pseudonyms, now))
    except (StoreBusyError, StoreFullError) as error:
        _LOG.warning("operators not looked after; the next start tries again", cause=str(error))
        return
    if token is not None:
        plan.announce(
            "This bot has no operator yet. Whoever opens this link first becomes one; it works "
            f"once, until {token.expires:%Y-%m-%d %H:%M} UTC, and until the next start:\n"
            f"{link(bot, token.text)}"
        )


async def _serve(plan: Plan, stop: Stop, store: Store, transport: Transport, parts: Parts) -> None:
    """Resume, take updates until stopped, let what runs come to its end."""
    dead = await _joined(store, parts)
    background = asyncio.ensure_future(_resume(plan, store, parts, dead))
    menu = asyncio.ensure_future(set_menu(parts.outbox, plan.words))
    pulse = _pulse(plan, store, parts)
    listener = await listening(plan, parts.routes)
    pulse.start()
    try:
        if plan.posted is None:
            await _poll(plan, stop, store, transport, parts)
        else:
            await _be_posted(plan, plan.posted, stop, transport, parts)
    finally:
        stop.ask()
        pulse.stop()
        menu.cancel()
        background.cancel()
        parts.gate.close()
        parts.looks.close()
        parts.keeping.close()
        if parts.reminding is not None:
            await parts.reminding.sender.close(plan.times.grace)
        if parts.authoring is not None:
            await parts.authoring.close()
        await parts.lanes.close(plan.times.grace)
        await asyncio.gather(menu, background, return_exceptions=True)
        await listener.stop()
        await _acknowledge(store, parts)
        if store.shared:
            with suppress(StoreBusyError, StoreFullError):
                await store.write(lambda c: replicas.leave(c, parts.replica))
        _LOG.info("stopped")


async def _joined(store: Store, parts: Parts) -> int:
    """Before anything is taken: the others know this process; how many of them are dead."""
    if not store.shared:
        return 0
    return await store.write(lambda c: replicas.beat(c, parts.replica))


async def _resume(plan: Plan, store: Store, parts: Parts, dead: int) -> None:
    """What a restart interrupted: updates first, then letters, then cards nobody saw."""
    alone = await store.read(lambda c: replicas.is_alone(c, parts.replica))
    await parts.intake.resume()
    await parts.deliveries.resume()
    if dead or alone:  # else somebody is just about to show them
        await _show_cards(store, parts)
    if parts.reminding is not None:
        await parts.reminding.planner.beat()
    await sweep(plan, store, parts.persons, parts.notes)


async def _show_cards(store: Store, parts: Parts) -> None:
    for person, chat in await store.read(cards.behind):
        parts.lanes.put((chat, person), Again())


async def _among_others(store: Store, parts: Parts) -> None:
    """Say that this process lives, and go on with what others left that don't."""
    dead = await store.write(lambda c: replicas.beat(c, parts.replica))
    await parts.intake.resume()
    if dead:
        _LOG.warning("another process went silent, going on with its work", count=dead)
        await parts.deliveries.resume()
        await _show_cards(store, parts)


async def _poll(plan: Plan, stop: Stop, store: Store, transport: Transport, parts: Parts) -> None:
    poller = Poller(
        transport=transport,
        take=parts.intake.take_patiently,
        room=parts.lanes.room,
        rhythm=plan.times.rhythm,
    )
    tenure = Tenure(store, leases.POLLER, parts.replica.holder, term=parts.replica.term)
    watchdog = Watchdog(lambda: max(poller.attempted, tenure.waited), limit=plan.times.watchdog)
    watchdog.start()
    try:
        await _until(stop, tenure.during(poller.run) if store.shared else poller.run())
    finally:
        watchdog.stop()


async def _be_posted(
    plan: Plan, posted: Posted, stop: Stop, transport: Transport, parts: Parts
) -> None:
    webhook = Webhook(
        address=posted.address, secret=posted.secret, take=parts.intake.take, routes=parts.routes
    )
    await webhook.start(posted.host, posted.port)
    beat = time.monotonic()

    def heard() -> float:
        return beat

    watchdog = Watchdog(heard, limit=plan.times.watchdog)
    watchdog.start()
    try:
        if not await _until(stop, _register(webhook, transport)):
            return
        while not stop.asked:
            beat = time.monotonic()
            await _until(stop, asyncio.sleep(1.0))
    finally:
        watchdog.stop()
        await webhook.stop()


async def _register(webhook: Webhook, transport: Transport) -> None:
    while True:
        try:
            await webhook.register(transport)
        except (RefusedError, UnreachableError) as error:
            _LOG.warning("webhook not set yet, trying again", cause=str(error))
            await asyncio.sleep(5.0)
        else:
            return


def _pulse(plan: Plan, store: Store, parts: Parts) -> Pulse:
    pulse = Pulse()

    async def acknowledge() -> None:
        await _acknowledge(store, parts)

    async def retry() -> None:
        parts.gate.retry()
        await parts.deliveries.resume()
        await parts.keeping.beat()

    async def clean() -> None:
        await sweep(plan, store, parts.persons, parts.notes)

    pulse.every(plan.times.acknowledge, "acknowledge", acknowledge)
    pulse.every(plan.times.retry, "retry", retry)
    pulse.every(plan.times.sweep, "sweep", clean)
    if parts.reminding is not None:
        pulse.every(plan.times.plan, "plan", parts.reminding.planner.beat)
        pulse.every(plan.times.send, "send", parts.reminding.sender.beat)
    if parts.authoring is not None:
        pulse.every(plan.times.progress, "progress", parts.authoring.progress.beat)
    if store.shared:

        async def live() -> None:
            await _among_others(store, parts)

        pulse.every(plan.times.replica / 3, "replica", live)
        pulse.every(plan.times.handed, "handed", parts.intake.handed)
    if parts.following is not None:
        pulse.every(plan.times.follow, "follow", parts.following.beat)
    return pulse


async def _acknowledge(store: Store, parts: Parts) -> None:
    """Write down which cards Telegram took."""
    seen = parts.acknowledged.waiting()
    if not seen:
        return
    try:
        await store.write(lambda connection: cards.acknowledge(connection, seen))
    except (StoreBusyError, StoreFullError):
        return  # noted again by the next beat, or shown once more after a restart
    for person, chat, shown in seen:
        parts.acknowledged.stored(person, chat, shown)


async def _until(stop: Stop, work: Awaitable[object]) -> bool:
    """Do the work unless stopped before; whether it came to its end. Raises what it raises."""
    working = asyncio.ensure_future(work)
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        if not working.done():
            working.cancel()
    if not working.done():
        await asyncio.gather(working, return_exceptions=True)
        return False
    working.result()
    return True
