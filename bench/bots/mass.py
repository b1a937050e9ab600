"""What the senders beside ours are given, and what they say of themselves at their end."""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One message to many chats."""

    root: str
    token: str
    chats: range
    text: str = "A message to everybody, with a few words and a line of its own.\nKind regards"

    @property
    def base(self) -> str:
        """The address as python-telegram-bot wants it."""
        return f"{self.root}/bot"

    @classmethod
    def of(cls, arguments: Sequence[str]) -> Self:
        """From the command line: root, token, first chat, how many."""
        root, token, first, many = arguments
        return cls(root=root, token=token, chats=range(int(first), int(first) + int(many)))


@dataclass(slots=True, kw_only=True)
class Report:
    """Errors that reached the caller; CPU seconds from the beginning of sending."""

    errors: Counter[str] = field(default_factory=Counter)
    began: float = 0.0

    def begin(self) -> None:
        """Sending begins now."""
        self.began = time.process_time()

    def error(self, error: BaseException) -> None:
        """One message failed for its caller."""
        self.errors[type(error).__name__] += 1


@contextmanager
def reported() -> Iterator[Report]:
    """Print the report as the last line, whatever happens."""
    report = Report()
    try:
        yield report
    finally:
        cpu = time.process_time() - report.began
        print(json.dumps({"errors": report.errors, "cpu": cpu, "peak": _peak()}))
        sys.stdout.flush()


def _peak() -> float:
    """Resident MiB at most so far; `ru_maxrss` would say the parent's, if that was larger."""
    status = Path("/proc/self/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024
