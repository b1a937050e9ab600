"""Which points stand in a letter, in which order and under which number.

Ids ("2a") stay with the answers for good; numbers count what is kept, so that no letter has gaps.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conversations.rules.answers import Answers
from conversations.rules.definition import Definition, Point, PointPart

OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A point as it stands in this letter. An own one has no definition behind it."""

    id: str
    number: int
    point: Point | None
    parts: tuple[PointPart, ...] = ()
    own: str = ""
    """The member's own wording of the whole point."""


def offered(definition: Definition, ags: str) -> tuple[Point, ...]:
    """The points this municipality is offered, suggested extras included."""
    return tuple(point for point in definition.points if not point.only or ags in point.only)


def kept(definition: Definition, answers: Answers) -> tuple[Kept, ...]:
    """The points of the letter: the paper's own, then the extras taken, then the member's."""
    chosen = [
        (point.id, point, _parts(point, answers), answers.texts.get(point.id, ""))
        for point in offered(definition, answers.council.ags)
        if _taken(point, answers)
    ]
    with_own = [
        *chosen,
        *((f"{OWN}{n}", None, (), text) for n, text in enumerate(answers.own, 1) if text),
    ]
    return tuple(
        Kept(id=id_, number=number, point=point, parts=parts, own=own)
        for number, (id_, point, parts, own) in enumerate(with_own, 1)
    )


def numbering(definition: Definition, answers: Answers) -> Mapping[str, str]:
    """Number in the letter by id: {"3": "2", "3a": "2a", "own1": "8"}; what is left out, is not in.

    For recording answers by id while people speak of the letter's numbers.
    """
    return dict(_numbers(kept(definition, answers)))


def _numbers(points: tuple[Kept, ...]) -> Iterator[tuple[str, str]]:
    for one in points:
        yield one.id, str(one.number)
        if one.point is not None and not one.own:
            for place, part in enumerate(one.parts):
                label = f"{one.number}{letter_of(place)}" if len(one.parts) > 1 else one.number
                yield f"{one.point.id}{part.id}", str(label)


def letter_of(place: int) -> str:
    """The letter of the part at this place: 0 is "a"."""
    return chr(ord("a") + place)


def _taken(point: Point, answers: Answers) -> bool:
    if point.extra:
        return point.id in answers.extras
    whole = bool(answers.texts.get(point.id)) or not point.parts
    return point.id not in answers.dropped and (whole or bool(_parts(point, answers)))


def _parts(point: Point, answers: Answers) -> tuple[PointPart, ...]:
    return tuple(part for part in point.parts if f"{point.id}{part.id}" not in answers.dropped)
