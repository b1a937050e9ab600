"""Deeds of operators at the running instance."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from conversations.board import Board


@dataclass(frozen=True, slots=True, kw_only=True)
class Resend:
    """An unclear message goes out once more; the same for all that are named."""

    deliveries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetBe:
    """An unclear message stays as it is."""

    deliveries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """After a restore an operator has seen what is due: sending goes on."""


OperatingDeed = Resend | LetBe | Release


def done(board: Board, deed: OperatingDeed) -> Board:
    """The board after a deed, as the next card shows it."""
    match deed:
        case Resend(deliveries=ids) | LetBe(deliveries=ids):
            return _without(board, ids)
        case Release():
            return replace(board, quarantine=None)


def _without(board: Board, ids: Iterable[str]) -> Board:
    gone = set(ids)
    return replace(board, unclear=tuple(one for one in board.unclear if one.id not in gone))
