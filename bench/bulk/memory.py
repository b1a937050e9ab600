"""What our bot takes for a broadcast to more and more: the peak beside what it took idle."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.bulk.ground import Ground
from bench.bulk.limits import Open
from bench.bulk.runs import Result, ours
from bench.bulk.server import Account, BulkServer
from bench.table import goal, table

_RATE, _SLOTS = 2_000.0, 16
_FLAT = 8.0
"""MiB more that count as none: what the allocator keeps by chance."""


async def memory(sizes: Sequence[int]) -> None:
    """Measure and print. The server answers at once, so that it doesn't take hours."""
    results = [await _one(size) for size in sizes]
    first = results[0]
    rows = [
        (
            f"{one.many:,}",
            f"{one.idle:.0f}",
            f"{one.peak:.0f}",
            f"{one.peak - one.idle:.1f}",
            f"{one.peak / first.peak:.2f}",
            f"{one.rate:.0f}",
            f"{one.cpu * 1000 / one.many:.2f}",
        )
        for one in results
    ]
    columns = (
        "recipients",
        "idle MiB",
        "peak",
        "more",
        "peak to first",
        "messages/s",
        "CPU ms each",
    )
    table(columns, rows)
    more = results[-1].peak - results[-1].idle - (first.peak - first.idle)
    words = f"memory flat from {first.many:,} to {results[-1].many:,} rows"
    goal(words, met=more <= _FLAT, seen=f"{more:+.1f} MiB")


async def _one(many: int) -> Result:
    with tempfile.TemporaryDirectory("kimbot-bench") as name:
        ground = Ground(Path(name), many, reminders=0)
        async with BulkServer() as server:
            account = Account(limit=Open(), at_once=True)
            return await ours(server, account, ground, rate=_RATE, slots=_SLOTS)
