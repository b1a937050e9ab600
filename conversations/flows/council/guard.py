"""Two admins at once, and rights lost meanwhile: what stands between a press and a change.

Wrapped around every step of the dialogue. Where a part is not any more what the card showed,
nothing is overwritten: the person sees both and chooses.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from conversations.deeds import Amend
from conversations.events import Uploaded
from conversations.flows.council import parts
from conversations.flows.flow import Card, Line, Move, Scene, Step, button, foot, line
from conversations.rules.profile import Profile

CONFLICT = "conflict"


class Kept(StrEnum):
    """Whom a step is kept for."""

    SEATED = "seated"
    ADMINS = "admins"
    OPERATORS = "operators"


class Guarded(Step):
    """A step as its own people see it; anybody else at it gets the card of the dialogue's first
    step."""

    def __init__(self, step: Step, first: Step, kept: Kept, name: str = "profile") -> None:
        """`name` is the first step's."""
        self._step, self._first, self._kept, self._name = step, first, kept, name

    def _acting(self, scene: Scene) -> Step:
        match self._kept:
            case Kept.SEATED:
                may = scene.state.council is not None
            case Kept.ADMINS:
                may = parts.administers(scene)
            case Kept.OPERATORS:
                may = scene.state.standing.operator
        return self._step if may else self._first

    def card(self, scene: Scene) -> Card:
        """The step's card."""
        return self._acting(scene).card(scene)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """The step's move, if what it changes still is what was shown."""
        move = self._acting(scene).pressed(scene, name, value)
        return move and self._judged(scene, move, ("pressed", name, value))

    def typed(self, scene: Scene, text: str) -> Move | None:
        """The same for a text."""
        move = self._acting(scene).typed(scene, text)
        return move and self._judged(scene, move, ("typed", text))

    def uploaded(self, scene: Scene, file: Uploaded) -> Move | None:
        """The same for a document."""
        move = self._acting(scene).uploaded(scene, file)
        return move and self._judged(scene, move, ())

    def expects(self, scene: Scene) -> Line:
        """As the step says."""
        return self._acting(scene).expects(scene)

    def help(self, scene: Scene) -> Line:
        """As the step says."""
        return self._acting(scene).help(scene)

    def _judged(self, scene: Scene, move: Move, answer: tuple[str, ...]) -> Move:
        council, seen = scene.state.council, scene.text(parts.SEEN)
        if council is None or move.flow not in {"", scene.position.flow}:
            return move
        changes = [deed.what for deed in move.deeds if isinstance(deed, Amend)]
        if changes and parts.of_another(seen, council):
            return _looking(scene, Move(step=self._name, hint=line("council/another")))
        clash = parts.seen_otherwise(seen, council) & set(changes)
        if not clash:
            return _looking(scene, move)
        if scene.position.step == CONFLICT:
            args = _without_sight(scene)
        else:
            where = json.dumps([scene.position.step, _without_sight(scene), answer])
            args = {"part": min(clash), "mine": where}
        return _looking(scene, Move(step=CONFLICT, args=args))


def _without_sight(scene: Scene) -> dict[str, str | int]:
    return {key: arg for key, arg in scene.args.items() if key != parts.SEEN}


def _looking(scene: Scene, move: Move) -> Move:
    """The move with a note of what its card will show. A step that goes on with what was shown
    before passes its own note along."""
    council = scene.at(move).state.council
    if council is None or (move.args.get(parts.SEEN) and not move.deeds):
        return move
    return replace(move, args={**move.args, parts.SEEN: parts.sight(council)})


class Conflict(Step):
    """What stands there now, what the person wanted, and the choice between them."""

    def __init__(self, steps: Mapping[str, Step], first: str = "profile") -> None:
        self._steps, self._first = steps, first

    def card(self, scene: Scene) -> Card:
        """Both, side by side."""
        now = parts.profile_of(scene)
        mine = _profile(self._mine(scene)) or now
        found = (scene.know.register.get(one.ags) for one in (now, mine))
        said = line(
            "council/conflict",
            part=scene.text("part"),
            now=now,
            mine=mine,
            places={one.ags: scene.know.letters.named(one) for one in found if one},
        )
        rows = ((button("take_mine"),), (button("leave_theirs"),))
        return Card(line=said, rows=(*rows, *foot(back=False)))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """The change after all, or on without it."""
        mine = self._mine(scene) or Move(step=self._first)
        match name:
            case "take_mine":
                return mine
            case "leave_theirs":
                return replace(mine, deeds=(), hint=None)
        return None

    def _mine(self, scene: Scene) -> Move | None:
        """What the answer would change today."""
        try:
            step, args, answer = json.loads(scene.text("mine"))
        except ValueError:
            return None
        there = replace(scene, position=replace(scene.position, step=step, args=args))
        inner = self._steps.get(step)
        if inner is None:
            return None
        match answer:
            case ["typed", text]:
                return inner.typed(there, text)
            case ["pressed", name, value]:
                return inner.pressed(there, name, value)
        return None


def _profile(move: Move | None) -> Profile | None:
    deeds = move.deeds if move else ()
    return next((deed.profile for deed in deeds if isinstance(deed, Amend)), None)
