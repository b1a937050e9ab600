"""The ledger in a store: reminders to one group, planned, claimed and settled."""

from sqlalchemy import select

from bot.store import leases, ledger, schema
from bot.store.ledger import Settled, Wish
from conversations.rules.reminding import ReminderKind
from tests.store.councils import HERE, NOW, later

GROUP = -100_700
ROWS = schema.delivery
HOLDER = leases.new_holder()


def wish(slot="14", **changes):
    """A reminder to the group, due now and of use for a day."""
    values = {"kind": ReminderKind.DEADLINE, "subject": "meeting:m", "version": 1, "chat": GROUP}
    times = {"due": NOW, "expires": later(days=1)}
    return Wish(**{**values, **times, "council": HERE, "slot": slot, **changes})


async def reconcile(store, *wishes, now=NOW, **options):
    """Plan the council."""
    return await store.write(lambda c: ledger.reconcile(c, HERE, wishes, now, **options))


async def rows(store):
    """All rows, by slot, version and chat."""

    def read(connection):
        order = (ROWS.c.slot, ROWS.c.version, ROWS.c.chat)
        return connection.execute(select(ROWS).order_by(*order)).all()

    return await store.read(read)


async def states(store):
    """Slots with their states."""
    return [(row.slot, row.state) for row in await rows(store)]


async def lead(store, holder=HOLDER):
    """Become the sender."""
    assert await store.write(lambda c: leases.acquire(c, leases.SENDER, holder))


async def claim(store, now=NOW, busy=(), holder=HOLDER):
    """What time made due, and then the next row."""
    await store.write(lambda c: ledger.wake(c, now))
    return await store.write(lambda c: ledger.claim(c, holder, now, busy))


async def settle(store, row, state, **rest):
    """What became of it."""
    return await store.write(lambda c: ledger.settle(c, row, Settled(state=state, **rest)))
