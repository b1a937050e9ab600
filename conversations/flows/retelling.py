"""Messages edited afterwards: which answer each typed message gave, and what it says instead.

An edit changes that answer, or nothing; it never answers the current question.
"""

import json
from dataclasses import replace

from conversations.core import DraftState, Position
from conversations.flows.flow import Card, Flow, Move, Scene

_KEPT = 12
"""Typed messages that can still be edited."""


def remember(scene: Scene) -> Scene:
    """Note which step the message answers, so that it can still be edited later."""
    if scene.state.message is None:
        return scene
    where = json.dumps([scene.position.flow, scene.position.step, dict(scene.args)])
    said = (*scene.position.said, (scene.state.message, where))[-_KEPT:]
    return replace(scene, position=replace(scene.position, said=said))


def retold(scene: Scene, flow: Flow, text: str, message: int) -> Move | None:
    """The move of the answer that the message gave, told anew; None when nothing changes: an
    unknown message, another dialogue meanwhile, a letter already made, a text that does not fit."""
    where = dict(scene.position.said).get(message)
    if where is None or not text or _made(scene):
        return None
    name, step, args = json.loads(where)
    if name != flow.name or step not in flow.steps or flow.steps[step].adds:
        return None
    there = replace(scene, position=replace(scene.position, step=step, args=args))
    move = flow.steps[step].typed(there, text)
    refused = move is None or move.hint or (move.draft is None and move.member is None)
    return None if refused else move


def _made(scene: Scene) -> bool:
    """Whether the letter of the draft in hand is out: what it says can't be changed under it."""
    return scene.state.draft is not None and scene.state.draft.state is DraftState.DONE


def following_position(after: Scene, flow: Flow, card: Card) -> Position:
    """The position with this card shown."""
    return replace(
        after.position,
        flow_version=flow.version,
        draft=after.state.draft.id if after.state.draft else None,
        version=after.position.version + 1,
        buttons=" ".join(b.id for row in card.rows for b in row),
        said=after.position.said if flow.name == "inquiry" else (),
    )
