"""The letter as plain text, to paste into a mail or a form: one paragraph, one line."""

from collections.abc import Iterator, Sequence

from bot.paper.words import Words
from conversations.rules.letter import (
    Annex,
    Block,
    Heading,
    Item,
    Letter,
    Listing,
    Paragraph,
    Text,
    plain,
)


def write_text(letter: Letter, words: Words) -> str:
    """All of the letter in reading order: blocks parted by an empty line, the text as it is."""
    info = [f"{label}: {plain(text)}" for label, text in letter.info]
    blocks = [
        _lines(letter.sender),
        _lines(letter.recipient),
        "\n".join(info),
        plain(letter.subject),
        plain(letter.salutation),
        *_blocks(letter.blocks),
        plain(letter.closing),
        _lines(letter.signature),
        _noted(words.enclosures_title(len(letter.enclosures)), letter.enclosures),
        _noted(words.copies, letter.copies),
        *(block for annex in letter.annexes for block in _annex(annex)),
        plain(letter.footer),
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _lines(texts: Sequence[Text]) -> str:
    return "\n".join(map(plain, texts))


def _noted(title: str, texts: Sequence[Text]) -> str:
    return f"{title}\n{_lines(texts)}" if texts else ""


def _annex(annex: Annex) -> Iterator[str]:
    yield plain(annex.title)
    yield from _blocks(annex.blocks)
    yield plain(annex.signed)


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(text=text) | Heading(text=text):
                yield plain(text)
            case Listing(items=items):
                yield "\n".join(line for item in items for line in _item(item))


def _item(item: Item) -> Iterator[str]:
    yield f"{item.label}. {plain(item.text)}".rstrip(" ")
    for part in item.parts:
        yield f"   {part.label}) {plain(part.text)}"
