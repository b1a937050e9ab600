"""`python -m bench`: runs all benchmarks, or those that are named, with the options behind them."""

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from itertools import takewhile

from bench import broadcast, ledger, letters, simulate, start, turns
from bench.options import Bench

BENCHES: dict[str, Bench] = {
    "start": start,
    "turns": turns,
    "letters": letters,
    "ledger": ledger,
    "broadcast": broadcast,
    "simulate": simulate,
}


def main() -> None:
    """Run what is named on the command line; without names, everything."""
    for number, (bench, chosen) in enumerate(asked(sys.argv[1:])):
        if number:
            print()
        bench.main(chosen)


def asked(words: Sequence[str]) -> Sequence[tuple[Bench, Namespace]]:
    """The benches that are named first, each with what it makes of the options behind the names.

    All options are read before anything runs: what one bench doesn't know ends it for all.
    """
    names = list(takewhile(lambda word: not word.startswith("-"), words))
    given = words[len(names) :]
    if unknown := [name for name in names if name not in BENCHES]:
        raise SystemExit(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    if not names and {"-h", "--help"} & set(given):
        _listing().print_help()
        raise SystemExit
    return [
        (bench, bench.options().parse_args(given))
        for name, bench in BENCHES.items()
        if not names or name in names
    ]


def _listing() -> ArgumentParser:
    """Only for its help."""
    lines = (f"  {name:9}  {bench.options().description}" for name, bench in BENCHES.items())
    return ArgumentParser(
        prog="python -m bench",
        usage="python -m bench [NAME ...] [OPTION ...]",
        description="Without a NAME all of them run, about 35 minutes:\n\n" + "\n".join(lines),
        epilog="`python -m bench NAME --help` shows the options; --quick is known to all.",
        formatter_class=RawDescriptionHelpFormatter,
    )


if __name__ == "__main__":
    main()
