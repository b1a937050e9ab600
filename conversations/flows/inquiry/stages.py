"""The order of a draft's main cards, and how far along one is."""

from conversations.flows.drafting import definition_of
from conversations.flows.flow import Args, Scene

_SECONDS = {"recipient": 60, "fields": 20, "points": 90, "reasons": 60, "sender": 40}


def order(scene: Scene) -> tuple[str, ...]:
    """The main cards of this paper: one without fields or reasons has fewer."""
    definition = definition_of(scene)
    present = {"fields": bool(definition.fields), "reasons": bool(definition.reasons)}
    return tuple(step for step in _SECONDS if present.get(step, True))


def following(scene: Scene, step: str) -> str:
    """The card after this one; the review after the last. Without a name it is asked first."""
    steps = (*order(scene), "review")
    after = steps[steps.index(step) + 1]
    return "name" if after == "sender" and not scene.answers.sender.name else after


def preceding(scene: Scene, step: str) -> str:
    """The card before this one."""
    steps = (*order(scene), "review")
    return steps[max(0, steps.index(step) - 1)]


def progress(scene: Scene, step: str) -> dict[str, object]:
    """Values for the line at the top: stage, stages, minutes left (at least one)."""
    steps = order(scene)
    place = steps.index(step)
    seconds = sum(_SECONDS[one] for one in steps[place:])
    definition = definition_of(scene)
    return {
        "stage": place + 1,
        "stages": len(steps),
        "minutes": max(1, round(seconds / 60)),
        "kind": definition.kind,
        "title": scene.draft.title,
    }


def then(scene: Scene) -> Args:
    """Where the main card was opened from, for the cards below it."""
    return {key: value for key, value in scene.args.items() if key == "then"}


def returning(scene: Scene, step: str) -> str:
    """Where a main card leads on: back to the review when it was opened from there."""
    return scene.text("then") or following(scene, step)
