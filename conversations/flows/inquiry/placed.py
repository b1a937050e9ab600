"""Every card of a draft needs its municipality: where the register has lost it, it is asked for.

A register changes with the program: places merge, keys end.
"""

from conversations.flows.drafting import definition_of
from conversations.flows.flow import Card, Line, Move, Scene, Step, button, foot, line


class Placed(Step):
    """A step as it is; the question for the place instead when the draft has none."""

    def __init__(self, step: Step) -> None:
        self._step = step
        self.adds = step.adds

    def card(self, scene: Scene) -> Card:
        """The step's card."""
        return self._now(scene).card(scene)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """What the step says."""
        return self._now(scene).pressed(scene, name, value)

    def typed(self, scene: Scene, text: str) -> Move | None:
        """What the step says."""
        return self._now(scene).typed(scene, text)

    def expects(self, scene: Scene) -> Line:
        """What the step expects."""
        return self._now(scene).expects(scene)

    def help(self, scene: Scene) -> Line:
        """The step's help."""
        return self._now(scene).help(scene)

    def _now(self, scene: Scene) -> Step:
        known = scene.know.register.get(scene.answers.council.ags) is not None
        return self._step if known else _LOST


class _Lost(Step):
    """A draft whose place the register does not know any more."""

    def card(self, scene: Scene) -> Card:
        """What happened, and the way on."""
        said = line("recipient/nowhere", title=scene.draft.title, key=scene.answers.council.ags)
        return Card(line=said, rows=((button("other_place", "name_place"),), *foot(back=False)))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """To the question for the place."""
        if name != "other_place":
            return None
        args = {"paper": definition_of(scene).paper, "draft": scene.draft.id}
        return Move(flow="papers", step="place", args=args, draft=scene.draft)


_LOST = _Lost()
