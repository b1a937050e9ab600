"""Ready-made calls to start a broadcast from, as templates/broadcasts/ says them. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass

from conversations.broadcasts import Link
from conversations.broadcasts.posts import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A frequent call, to be sent as it is or changed before."""

    id: str
    titles: Mapping[str, str]
    """By language; the reference language is always there."""
    posts: Mapping[str, Post]
    """In the same languages; their placeholders are filled for each council."""
    links: tuple[Link, ...] = ()
    order: int = 100
    """Place in the menu: small numbers first."""

    def title(self, language: str) -> str:
        """What it is called on a button; in the reference language where there is no other."""
        return self.titles.get(language) or next(iter(self.titles.values()))
