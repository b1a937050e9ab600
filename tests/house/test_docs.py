"""The docs say what is there: links, tests, commands, settings."""

import re
from pathlib import Path

import pytest

from bot.cli import build
from conversations.commands import COMMANDS

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
ROWS = {
    *("A01", "A03", "A05", "A07", "A09", "A11", "B01", "B03", "B04", "B06", "B08", "B11"),
    *(
        "B14",
        "B16",
        "B18",
        "C01",
        "C03",
        "C06",
        "C07",
        "C09",
        "C12",
        "D01",
        "D03",
        "D05",
        "D08",
        "D10",
        "D12",
        "D14",
        "D15",
        "D17",
        "E01",
        "E03",
        "E05",
        "E07",
        "E09",
        "F01",
        "F03",
        "F06",
        "F08",
        "F10",
        "F12",
        "F14",
        "F15",
        "G01",
        "G02",
        "G03",
        "G07",
        "H01",
        "H03",
        "H05",
    ),
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_inside_the_project_leads_somewhere(page: Path) -> None:
    """A link to a file that is gone misleads."""
    for target in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_every_row_of_the_fault_table_names_a_test_that_exists() -> None:
    """A fault without a test is a promise without a proof."""
    text = (ROOT / "docs" / "FAULTS.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| ([A-H]\d\d) \|.*\| (.+) \|$", text, re.MULTILINE))
    assert set(rows) == ROWS
    for row, tests in rows.items():
        named = re.findall(r"`([a-z_]+/test_\w+\.py)`", tests)
        assert named, row
        assert all((ROOT / "tests" / name).is_file() for name in named), row


def test_the_readme_names_commands_that_exist() -> None:
    """What a newcomer copies from the README is there."""
    text = (ROOT / "README.md").read_text("utf-8")
    commands = {
        command.name or command.callback.__name__ for command in build().registered_commands
    }
    named = set(re.findall(r"\.venv/bin/kimbot ([a-z]+)", text))
    assert named
    assert named <= commands
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"^    make ([a-z]+)", text, re.MULTILINE)):
        assert f"\n{target}:" in makefile


def test_every_chat_command_stands_in_the_docs() -> None:
    """A member's command that no page explains is hidden."""
    pages = "\n".join(page.read_text("utf-8") for page in PAGES)
    for command in COMMANDS:
        assert f"/{command.name}" in pages, command.name
