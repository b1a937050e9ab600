"""What the benchmarks print: the machine, tables, goals."""

import math
import os
import platform
from collections.abc import Sequence
from statistics import median


def heading(title: str, *, quick: bool) -> None:
    """The title, and the machine the figures belong to."""
    print(f"== {title}")
    print(
        f"{os.cpu_count()} cores, load {_load()} (1 min), {platform.machine()}, "
        f"{platform.python_implementation()} {platform.python_version()}"
        + (", QUICK: too short to mean anything" if quick else "")
    )


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table as Markdown reads it; numbers to the right."""
    widths = [max(map(len, column)) for column in zip(columns, *rows, strict=True)]
    print()
    for number, row in enumerate((columns, *rows)):
        first, *rest = (
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print(f"| {' | '.join([first, *rest])} |")
        if number == 0:
            first, *rest = ("-" * width for width in widths)
            print(f"|-{first}-|{'|'.join(f'-{dashes}:' for dashes in rest)}|")
    print()


def goal(text: str, *, met: bool, seen: str) -> None:
    """One goal, with what was seen."""
    print(f"goal {'met   ' if met else 'MISSED'}: {text}: {seen}")


def percentile(values: Sequence[float], part: float) -> float:
    """The value that `part` (0 to 1) of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def spread(values: Sequence[float]) -> str:
    """Median, and the range when there are several."""
    if len(values) == 1:
        return f"{values[0]:.2f}"
    return f"{median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def _load() -> str:
    try:
        return f"{os.getloadavg()[0]:.1f}"
    except OSError:
        return "unknown"
