"""The pages about broadcasts are true: the example works, and every placeholder is explained."""

import re
from pathlib import Path

from bot.wording import folder, read_texts
from conversations.rules.broadcast_templates import read
from conversations.rules.placeholders import NAMES
from conversations.rules.posting import parts

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "adding-a-broadcast.md").read_text("utf-8")
GUIDE = (DOCS / "broadcasts.md").read_text("utf-8")


def test_the_pages_example_is_a_ready_made_call() -> None:
    """Copied as it stands it is read without a complaint: two languages, two marks, two buttons."""
    found = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    (template,) = read({"broadcasts/infoabend.toml": found[1]})
    assert list(template.posts) == ["de", "en"]
    assert [mark.type for mark in template.posts["de"].marks] == ["bold", "text_link"]
    assert len(parts(template.posts["de"])) == 1
    assert len(template.links) == 2


def test_every_placeholder_is_explained() -> None:
    """The table of placeholders has those that there are, and no others."""
    table = GUIDE.partition("## Platzhalter")[2].partition("\n## ")[0]
    assert tuple(re.findall(r"^\| `\{(\w+)\}` \|", table, re.MULTILINE)) == NAMES


def test_every_button_is_called_so() -> None:
    """A button that the page names is one that stands below a card."""
    texts = read_texts(folder())
    keys = [key.removeprefix("label:") for key in texts.keys() if key.startswith("label:")]  # noqa: SIM118
    labels = {texts.label(key, "de") for key in keys if "%(" not in texts.label(key, "de")}
    named = set(re.findall(r"«([^»]+)»", GUIDE))
    assert named
    assert named <= labels
