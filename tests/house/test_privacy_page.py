"""docs/privacy.md says what the program does: every table, every period, every setting."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.store.holdings import HOLDINGS
from bot.store.inbox import KEPT
from conversations.rules import retention

PAGE = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text("utf-8")
ROWS = {
    name: line
    for line in PAGE.splitlines()
    if line.startswith("| `")
    for name in re.findall(r"`([a-z_]+)`", line.split("|")[1])
}


def test_every_table_has_its_row():
    """A table that the page leaves out is one that councils don't know of."""
    assert set(ROWS) == {one.table.name for one in HOLDINGS}


@pytest.mark.parametrize(
    ("table", "period"),
    [
        ("draft", retention.DRAFT),
        ("membership", retention.SEAT),
        ("member", retention.CONSENT),
        ("invitation", retention.INVITATION),
        ("inbox", KEPT),
    ],
)
def test_the_periods_are_those_of_the_sweep(table: str, period: timedelta):
    """Thirty days on the page are thirty days in the program."""
    assert f"{period.days} Tage" in ROWS[table]


def test_the_settings_it_names_exist():
    """An operator finds each of them in .env.example."""
    named = set(re.findall(r"`KIMBOT_([A-Z_]+)`", PAGE))
    assert named
    assert named <= {name.upper() for name in Settings.model_fields}
