"""What stands between a press and a change of meetings: the role, and the council of the card.

Who lost a role, or has another council in hand than the card was about, gets the list anew.
"""

from dataclasses import replace
from typing import Final

from conversations.events import Uploaded
from conversations.flows.flow import Card, Line, Move, Scene, Step

_OF: Final = "of"
"""Argument of every step: the council that the card is about."""


class Guarded(Step):
    """A step as its own people see it; anybody else at it gets the list."""

    def __init__(self, step: Step, fallback: Step, *, admins: bool) -> None:
        self._step, self._fallback, self._admins = step, fallback, admins
        self.reads = step.reads
        self.adds = step.adds

    def _acting(self, scene: Scene) -> Step:
        here = scene.text(_OF) in {"", _council(scene)}
        may = scene.state.administers or not self._admins
        return self._step if here and may else self._fallback

    def card(self, scene: Scene) -> Card:
        """The step's card."""
        return self._acting(scene).card(scene)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """The step's move."""
        return _marked(scene, self._acting(scene).pressed(scene, name, value))

    def typed(self, scene: Scene, text: str) -> Move | None:
        """The same for a text."""
        return _marked(scene, self._acting(scene).typed(scene, text))

    def uploaded(self, scene: Scene, file: Uploaded) -> Move | None:
        """The same for a file."""
        return _marked(scene, self._acting(scene).uploaded(scene, file))

    def looked(self, scene: Scene) -> Move | None:
        """The same for a calendar that was read."""
        return _marked(scene, self._acting(scene).looked(scene))

    def expects(self, scene: Scene) -> Line:
        """As the step says."""
        return self._acting(scene).expects(scene)

    def help(self, scene: Scene) -> Line:
        """As the step says."""
        return self._acting(scene).help(scene)


def _council(scene: Scene) -> str:
    return scene.seat.council if scene.seat else ""


def _marked(scene: Scene, move: Move | None) -> Move | None:
    """The move with the council its card is about."""
    if move is None or move.flow not in {"", "meetings"}:
        return move
    return replace(move, args={**move.args, _OF: _council(scene.at(move))})
