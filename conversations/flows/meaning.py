"""What a typed word means where buttons are shown: the button it names, or one of the ways out."""

from conversations.flows.flow import Scene, Step
from conversations.rules.texts import fold

_ON = ("fine", "take", "sign", "keep_point", "next", "keep", "understood", "done")
"""What a typed «weiter» presses where nothing can be skipped."""


def meant(scene: Scene, step: Step, text: str) -> str | None:
    """The id of the button whose words were typed; back, cancel and help work everywhere."""
    folded = fold(text)
    buttons = [one for row in step.card(scene).rows for one in row]
    ids = [one.id for one in buttons]
    for candidate in buttons:
        if folded and folded == fold(scene.label(candidate)):
            return candidate.id
    key = scene.know.texts.reserved(text, scene.language, ids)
    if key == "skip" and key not in ids:
        return next((id_ for id_ in ids if id_ in _ON), None)
    return key if key in {"cancel", "help"} or key in ids else None
