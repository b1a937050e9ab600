"""Up to three buttons below a broadcast: links, or the way into an inquiry."""

import re
from dataclasses import replace
from typing import Final

from conversations.broadcasts import Link
from conversations.flows.composing.kept import away, content_of, draft_of, gone, here, stored
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, foot, line

MOST: Final = 3
_LABEL: Final = 40
"""Characters on a button that a phone shows."""
_ADDRESS: Final = 500
_FOUND: Final = re.compile(r"\b([a-z][a-z0-9+.-]{1,10})://\S+", re.IGNORECASE)
_GOOD: Final = re.compile(
    r"https://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9](?::\d{1,5})?(?:[/?#][!-~]*)?",
    re.IGNORECASE,
)
"""With a host that has a dot, and printable ASCII only: what Telegram takes on a button."""


class Buttons(Step):
    """Those there are, each to be taken out; one more is typed: words and address."""

    adds = True

    def card(self, scene: Scene) -> Card:
        """All of them."""
        if draft_of(scene) is None:
            return gone()
        links = content_of(scene).links
        remove = tuple(
            (button(f"remove:{nth}", "remove", words=_words(scene, one)),)
            for nth, one in enumerate(links)
        )
        inquiry: Row = (button("comp_inquiry", "post_inquiry"),) if _may_inquire(links) else ()
        done: Row = (button("comp_done"),)
        said = line("composing/links", links=links, most=MOST)
        return Card(line=said, rows=(inquiry, *remove, done, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """One more, one less, or done."""
        one = draft_of(scene)
        if one is None:
            return away(name)
        content = one.content
        match name:
            case "remove" if value.isdecimal():
                kept = (link for nth, link in enumerate(content.links) if nth != int(value))
                return stored(scene, replace(content, links=tuple(kept)), "links")
            case "comp_inquiry" if _may_inquire(content.links):
                return stored(scene, replace(content, links=(*content.links, Link())), "links")
        return Move(step="draft", args=here(scene, one))

    def typed(self, scene: Scene, text: str) -> Move | None:
        """Words and an address, in any order."""
        one = draft_of(scene)
        if one is None:
            return None
        if len(one.content.links) >= MOST:
            return _again(scene, line("composing/links_full", most=MOST))
        found = _read(text)
        if isinstance(found, Line):
            return _again(scene, found)
        content = replace(one.content, links=(*one.content.links, found))
        return stored(scene, content, "links")

    def expects(self, scene: Scene) -> Line:
        """Words and an address."""
        return line("composing/expects_link")

    def help(self, scene: Scene) -> Line:
        """How a broadcast comes about."""
        return line("composing/help")


def _read(text: str) -> Link | Line:
    found = _FOUND.search(text)
    if found is None:
        return line("composing/expects_link")
    address = found[0].rstrip(".,;)»“")
    if not _GOOD.fullmatch(address) or len(address) > _ADDRESS:
        return line("composing/bad_link")
    rest = f"{text[: found.start()]} {text[found.start() + len(address) :]}"
    words = " ".join(rest.split()).strip(" :–-,;.")
    if len(words) > _LABEL:
        return line("composing/long_label", count=len(words), most=_LABEL)
    return Link(label=words or address.split("/")[2], url=address)


def _may_inquire(links: tuple[Link, ...]) -> bool:
    return len(links) < MOST and all(link.url for link in links)


def _words(scene: Scene, link: Link) -> str:
    return link.label or scene.know.texts.label("post_inquiry", scene.language)


def _again(scene: Scene, hint: Line) -> Move:
    return Move(step="links", args=scene.args, hint=hint)


STEPS: dict[str, Step] = {"links": Buttons()}
