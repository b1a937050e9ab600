"""The benchmarks run; what they measure is asserted nowhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="the benchmarks read /proc: Linux only"
)


def said(*command: str) -> str:
    """What `python -m …` prints; it must end well."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.mark.parametrize(
    ("bench", "rows"),
    [
        ("turns", ["KIM-Bot", "python-telegram-bot", "aiogram", "p95"]),
        ("letters", ["PDF", "DOCX", "while 2 letters are made"]),
        ("ledger", ["not due", "plan a council", "claim a row"]),
        ("broadcast", ["KIM-Bot", "AIORateLimiter", "aiogram", "429 of its own"]),
        ("start", ["first getUpdates", "idle", "members and drafts stored"]),
    ],
)
def test_a_bench_runs_quickly_and_prints_its_tables(bench: str, rows: list[str]) -> None:
    """With --quick each ends well, names the machine and prints every side."""
    printed = said(f"bench.{bench}", "--quick")
    assert "cores" in printed and "QUICK" in printed
    assert "goal" in printed
    for row in rows:
        assert row in printed


def test_the_memory_of_a_broadcast_is_shown_by_its_number_of_recipients() -> None:
    """With --memory only that is measured."""
    printed = said("bench.broadcast", "--memory", "--quick")
    assert "memory flat from 10 to 20 rows" in printed and "AIORateLimiter" not in printed
