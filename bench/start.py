"""From the start of the process to the first getUpdates, and the memory of an idle bot."""

import asyncio
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from statistics import median

from bench import people
from bench.options import options_of
from bench.processes import AIOGRAM, BYTECODE, OURS, PTB, Kind, running
from bench.stage import Stage
from bench.table import goal, heading, spread, table
from bench.walks import THREE, WHOLE, Load, Walk, under
from bot.demo.server import LocalServer
from bot.service import loop_factory

MANY = 10_000
IDLE = 3.0
"""Seconds after the first poll at which the memory is read."""


def options() -> ArgumentParser:
    """What may be asked for."""
    return options_of("start", "process start to first getUpdates, memory")


def main(chosen: Namespace) -> None:
    """Measure and print."""
    quick: bool = chosen.quick
    heading("bench.start: from the process to the first getUpdates; memory", quick=quick)
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(_starts(1 if quick else 7, quick=quick))
        runner.run(_memory(100 if quick else MANY, quick=quick))


async def _starts(times: int, *, quick: bool) -> None:
    """Seconds to the first poll: database there, database new, no bytecode; then the others."""
    sides: list[tuple[str, list[float], float]] = []
    for name, kind, new, bare in (
        ("KIM-Bot", OURS, False, False),
        ("KIM-Bot, new database (migrated)", OURS, True, False),
        ("KIM-Bot, no bytecode", OURS, False, True),
        (PTB.name, PTB, False, False),
        (AIOGRAM.name, AIOGRAM, False, False),
    ):
        if not bare:
            await _start(kind, new=new, bare=False)  # the bytecode, and the system's file cache
        found = [await _start(kind, new=new, bare=bare) for _ in range(1 if bare else times)]
        sides.append((name, [took for took, _ in found], median(cpu for _, cpu in found)))
        if quick:
            break
    rows = [(name, spread(taken), f"{cpu:.2f}") for name, taken, cpu in sides]
    table(("bot", "first getUpdates after s (range)", "CPU s"), rows)
    seen = median(sides[0][1])
    goal("first getUpdates within 2 s with bytecode", met=seen <= 2, seen=f"{seen:.2f} s")


async def _start(kind: Kind, *, new: bool, bare: bool) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as empty:
        folder = Path(name)
        if kind is OURS and not new:
            people.stock(folder, 1)
        async with LocalServer() as server:
            stage = Stage(server)
            bytecode = Path(empty) if bare else BYTECODE
            with running(
                kind,
                address=server.root,
                token=server.engine.token,
                folder=folder,
                bytecode=bytecode,
            ) as bot:
                return await stage.polled(bot), bot.cpu()


async def _memory(many: int, *, quick: bool) -> None:
    """Resident MiB: idle, and after conversations; few members stored, and many."""
    rows: list[Sequence[str]] = []
    idle: dict[str, float] = {}
    for name, kind, stored in (
        ("KIM-Bot, 200 members stored", OURS, 200),
        (f"KIM-Bot, {many:,} members and drafts stored", OURS, many),
        (PTB.name, PTB, 0),
        (AIOGRAM.name, AIOGRAM, 0),
    ):
        before, after = await _grown(kind, stored, 2 if quick else 150)
        idle[name] = before
        rows.append((name, f"{before:.0f}", f"{after:.0f}"))
        if quick and kind is OURS and stored == many:
            break
    table(("bot", "idle MiB", "after 150 conversations"), rows)
    few, full = list(idle.values())[:2]
    goal("idle at most 100 MiB, before the first document", met=few <= 100, seen=f"{few:.0f} MiB")
    more = full - few
    goal("nothing kept per person: as much with many", met=more <= 3, seen=f"{more:+.1f} MiB")


async def _grown(kind: Kind, stored: int, walks: int) -> tuple[float, float]:
    walk: Walk = WHOLE if kind is OURS else THREE
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if stored:
            people.stock(folder, stored, drafts=stored > 200)
        async with LocalServer() as server:
            stage = Stage(server)
            token = server.engine.token
            with running(kind, address=server.root, token=token, folder=folder) as bot:
                await stage.polled(bot)
                await asyncio.sleep(IDLE)
                before = bot.memory()
                load = Load(name="", people=5, walks=walks)
                await under(stage, load, walk.acts, count(people.FIRST))
                await asyncio.sleep(IDLE)
                return before, bot.memory()


if __name__ == "__main__":
    main(options().parse_args())
