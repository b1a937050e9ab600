"""Text and picture that come in messages of their own: joined in the draft, and taken apart."""

from collections.abc import Mapping
from dataclasses import replace

from conversations.broadcasts.posts import Post
from conversations.rules.texts import REFERENCE


def beside(new: Post, old: Post | None) -> Post:
    """What was sent now, with what it says nothing about: words leave the picture or file as it
    is, and a picture or file without words leaves the words."""
    if old is None:
        return new
    if new.attached is None:
        return _attached(new, old)
    return new if new.text else replace(new, text=old.text, marks=old.marks)


def with_post(posts: Mapping[str, Post], language: str, new: Post) -> Mapping[str, Post]:
    """All texts with this one. A picture or file goes with those, too, that have none of their
    own: whoever reads another language sees the same."""
    old = posts.get(REFERENCE, Post())
    if language != REFERENCE:
        shown = new if new.attached or language in posts else _attached(new, old)
        return {**posts, language: shown}
    others = {key: _attached(one, new) if one.file == old.file else one
              for key, one in posts.items()}  # fmt: skip
    return {**others, language: new}


def bared(posts: Mapping[str, Post]) -> Mapping[str, Post]:
    """The texts without picture or file."""
    return {key: _attached(one, Post()) for key, one in posts.items()}


def _attached(post: Post, source: Post) -> Post:
    return replace(post, attached=source.attached, file=source.file, name=source.name)
