"""For all tests: what was left out for want of Chromium or PostgreSQL is said loudly, or fails."""

import os
from typing import Final

import pytest

from tests.databases import (  # noqa: F401 - fixtures for all tests
    empty,
    migrated,
    postgresql,
    template,
    url,
)

WANTED: Final = ("Chromium not found", "PostgreSQL not found", "poppler-utils is not installed")
"""Reasons of skips that mean: something is missing on this machine."""
MOST: Final = 8
"""Workers at most: each has a PostgreSQL of its own."""
STRICT: Final = "KIMBOT_TEST_STRICT"


def pytest_xdist_auto_num_workers():
    """Two for each core, since half of the time is spent waiting for the bot."""
    return min(2 * (os.cpu_count() or 1), MOST)


def reason(report: pytest.TestReport) -> str:
    """Why a test was skipped; empty when it wasn't."""
    if not report.skipped or not isinstance(report.longrepr, tuple):
        return ""
    return report.longrepr[2].removeprefix("Skipped: ")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Where everything has to be there (continuous integration), such a skip is a failure."""
    outcome = yield
    report = outcome.get_result()
    if os.environ.get(STRICT) and reason(report).startswith(WANTED):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was left out: {reason(report)}"


def pytest_terminal_summary(terminalreporter):
    """Which tests were left out, and what to install; before pytest's closing line."""
    missing: dict[str, list[str]] = {}
    for report in terminalreporter.stats.get("skipped", []):
        if (why := reason(report)).startswith(WANTED):
            missing.setdefault(why, []).append(report.nodeid)
    for why, tests in missing.items():
        terminalreporter.section(f"LEFT OUT: {why}", red=True, bold=True)
        terminalreporter.line(f"{len(tests)} tests did not run, for example {tests[0]}.", red=True)
        terminalreporter.line("Debian: apt-get install chromium poppler-utils postgresql", red=True)
