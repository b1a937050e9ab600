"""The process that reads one calendar: bytes on its input, JSON on its output. Its memory and time
are bounded before it looks at anything; it knows no setting and no secret."""

import json
import sys
from dataclasses import asdict
from datetime import date, time
from typing import Final

MEMORY: Final = 52 * 1024 * 1024
"""Bytes of its own; with the program itself it stays below 64 MiB."""
_SECONDS: Final = 10


def main() -> None:
    """Read the calendar; the day that counts as today is the first argument."""
    _bound()
    from bot.calendars.parsing import parse  # noqa: PLC0415 - within the bounds, too

    found = parse(sys.stdin.buffer.read(), date.fromisoformat(sys.argv[1]))
    json.dump(asdict(found), sys.stdout, default=_plain)


def _bound() -> None:
    """At most so much memory and time; where the system can't (Windows), time alone is watched,
    from outside."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def _plain(value: object) -> str:
    assert isinstance(value, date | time)
    return value.isoformat()


if __name__ == "__main__":
    main()
