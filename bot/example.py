"""A complete, commented answers file for a paper, as `kimbot letter --example` prints it."""

from datetime import date, timedelta
from pathlib import Path

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from bot.library import Library
from conversations.rules.answers import Answers, Council, Meeting, Route
from conversations.rules.definition import Definition
from conversations.rules.fields import field_values
from conversations.rules.municipalities import Municipality
from conversations.rules.points import offered

_AHEAD = timedelta(days=60)
_FILING = timedelta(days=21)


def example(definition: Definition, library: Library, templates: Path, today: date) -> str:
    """The file's text: TOML that renders as it is."""
    place = _municipality(definition, library)
    meeting = today + _AHEAD
    answers = Answers(council=Council(ags=place.ags), meeting=Meeting(day=meeting))
    points = offered(definition, place.ags)
    environment = SandboxedEnvironment(  # TOML, not HTML
        undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["tojson_plain"] = _quoted
    source = (templates / "letter" / "answers.toml.jinja").read_text("utf-8")
    text = environment.from_string(source).render(
        definition=definition,
        municipality=place,
        today=today,
        meeting=meeting,
        deadline=meeting - _FILING,
        extras=[point for point in points if point.extra],
        values=field_values(definition, answers, today, library.texts.phrases),
        last=[point.id for point in points if not point.extra][-1],
        to_head=definition.route is Route.DISTRICT,
        q=_quoted,
    )
    return text.strip() + "\n"


def _municipality(definition: Definition, library: Library) -> Municipality:
    """The first one in the register this variant is for, a town rather than a Kreis."""
    catalogue, route = library.catalogue, definition.route
    for one in sorted(library.register, key=lambda one: (one.is_district, one.ags)):
        if catalogue.variant_for(definition.paper, one, route) is catalogue.latest(definition.id):
            return one
    return next(iter(library.register))


def _quoted(value: object) -> str:
    """A TOML value: a number as it is, a text as a basic string."""
    if isinstance(value, int):
        return str(value)
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
