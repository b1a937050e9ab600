"""`python -m bench`: lists the benchmarks and runs all of them, or those that are named."""

import sys
from collections.abc import Callable

from bench import broadcast, ledger, letters, simulate, start, turns

BENCHES: dict[str, tuple[Callable[[], None], str]] = {
    "start": (start.main, "process start to first getUpdates, memory"),
    "turns": (turns.main, "CPU and latency per update, beside other frameworks"),
    "letters": (letters.main, "DOCX and PDF per letter, and what others notice of it"),
    "ledger": (ledger.main, "planning and finding what is due among a million rows that are not"),
    "broadcast": (broadcast.main, "one message to many, beside the usual ways to send one"),
    "simulate": (simulate.main, "five years of 114 councils, two replicas, judged by an oracle"),
}


def main() -> None:
    """Run what is named on the command line; without names, everything."""
    wanted = [name for name in sys.argv[1:] if not name.startswith("-")]
    if unknown := [name for name in wanted if name not in BENCHES]:
        raise SystemExit(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    for name, (_, what) in BENCHES.items():
        print(f"{name:9} {what}")
    for name, (run, _) in BENCHES.items():
        if not wanted or name in wanted:
            print()
            run()


if __name__ == "__main__":
    main()
