"""A letter without the person who wrote it: the council keeps its wording, not the name.

The name becomes the function, as the letter says it; address and e-mail of the sender fall away.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar, cast

from conversations.rules.letter import Letter, Text, plain

_SEPARATOR: Final = " · "
"""Between name and address in the line above the recipient (rules.composing)."""
_OTHERS: Final = ("recipient", "salutation", "copies", "slug")
"""Parts that name other people, or nobody."""

Part = TypeVar("Part")


def unnamed(
    letter: Letter, *, names: Collection[str], functions: Collection[str], otherwise: str
) -> Letter:
    """The letter with the function in place of the names; the first of `functions` that the
    letter itself says, or `otherwise`.

    A name of a single word is taken out where the sender stands, since in a sentence it may be
    somebody else's.
    """
    instead = function_in(letter, functions, otherwise)
    own = _taker([*names, letter.author], instead)
    everywhere = _taker([name for name in (*names, letter.author) if " " in name], instead)
    mail = replace(
        _over(letter.mail, everywhere),
        to=letter.mail.to,
        sender="",
        text="\n".join(_once(own(letter.mail.text).split("\n"), instead, str)),
    )
    others = {name: getattr(letter, name) for name in _OTHERS}
    return replace(
        _over(letter, everywhere),
        **others,
        author=instead,
        sender=_lines(_over(_without_address(letter), own), instead),
        return_line=(),
        signature=_lines(_over(letter.signature, own), instead),
        mail=mail,
    )


def without(text: str, *, names: Collection[str], instead: str) -> str:
    """A text, such as a title, with the function in place of the names of several words."""
    return _taker([name for name in names if " " in name], instead)(text)


def function_in(letter: Letter, functions: Collection[str], otherwise: str) -> str:
    """The function under which the letter was signed."""
    said = [plain(line) for line in (*letter.sender, *letter.signature)]
    return next(
        (one for one in functions if one and any(line.startswith(one) for line in said)),
        otherwise,
    )


def _taker(names: Iterable[str], instead: str) -> Callable[[str], str]:
    wanted = sorted({" ".join(name.split()) for name in names}, key=len, reverse=True)
    patterns = [r"\s+".join(map(re.escape, name.split(" "))) for name in wanted if len(name) > 1]
    if not patterns:
        return lambda text: text
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)
    return lambda text: pattern.sub(lambda _: instead, text)


def _over(part: Part, change: Callable[[str], str]) -> Part:
    """The same with every text in it changed."""
    match part:
        case str() if type(part) is str:
            return cast("Part", change(part))
        case tuple():
            return cast("Part", tuple(_over(one, change) for one in part))
        case _ if is_dataclass(part) and not isinstance(part, type):
            inner: dict[str, Any] = {
                one.name: _over(getattr(part, one.name), change) for one in fields(part)
            }
            return cast("Part", replace(part, **inner))
        case _:
            return part


def _without_address(letter: Letter) -> tuple[Text, ...]:
    _, *address = plain(letter.return_line).split(_SEPARATOR)
    gone = {*address, letter.mail.sender}
    return tuple(line for line in letter.sender if plain(line) not in gone)


def _lines(lines: tuple[Text, ...], instead: str) -> tuple[Text, ...]:
    return tuple(_once([line for line in lines if plain(line)], instead, plain))


def _once(lines: list[Part], instead: str, said: Callable[[Part], str]) -> Iterator[Part]:
    """Without the line that only repeats the function which the next one says."""
    for line, after in zip(lines, [*lines[1:], None], strict=False):
        if said(line) != instead or after is None or not said(after).startswith(instead):
            yield line
