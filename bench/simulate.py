"""Five years of 114 councils by a fake clock, with two replicas that are killed at random: every
due reminder once, none at night, none for a cancelled meeting or a recorded report.

Judged by an oracle that shares nothing with the planner.
"""

import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from random import Random

from sqlalchemy import text

from bench.options import count, options_of
from bench.simulation.books import Books, FakeClock
from bench.simulation.calendars import known_until
from bench.simulation.course import Course
from bench.table import goal, heading, table
from bot.production import read_knowledge
from bot.wording import folder
from conversations.rules.knowledge import Knowledge

FIRST = date(2027, 1, 1)
TROUBLE = 0.004
"""Of each claim and call: killed before, killed after, timed out, answered too late."""
_SHOWN = 10
_KINDS = ("kreisfreie Stadt", "große kreisangehörige Stadt", "mittlere kreisangehörige Stadt")


def options() -> ArgumentParser:
    """What may be asked for."""
    parser = options_of("simulate", "five years of 114 councils, two replicas, judged by an oracle")
    parser.add_argument(
        "--councils", type=count, metavar="N", help="how many (114; 12 with --quick)"
    )
    parser.add_argument("--years", type=count, metavar="N", help="how many (5; 1 with --quick)")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="of all that is left to chance (1)"
    )
    return parser


def main(chosen: Namespace) -> None:
    """Let the years pass, and print what came of it."""
    quick: bool = chosen.quick
    councils, years = chosen.councils or (12 if quick else 114), chosen.years or (1 if quick else 5)
    heading(f"simulation: {councils} councils, {years} years, two replicas", quick=quick)
    if simulated(councils, years, chosen.seed):
        raise SystemExit(1)


def simulated(councils: int, years: int, seed: int) -> Sequence[str]:
    """Run it; what was wrong, in words."""
    began = time.monotonic()
    know = read_knowledge(folder())
    with tempfile.TemporaryDirectory("kimbot-simulation") as temporary:
        books = Books(temporary, FakeClock(datetime(2026, 12, 31, 12, tzinfo=UTC)))
        course = Course(books, know, Random(seed), TROUBLE)
        course.run(_places(know, councils), FIRST, years)
        rows = _rows(books)
        course.close()
        books.close()
    _say(course, rows, years)
    print(f"run time: {time.monotonic() - began:.0f} s")
    return course.judge.faults


def _places(know: Knowledge, count: int) -> list[str]:
    """The largest kinds of municipality first: those have councils."""
    found = [one for one in know.register if one.kind in _KINDS]
    found.sort(key=lambda one: (_KINDS.index(one.kind), one.ags))
    return [one.ags for one in found[:count]]


def _rows(books: Books) -> Counter[tuple[str, str]]:
    query = text("SELECT kind, state, count(*) FROM delivery GROUP BY kind, state")
    with books.writing() as connection:
        return Counter({(kind, state): n for kind, state, n in connection.execute(query)})


def _say(course: Course, rows: Counter[tuple[str, str]], years: int) -> None:
    telegram, judge = course.telegram, course.judge
    ends = known_until(range(FIRST.year, FIRST.year + years))
    if ends:
        print(f"school holidays are known until {ends:%d.%m.%Y}; later meetings fall anywhere")
    print(f"{course.acts} acts, {telegram.kills} kills, {telegram.late} answers after the lease")
    print(f"{len(telegram.sent)} messages arrived; {judge.looked} times looked for missing ones")
    unclear: Counter[str] = Counter()
    for key, times in telegram.unclear.items():
        unclear[str(key[0])] += times
    states = ("sent", "cancelled", "expired", "closed")
    kinds = sorted({kind for kind, _ in rows})
    lines = []
    for kind in kinds:
        planned = sum(n for (one, _), n in rows.items() if one == kind)
        cells = [planned, *(rows[kind, state] for state in states), unclear[kind]]
        lines.append((kind, *map(str, cells)))
    table(("kind", "planned", *states[:3], "given up", "unclear tries"), lines)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for fault in judge.faults:
        found[fault.partition(":")[0]].append(fault)
    for what, words in (
        ("missing", "every due reminder was sent"),
        ("twice", "none twice, but for marked repeats of unclear ones"),
        ("wrong", "none that was not due: cancelled, moved, reported, filed, unlinked, muted"),
        ("at night", "none at night, but for deadlines that need it"),
    ):
        goal(words, met=not found[what], seen=f"{len(found[what])} faults")
    for fault in judge.faults[:_SHOWN]:
        print(f"  {fault}")


if __name__ == "__main__":
    main(options().parse_args())
