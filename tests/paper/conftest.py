"""The writers over the templates that are shipped."""

from pathlib import Path

import pytest

from bot.paper import Paper, read_coverage

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture(scope="session")
def paper() -> Paper:
    """All writers, fonts loaded once."""
    return Paper(TEMPLATES, read_coverage())
