"""CPU and latency per update: our dialogue with everything committed to SQLite, beside
python-telegram-bot and aiogram with everything in memory. Same server, same people, one run."""

import asyncio
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median

from bench import people
from bench.options import options_of
from bench.processes import AIOGRAM, OURS, PTB, Bot, Kind, running
from bench.stage import Stage
from bench.table import goal, heading, percentile, table
from bench.walks import OUR_THREE, THREE, WARMING, WHOLE, Load, Walk, under
from bot.demo.server import LocalServer
from bot.service import loop_factory

SETTLE = 2.5
"""Seconds after a load before the CPU time is read: what a bot puts off counts, too."""

SIDES: tuple[tuple[Kind, Walk], ...] = (
    (OURS, OUR_THREE),
    (OURS, WHOLE),
    (PTB, THREE),
    (AIOGRAM, THREE),
)
LOADS = (
    Load(name="one member at a time", people=1, walks=60),
    Load(name="20 members at once, no pause", people=20, walks=200),
    Load(name="20 members at once, thinking 0.2 to 1 s", people=20, walks=100, thought=(0.2, 1)),
)
QUICK = (Load(name="2 members at once", people=2, walks=4),)

Key = tuple[str, Kind, Walk]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One load on one bot: CPU in ms per update, latencies in ms."""

    updates: int
    calls: float
    cpu: float
    p50: float
    p95: float
    p99: float


def options() -> ArgumentParser:
    """What may be asked for."""
    return options_of("turns", "CPU and latency per update, beside other frameworks")


def main(chosen: Namespace) -> None:
    """Measure and print."""
    quick: bool = chosen.quick
    loads, rounds = (QUICK, 1) if quick else (LOADS, 3)
    heading(
        "bench.turns: update to first answer, all bots on one local Bot API server", quick=quick
    )
    results: defaultdict[Key, list[Result]] = defaultdict(list)
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        for number in range(rounds):
            print(f"round {number + 1} of {rounds}", file=sys.stderr)
            for kind, walk in SIDES:
                for load, result in runner.run(_measure(kind, walk, loads, quick=quick)):
                    results[load.name, kind, walk].append(result)
    medians = {key: _median(some) for key, some in results.items()}
    for load in loads:
        _print(load, medians)
    _goals(medians, loads)


async def _measure(
    kind: Kind, walk: Walk, loads: Sequence[Load], *, quick: bool
) -> list[tuple[Load, Result]]:
    """One bot, one process, all loads after one another."""
    with tempfile.TemporaryDirectory() as name:
        folder, everybody = Path(name), sum(load.walks for load in loads) + WARMING
        if kind is OURS:
            people.stock(folder, everybody, settled=walk.settled)
        async with LocalServer() as server:
            stage, ids = Stage(server), count(people.FIRST)
            token = server.engine.token
            with running(kind, address=server.root, token=token, folder=folder) as bot:
                await stage.polled(bot)
                warming = Load(name="", people=1, walks=WARMING)
                await under(stage, warming, walk.acts, ids)
                found = []
                for load in loads:
                    await asyncio.sleep(0.1 if quick else SETTLE)
                    found.append((load, await _load(stage, bot, load, walk, ids, quick=quick)))
                return found


async def _load(
    stage: Stage, bot: Bot, load: Load, walk: Walk, ids: Iterator[int], *, quick: bool
) -> Result:
    stage.forget()
    before = bot.cpu()
    seen = await under(stage, load, walk.acts, ids)
    await asyncio.sleep(0.1 if quick else SETTLE)
    return Result(
        updates=len(seen),
        calls=stage.calls() / len(seen),
        cpu=(bot.cpu() - before) * 1000 / len(seen),
        p50=percentile(seen, 0.5) * 1000,
        p95=percentile(seen, 0.95) * 1000,
        p99=percentile(seen, 0.99) * 1000,
    )


def _median(some: Sequence[Result]) -> Result:
    return Result(
        updates=some[0].updates,
        calls=median(one.calls for one in some),
        cpu=median(one.cpu for one in some),
        p50=median(one.p50 for one in some),
        p95=median(one.p95 for one in some),
        p99=median(one.p99 for one in some),
    )


def _print(load: Load, medians: dict[Key, Result]) -> None:
    ours = medians[load.name, OURS, OUR_THREE]
    print(f"\n{load.name}")
    rows = []
    for kind, walk in SIDES:
        one = medians[load.name, kind, walk]
        rows.append(
            (
                f"{kind.name}; {walk.name}",
                f"{one.updates}",
                f"{one.calls:.2f}",
                f"{one.cpu:.2f}",
                f"{one.cpu / ours.cpu:.2f}" if ours.cpu else "-",
                f"{one.p50:.1f}",
                f"{one.p95:.1f}",
                f"{one.p99:.1f}",
            )
        )
    columns = ("bot", "updates", "calls each", "CPU ms each", "to ours", "p50 ms", "p95", "p99")
    table(columns, rows)


def _goals(medians: dict[Key, Result], loads: Sequence[Load]) -> None:
    for load in loads:
        ours = medians[load.name, OURS, OUR_THREE]
        for other, limit in ((AIOGRAM, 1.0), (PTB, 0.5)):
            cpu = medians[load.name, other, THREE].cpu
            goal(
                f"CPU at most {limit} x {other.name} ({load.name})",
                met=ours.cpu < limit * cpu,
                seen=f"{ours.cpu:.2f} : {cpu:.2f} ms = {ours.cpu / (cpu or 1):.2f}",
            )
        for walk in (OUR_THREE, WHOLE):
            p95 = medians[load.name, OURS, walk].p95
            goal(f"p95 < 25 ms ({load.name}; {walk.name})", met=p95 < 25, seen=f"{p95:.1f} ms")


if __name__ == "__main__":
    main(options().parse_args())
