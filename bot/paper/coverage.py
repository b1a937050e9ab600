"""What the fonts of the letter can show, read from the list that is shipped beside them."""

import json
from pathlib import Path

from conversations.rules.cleaning import Coverage

FONTS = Path(__file__).parent / "fonts"


def read_coverage() -> Coverage:
    """The characters that both weights of either family hold."""
    ranges: list[tuple[int, int]] = json.loads((FONTS / "coverage.json").read_text("utf-8"))
    return Coverage(
        points=frozenset(point for first, last in ranges for point in range(first, last + 1))
    )
