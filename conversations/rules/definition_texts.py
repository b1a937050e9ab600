"""All texts of a definition with their places: for checking, and for translating.

The letter's texts stay German; what a member reads in the chat can be translated.
"""

from collections.abc import Iterator

from conversations.rules.definition import Definition
from conversations.rules.toml_lines import Path

Found = tuple[Path, str]


def texts(definition: Definition) -> Iterator[Found]:
    """Every text of a definition with its place."""
    yield ("title",), definition.title
    yield ("summary",), definition.summary
    yield ("variant",), definition.variant
    for key in ("title", "stand", "note"):
        yield ("source", key), str(getattr(definition.source, key))
    yield from templates(definition)
    for place, field in enumerate(definition.fields):
        yield ("fields", place, "ask"), field.ask
        yield ("fields", place, "help"), field.help
        for number, choice in enumerate(field.choices):
            yield ("fields", place, "choices", number), choice
    for place, point in enumerate(definition.points):
        yield ("points", place, "title"), point.title
        yield ("points", place, "help"), point.help
    for place, fact in enumerate(definition.facts):
        yield ("facts", place, "title"), fact.title
        yield ("facts", place, "source"), fact.source


def templates(definition: Definition) -> Iterator[Found]:
    """Every text that goes into the letter, with its place."""
    yield from _wording(definition)
    for place, point in enumerate(definition.points):
        yield ("points", place, "text"), point.text
        for number, part in enumerate(point.parts):
            yield ("points", place, "parts", number, "text"), part.text
    for place, reason in enumerate(definition.reasons):
        yield ("reasons", place, "text"), reason.text
    for place, fact in enumerate(definition.facts):
        yield ("facts", place, "text"), fact.text
    if annex := definition.annex:
        yield ("annex", "title"), annex.title
        yield ("annex", "signed"), annex.signed
        for key, paragraphs in (("before", annex.before), ("after", annex.after)):
            yield from ((("annex", key, n), text) for n, text in enumerate(paragraphs))


def _wording(definition: Definition) -> Iterator[Found]:
    wording = definition.wording
    for key in ("subject", "type", "request_chair", "request_head", "closing"):
        yield ("wording", key), str(getattr(wording, key))
    yield ("wording", "reasons_heading"), wording.reasons_heading
    yield ("wording", "decision_heading"), wording.decision_heading
    for key, paragraphs in (
        ("intro", wording.intro),
        ("decision", wording.decision),
        ("after", wording.after),
    ):
        yield from ((("wording", key, n), text) for n, text in enumerate(paragraphs))


def messages(definition: Definition) -> Iterator[str]:
    """What a member reads in the chat, in German: the message ids of the translations."""
    found = [definition.title, definition.summary, definition.source.title, definition.source.note]
    for field in definition.fields:
        found += (field.ask, field.help, *field.choices)
    found += (text for point in definition.points for text in (point.title, point.help))
    found += (fact.title for fact in definition.facts)
    yield from dict.fromkeys(text for text in found if text)
