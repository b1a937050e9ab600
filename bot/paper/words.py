"""The few words that the writers themselves add to a letter, read from templates/letter."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """As words.toml has them; `page` holds the fields {page} and {pages}."""

    page: str
    enclosure: str
    enclosures: str
    copies: str

    def enclosures_title(self, count: int) -> str:
        """The line above the enclosures."""
        return self.enclosure if count == 1 else self.enclosures


def read_words(folder: Path) -> Words:
    """Reads words.toml in the folder. Raises TypeError for a missing or unknown key."""
    with (folder / "words.toml").open("rb") as file:
        return Words(**tomllib.load(file))
