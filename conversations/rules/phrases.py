"""Letter texts as templates: values go in, typed spans come out.

What a person typed is fenced by two private-use characters before rendering and becomes a span
of its own after it. It is never a template itself, and nothing is changed in it.
"""

import re
from collections.abc import Mapping
from datetime import date

from babel.dates import format_date
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from conversations.rules.letter import Span, Text

_OPEN, _CLOSE = "\ue000", "\ue001"
_FENCED = re.compile(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_BLANKS = re.compile(r"[ \t\r\n]+")
_NO_BREAK = "\u00a0"
_TOGETHER = (
    ("§", r"\d"),
    ("§[ \u00a0]\\d", "[A-ZÄÖÜ]"),
    ("§[ \u00a0]\\d\\d", "[A-ZÄÖÜ]"),
    (r"\b(?:GO)", r"NRW\b"),
    (r"\bKrO", r"NRW\b"),
    (r"\bTIntG", r"NRW\b"),
    (r"\d\.", "[A-ZÄ][a-zä]+[ \u00a0]\\d{4}\\b"),
    ("[a-zä]", r"\d{4}\b"),
    (r"\d", r"(?:Mio\.|Mrd\.|Tsd\.|€|%|Uhr\b|Monate\b|Jahre\b|Tage\b)"),
    (r"(?:Mio|Mrd|Tsd)\.", "€"),
    (r"\bz\.", r"B\."),
    (r"\bd\.", r"h\."),
    (r"\bu\.", r"a\."),
    (r"\b(?:Nr|Bd)\.", r"\d"),
    (r"\bAbs\.", r"\d"),
    (r"\bBaustein", r"\d"),
    (r"\bBausteine", r"\d"),
    (r"\bBausteinen", r"\d"),
    (r"\bFrage", r"\d"),
)
_KEPT_TOGETHER = re.compile(
    " (?:" + "|".join(f"(?<={before} )(?={after})" for before, after in _TOGETHER) + ")"
)
"""A blank first, so that the search skips to blanks: one pass instead of one for each."""


def typed(value: str) -> str:
    """The value fenced as typed by a person; private-use characters cannot get in."""
    bare = _PRIVATE.sub("", value)
    return f"{_OPEN}{bare}{_CLOSE}" if bare else ""


def as_typed(value: str) -> Text:
    """A text that is typed as a whole."""
    bare = _PRIVATE.sub("", value)
    return (Span(text=bare, typed=True),) if bare else ()


def bind(text: str) -> str:
    """Our own text with non-breaking spaces where a line must not end: "§ 27", "75 Mio. €"."""
    return _KEPT_TOGETHER.sub(_NO_BREAK, text)


def spans(rendered: str) -> Text:
    """The rendered text as spans: blanks of our own text collapse, typed text stays as it is."""
    pieces = [piece for piece in _FENCED.split(rendered) if piece]
    found = [
        Span(text=piece[1:-1], typed=True)
        if piece.startswith(_OPEN)
        else Span(text=bind(_BLANKS.sub(" ", piece)))
        for piece in pieces
    ]
    if found and not found[0].typed:
        found[0] = Span(text=found[0].text.lstrip(" "))
    if found and not found[-1].typed:
        found[-1] = Span(text=found[-1].text.rstrip(" "))
    return tuple(span for span in found if span.text)


def one_line(value: str) -> str:
    """A value for a place that has one line only: line feeds become spaces."""
    return " ".join(value.split("\n")).strip()


class Phrases:
    """Compiles each text once and renders it; texts come from definitions and the frame."""

    def __init__(self) -> None:
        self._environment = SandboxedEnvironment(  # no markup comes out of it: spans, not HTML
            undefined=StrictUndefined, autoescape=False
        )
        self._environment.filters.update({"day": day, "month": month, "cap": cap})
        self._compiled: dict[str, Template] = {}

    def raw(self, source: str, values: Mapping[str, object]) -> str:
        """The rendered text with its fences. Raises jinja2.TemplateError."""
        if "{" not in source:
            return source
        template = self._compiled.get(source)
        if template is None:
            template = self._compiled[source] = self._environment.from_string(source)
        return template.render(values)

    def text(self, source: str, values: Mapping[str, object]) -> Text:
        """The rendered text as spans. Raises jinja2.TemplateError."""
        return spans(self.raw(source, values))

    def lines(self, source: str, values: Mapping[str, object]) -> str:
        """The rendered text as one string that keeps its line feeds (the text of a mail)."""
        rendered = self.raw(source, values)
        return bind(rendered).replace(_OPEN, "").replace(_CLOSE, "").strip()


def day(value: date) -> str:
    """A day as letters write it: "14. Januar 2027"."""
    return format_date(value, "d. MMMM y", locale="de")


def month(value: date) -> str:
    """A month as letters write it: "Januar 2027"."""
    return format_date(value, "MMMM y", locale="de")


def cap(text: str) -> str:
    """The text with a capital first letter, for the start of a sentence."""
    return text[:1].upper() + text[1:]
