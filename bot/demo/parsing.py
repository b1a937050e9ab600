"""Telegram's HTML to text and entities, refusing what Telegram refuses, in its words and with its
byte offsets (Bot API "HTML style"). No other markup is understood."""

import html
import re
from dataclasses import dataclass

from bot.demo.entities import Entity, units
from bot.demo.refusals import RefusedError, bad_request

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_NEXT = re.compile(r"[<&]")
_CHARACTER = re.compile(r"&(?:#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|lt|gt|amp|quot);")
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"\s*(?P<name>[^\s=>]*)\s*(?P<equal>=?)\s*")
_VALUE = re.compile(r"\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[A-Za-z0-9.\-]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    order: int


def parse_html(source: str) -> tuple[str, tuple[Entity, ...]]:
    """The text without markup, and its entities by offset.

    Raises `RefusedError` with "can't parse entities: …" as Telegram does.
    """
    if "<" not in source and "&" not in source:
        return source, ()
    return _Parser(source).run()


class _Parser:
    """One pass over one text."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._text: list[str] = []
        self._size = 0
        self._open: list[_Open] = []
        self._done: list[tuple[int, int, int, Entity]] = []
        self._opened = 0

    def run(self) -> tuple[str, tuple[Entity, ...]]:
        source, place = self._source, 0
        while match := _NEXT.search(source, place):
            self._add(source[place : match.start()])
            place = match.start()
            if source[place] == "&":
                place = self._character(place)
            elif source.startswith("</", place):
                place = self._end_tag(place)
            else:
                place = self._start_tag(place)
        self._add(source[place:])
        if self._open:
            raise _broken(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return "".join(self._text), self._entities()

    def _entities(self) -> tuple[Entity, ...]:
        """In order; nothing may stand inside code or pre."""
        out: list[Entity] = []
        closed_until = -1
        for _, _, _, entity in sorted(self._done, key=lambda item: item[:3]):
            if entity.offset < closed_until:
                continue
            out.append(entity)
            if entity.type in ("code", "pre"):
                closed_until = entity.end
        return tuple(out)

    def _add(self, text: str) -> None:
        if text:
            self._text.append(text)
            self._size += units(text)

    def _character(self, place: int) -> int:
        match = _CHARACTER.match(self._source, place)
        if match is None:
            self._add("&")
            return place + 1
        self._add(html.unescape(match.group()))
        return match.end()

    def _start_tag(self, begin: int) -> int:
        name = _NAME.match(self._source, begin + 1)
        assert name is not None  # the pattern matches the empty string too
        if name.end() == len(self._source):
            raise self._at("Unclosed start tag", begin)
        tag = name.group().lower()
        if tag not in _TYPES:
            raise self._at(f'Unsupported start tag "{tag}"', begin)
        attributes, place = self._attributes(tag, begin, name.end())
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._at('Tag "span" must have class "tg-spoiler"', begin)
        self._opened += 1
        self._open.append(
            _Open(tag=tag, attributes=attributes, offset=self._size, order=self._opened)
        )
        return place

    def _attributes(self, tag: str, begin: int, place: int) -> tuple[dict[str, str], int]:
        source, found = self._source, dict[str, str]()
        while True:
            head = _ATTRIBUTE.match(source, place)
            assert head is not None  # the pattern matches the empty string too
            place = head.end()
            if place >= len(source):
                raise self._at("Unclosed start tag", begin)
            if not head["name"]:
                if head["equal"] or source[place] != ">":
                    raise self._at(f'Empty attribute name in the tag "{tag}"', begin)
                return found, place + 1
            if not head["equal"]:
                found[head["name"].lower()] = ""
                continue
            value = _VALUE.match(source, place)
            if value is None:
                raise self._at("Unclosed start tag", begin)
            written = value["double"] or value["single"] or value["bare"] or ""
            found[head["name"].lower()] = html.unescape(written)
            place = value.end()

    def _end_tag(self, begin: int) -> int:
        if not self._open:
            raise self._at("Unexpected end tag", begin)
        end = self._source.find(">", begin)
        if end < 0:
            raise self._at("Unclosed end tag", begin)
        found, opened = self._source[begin + 2 : end].strip().lower(), self._open.pop()
        if found and found != opened.tag:
            where = self._at("Unmatched end tag", begin).description.removeprefix(_PREFIX)
            raise _broken(f'{where}, expected "</{opened.tag}>", found "</{found}>"')
        self._close(opened)
        return end + 1

    def _close(self, opened: _Open) -> None:
        length = self._size - opened.offset
        kind, url, language, emoji = _TYPES[opened.tag], "", "", ""
        given = opened.attributes
        if opened.tag == "a":
            url = given.get("href", "")
        elif opened.tag == "tg-emoji":
            emoji = given.get("emoji-id", "")
        elif opened.tag == "blockquote" and "expandable" in given:
            kind = "expandable_blockquote"
        elif opened.tag == "code" and self._open and self._open[-1].tag == "pre":
            self._name_language(given.get("class", "").removeprefix("language-"))
            return
        elif opened.tag == "pre":
            language = given.get("language", "")
        if length == 0 or (opened.tag == "a" and not url):
            return
        entity = Entity(
            type=kind, offset=opened.offset, length=length, url=url, language=language, emoji=emoji
        )
        self._done.append((opened.offset, -length, opened.order, entity))

    def _name_language(self, language: str) -> None:
        """`<pre><code class="language-x">` is one entity with a language."""
        if language:
            self._open[-1].attributes["language"] = language

    def _at(self, words: str, place: int) -> RefusedError:
        offset = len(self._source[:place].encode("utf-8", "surrogatepass"))
        return _broken(f"{words} at byte offset {offset}")


_PREFIX = "Bad Request: can't parse entities: "


def _broken(words: str) -> RefusedError:
    return bad_request(f"can't parse entities: {words}")
