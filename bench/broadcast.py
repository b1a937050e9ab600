"""A broadcast beside the usual ways to send one: the same server with the same limits, one run.

Ours is the bot as in production, every row claimed, sent and settled in SQLite; the others keep
nothing. `--most` adds 10,000 recipients, `--memory` shows what 100,000 rows take.
"""

import asyncio
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from bench.bulk.memory import memory
from bench.bulk.runs import BUDGET, Condition, Result, Side, measured
from bench.bulk.server import BulkServer
from bench.options import options_of
from bench.table import goal, heading, table
from bot.service import loop_factory

MANY, MOST = 1_000, 10_000
SIZES = (1_000, 10_000, 100_000)
PATIENCE = 600.0
"""Seconds that one sender may take at most, where that can be known before."""
CONDITIONS = (
    Condition(name="token bucket, 30/s", window=False),
    Condition(name="30 in any second", window=True),
    Condition(name="30 in any second, 1 % refused once", window=True, refusing=True),
)
OURS = Side(name="KIM-Bot, 29/s, all in SQLite")
_PTB, _AIOGRAM = ("-m", "bench.bots.mass_ptb"), ("-m", "bench.bots.mass_aiogram")
_LOOP = Side(name="python-telegram-bot, loop, sleep 0.05", arguments=(*_PTB, "loop"))
_GATHER = Side(name="python-telegram-bot, gather, AIORateLimiter", arguments=(*_PTB, "gather"))
_RETRY = Side(name="python-telegram-bot, the same, 5 retries", arguments=(*_PTB, "retry"))
_AIOGRAM_LOOP = Side(name="aiogram, loop, sleep 0.05, RetryAfter", arguments=_AIOGRAM)
COLUMNS = (
    *(
        "sender",
        "recipients",
        "messages/s",
        "to ours",
        "of 29/s used",
        "429 of its own",
        "429 injected",
    ),
    *("lost", "double", "errors", "CPU s", "MiB", "reminder waits s"),
)

Results = dict[tuple[Side, Condition], Result]


def options() -> ArgumentParser:
    """What may be asked for."""
    parser = options_of("broadcast", "one message to many, beside the usual ways to send one")
    more = parser.add_mutually_exclusive_group()
    more.add_argument(
        "--most",
        action="store_true",
        help=f"then {MOST:,} recipients, too, for those who need less than ten minutes; "
        "left out beside --quick",
    )
    more.add_argument(
        "--memory",
        action="store_true",
        help=f"only the memory that {SIZES[0]:,} to {SIZES[-1]:,} recipients take",
    )
    return parser


def main(chosen: Namespace) -> None:
    """Measure and print."""
    quick: bool = chosen.quick
    heading("broadcast: one message to many, answers after 50 to 300 ms", quick=quick)
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        if chosen.memory:
            runner.run(memory((10, 20) if quick else SIZES))
            return
        results = runner.run(_all(10 if quick else MANY, CONDITIONS[2:] if quick else CONDITIONS))
        _print(results)
        if chosen.most and not quick:
            _print(runner.run(_most(results)))


async def _all(many: int, conditions: Sequence[Condition]) -> Results:
    """Ours alone, one condition after the other; those with a sleep all at once, since they mostly
    wait; the others each under all conditions at once."""
    found: Results = {}
    async with BulkServer() as server:
        for condition in conditions:
            found[OURS, condition] = await measured(server, OURS, condition, many)
        for sides in ((_LOOP, _AIOGRAM_LOOP), (_GATHER,), (_RETRY,)):
            keys = [(side, condition) for side in sides for condition in conditions]
            runs = (measured(server, side, condition, many) for side, condition in keys)
            found |= dict(zip(keys, await asyncio.gather(*runs), strict=True))
    return found


async def _most(before: Results) -> Results:
    """Ten times as many, for those who need less than ten minutes."""
    found: Results = {}
    async with BulkServer() as server:
        for (side, condition), result in before.items():
            if result.rate and MOST / result.rate < PATIENCE:
                found[side, condition] = await measured(server, side, condition, MOST)
            else:
                print(f"{side.name} ({condition.name}) would take too long: left out")
    return found


def _print(results: Results) -> None:
    for condition in dict.fromkeys(condition for _, condition in results):
        print(condition.name)
        some = {side: result for (side, at), result in results.items() if at == condition}
        ours = some.get(OURS)
        table(COLUMNS, [_row(side, one, ours) for side, one in some.items()])
    for (side, condition), one in results.items():
        if side is OURS:
            _goals(condition, one)


def _row(side: Side, one: Result, ours: Result | None) -> Sequence[str]:
    return (
        side.name,
        f"{one.many:,}",
        f"{one.rate:.2f}",
        f"{one.rate / ours.rate:.2f}" if ours and ours.rate else "-",
        f"{one.share:.1%}",
        *(f"{count:,}" for count in (one.too_many, one.injected, one.lost, one.double, one.errors)),
        f"{one.cpu:.1f}",
        f"{one.peak:.0f}",
        f"{max(one.waits):.2f}" if one.waits else "-",
    )


def _goals(condition: Condition, one: Result) -> None:
    words = f"({one.many:,}; {condition.name})"
    goal(
        f"messages at least 99 % of {BUDGET:.0f}/s {words}",
        met=one.rate / BUDGET >= 0.99,
        seen=f"{one.rate / BUDGET:.2%} (all calls: {one.share:.2%} of the budget used)",
    )
    clean = not (one.too_many or one.errors or one.lost or one.double)
    seen = f"{one.too_many} / {one.errors} / {one.lost} / {one.double}"
    goal(f"no 429 of its own, error, loss or double {words}", met=clean, seen=seen)


if __name__ == "__main__":
    main(options().parse_args())
