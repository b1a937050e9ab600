"""Reading and refusing ready-made calls (templates/broadcasts/<id>.toml).

The files' texts come in by argument. One problem anywhere and the whole set is refused, with file,
line, key and reason of every problem.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter

from conversations.broadcasts import Link
from conversations.broadcasts.posts import Post
from conversations.broadcasts.templates import Template
from conversations.rules.definitions import DefinitionsRefusedError, Problem, located, parsed
from conversations.rules.posting import MOST_PARTS, cleaned, fits, unknown
from conversations.rules.texts import REFERENCE
from conversations.rules.toml_lines import Path
from conversations.rules.written_marks import post_of, secure

MOST_TITLE = 40
"""Characters of a title: it stands on a button."""
MOST_LABEL = 30
MOST_LINKS = 3
_FILE = re.compile(r"broadcasts/(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)\.toml")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _WrittenLink:
    """A button: it opens the inquiry, or an address."""

    inquiry: bool = False
    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """What a file says."""

    title: dict[str, str]
    text: dict[str, str]
    links: tuple[_WrittenLink, ...] = ()
    order: int = 100


def read(files: Mapping[str, str]) -> tuple[Template, ...]:
    """The ready-made calls in menu order; keys are paths like "broadcasts/neue-fassung.toml".

    Raises DefinitionsRefusedError with every problem found.
    """
    adapter = TypeAdapter(_Written)
    found: list[Template] = []
    problems: list[Problem] = []
    for file in sorted(files):
        try:
            found.append(_read_one(file, files[file], adapter))
        except DefinitionsRefusedError as refused:
            problems += refused.problems
    if problems:
        raise DefinitionsRefusedError(problems)
    return tuple(sorted(found, key=lambda one: (one.order, one.id)))


def _read_one(file: str, text: str, adapter: TypeAdapter[_Written]) -> Template:
    named = _FILE.fullmatch(file)
    if named is None:
        reason = "must be named <id>.toml, e.g. broadcasts/neue-fassung.toml"
        raise DefinitionsRefusedError([Problem(file=file, reason=reason)])
    written = parsed(file, text, adapter)
    if found := [*_checks(written)]:
        raise DefinitionsRefusedError(located(file, text, path, reason) for path, reason in found)
    return Template(
        id=named["id"],
        titles=_reference_first(written.title),
        posts={language: _post(said) for language, said in _reference_first(written.text).items()},
        links=tuple(Link(label=one.label.strip(), url=one.url) for one in written.links),
        order=written.order,
    )


def _checks(written: _Written) -> Iterator[tuple[Path, str]]:
    for key, said in (("title", written.title), ("text", written.text)):
        if REFERENCE not in said:
            yield (key, REFERENCE), "is missing"
        for language in said:
            if not _LANGUAGE.fullmatch(language):
                yield (key, language), "is no language, e.g. de, en, tr"
    for language in written.title.keys() ^ written.text.keys():
        yield ("text", language), "title and text need the same languages"
    for language, title in written.title.items():
        if not 0 < len(title.strip()) <= MOST_TITLE or "\n" in title.strip():
            yield ("title", language), f"must be one line of 1 to {MOST_TITLE} characters"
    for language, text in written.text.items():
        yield from ((("text", language), reason) for reason in _text_problems(text))
    yield from _link_problems(written.links)


def _text_problems(text: str) -> Iterator[str]:
    try:
        post = _post(text)
    except ValueError as error:
        yield str(error)
        return
    if not post.text:
        yield "is empty"
    elif not fits(post):
        yield f"is too long: more than {MOST_PARTS} messages"
    for name in unknown(post):
        yield f"there is no placeholder {{{name}}}"


def _link_problems(links: tuple[_WrittenLink, ...]) -> Iterator[tuple[Path, str]]:
    if len(links) > MOST_LINKS:
        yield ("links",), f"more than {MOST_LINKS}"
    for place, one in enumerate(links):
        if one.inquiry and (one.label or one.url):
            yield ("links", place), "inquiry = true needs neither label nor url"
        elif not one.inquiry and not 0 < len(one.label.strip()) <= MOST_LABEL:
            yield ("links", place, "label"), f"must have 1 to {MOST_LABEL} characters"
        elif not one.inquiry and not secure(one.url):
            yield ("links", place, "url"), "must begin with https://"


def _post(text: str) -> Post:
    return cleaned(post_of(text))


def _reference_first(said: Mapping[str, str]) -> dict[str, str]:
    return {REFERENCE: said[REFERENCE].strip(), **{k: v.strip() for k, v in said.items()}}
