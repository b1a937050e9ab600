"""What a letter costs, warm and cold, and what others in the chat notice while letters are made."""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median

from bench import people
from bench.options import options_of
from bench.processes import BYTECODE, OURS, ROOT, Bot, running
from bench.stage import Press, Stage
from bench.table import goal, heading, percentile, table
from bench.walks import OUR_THREE, STRAIGHT, WARMING, Load, under
from bot.demo.server import LocalServer
from bot.library import read_library
from bot.paper import Format, Paper, read_coverage
from bot.service import loop_factory
from bot.wording import folder
from conversations.rules.composing import compose
from conversations.rules.letter import Letter

PAPER = "kim-anfrage-kreisfrei"
ORDERS = 20
"""Letters made at once while others go on talking."""
FILES = 5
LIMITS = {Format.PDF: 20.0, Format.DOCX: 80.0}
"""Goals in ms."""


def options() -> ArgumentParser:
    """What may be asked for."""
    parser = options_of("letters", "DOCX and PDF per letter, and what others notice of it")
    parser.add_argument(
        "--cold",
        type=Format,
        choices=(Format.PDF, Format.DOCX),
        help="only this process's first letter in that format, in ms (the bench starts itself so)",
    )
    return parser


def main(chosen: Namespace) -> None:
    """Measure and print."""
    if chosen.cold:
        _cold_part(chosen.cold)
        return
    quick: bool = chosen.quick
    heading("bench.letters: the KIM inquiry with all questions and full reasons", quick=quick)
    warm = _warm(3 if quick else 50)
    cold = {form: _cold(form) for form in (Format.PDF, Format.DOCX)}
    rows = [
        (form.upper(), *(f"{percentile(taken, part):.1f}" for part in (0.5, 0.95)), _ms(cold, form))
        for form, taken in warm.items()
    ]
    table(("format", "warm p50 ms", "p95", "first of a process ms"), rows)
    _beside(warm)
    for form, limit in LIMITS.items():
        seen = median(warm[form])
        goal(
            f"{form.upper()} warm at most {limit:.0f} ms", met=seen <= limit, seen=f"{seen:.1f} ms"
        )
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(_meanwhile(2 if quick else ORDERS))


# --- one letter ---------------------------------------------------------------------------------


def _letter() -> Letter:
    library, now = read_library(folder()), datetime.now(UTC)
    definition = library.catalogue.latest(PAPER)
    municipality = library.register.get(people.COUNCIL.ags)
    assert definition is not None
    assert municipality is not None
    return compose(
        definition=definition,
        answers=people.answers(now),
        municipality=municipality,
        register=library.register,
        today=now.date(),
        texts=library.texts,
    )


def _warm(times: int) -> dict[Format, list[float]]:
    """Milliseconds of each writing; e-mail drafts are left out, they carry both files."""
    letter, paper = _letter(), Paper(folder(), read_coverage())
    formats = (Format.PDF, Format.DOCX, Format.TXT, Format.ICS)
    for form in formats:
        paper.write(letter, form)
    return {
        form: [_timed(partial(paper.write, letter, form)) for _ in range(times)] for form in formats
    }


def _cold(form: Format) -> float:
    """The first letter of a process that has everything but the writers, in ms."""
    command = [sys.executable, "-m", "bench.letters", "--cold", form]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(BYTECODE)}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    taken = []
    for _ in range(2):  # the first one may compile
        done = subprocess.run(
            command, cwd=ROOT, env=surroundings, check=True, capture_output=True, text=True
        )
        taken.append(float(done.stdout))
    return min(taken)


def _cold_part(form: Format) -> None:
    letter, coverage = _letter(), read_coverage()
    print(_timed(lambda: Paper(folder(), coverage).write(letter, form)))


def _beside(warm: dict[Format, list[float]]) -> None:
    """The same letter by way of LibreOffice, where it is installed."""
    office = shutil.which("soffice")
    if office is None:
        print("LibreOffice is not installed here: left out.")
        return
    file = Paper(folder(), read_coverage()).write(_letter(), Format.DOCX)
    assert file is not None
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / file.name
        source.write_bytes(file.content)
        command = [office, "--headless", "--convert-to", "pdf", "--outdir", name, str(source)]
        taken = [
            _timed(lambda: subprocess.run(command, check=True, capture_output=True))
            for _ in range(3)
        ]
    both = median(warm[Format.PDF]) + median(warm[Format.DOCX])
    print(f"LibreOffice, DOCX to PDF: {median(taken):.0f} ms, {median(taken) / both:.0f} x ours")


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _ms(cold: dict[Format, float], form: Format) -> str:
    return f"{cold[form]:.0f}" if form in cold else "-"


# --- and the others -----------------------------------------------------------------------------


async def _meanwhile(orders: int) -> None:
    """Turns of others, before and while many letters are made and sent."""
    with tempfile.TemporaryDirectory() as name:
        place, before = Path(name), 4 * orders
        people.stock(place, orders)
        talkers = people.FIRST + orders
        people.stock(place, 2000, first=talkers, settled=False)
        async with LocalServer() as server:
            stage, ids = Stage(server), count(talkers)
            token = server.engine.token
            with running(OURS, address=server.root, token=token, folder=place) as bot:
                await stage.polled(bot)
                await under(stage, Load(name="", people=1, walks=WARMING), OUR_THREE.acts, ids)
                writers = range(people.FIRST, people.FIRST + orders)
                load = Load(name="", people=1, walks=before)
                quiet = await under(stage, load, OUR_THREE.acts, ids)
                for person in writers:
                    for act in STRAIGHT:
                        await stage.act(person, act)
                busy, took = await _rush(stage, bot, writers, ids)
    rows = [
        (what, *(f"{percentile(seen, part) * 1000:.1f}" for part in (0.5, 0.95, 1.0)))
        for what, seen in (("nobody else", quiet), (f"while {orders} letters are made", busy))
    ]
    print(f"\nOne member talks, one act after the other; {orders} letters in {took:.2f} s")
    table(("turns of the one", "p50 ms", "p95", "longest"), rows)
    worst = percentile(busy, 0.95) * 1000
    goal("others go on as under load: p95 < 300 ms", met=worst < 300, seen=f"{worst:.1f} ms")


async def _rush(
    stage: Stage, bot: Bot, writers: Sequence[int], ids: "count[int]"
) -> tuple[list[float], float]:
    """All order at once; a talker goes on until everybody has their files."""
    began, seen = time.perf_counter(), list[float]()

    async def talk() -> None:
        while bot.process.poll() is None:
            person = next(ids)
            for act in OUR_THREE.acts:
                seen.append(await stage.act(person, act))

    talking = asyncio.ensure_future(talk())
    await asyncio.gather(*(stage.act(person, Press("make")) for person in writers))
    await asyncio.gather(*(stage.files(person, FILES) for person in writers))
    took = time.perf_counter() - began
    talking.cancel()
    with suppress(asyncio.CancelledError):
        await talking
    return seen, took


if __name__ == "__main__":
    main(options().parse_args())
