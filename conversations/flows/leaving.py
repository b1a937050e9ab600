"""What is said to somebody who leaves a draft behind: that it is kept, and the way back."""

from conversations.broadcasts import Stage
from conversations.core import DraftState
from conversations.flows.flow import Line, Scene, line


def kept_word(scene: Scene) -> Line | None:
    """One line when something that was being written stays behind; None when nothing does."""
    draft = scene.state.draft
    match scene.position.flow:
        case "inquiry" if draft is not None and draft.state is DraftState.OPEN:
            return line("home/kept", title=draft.title)
        case "composing":
            one = scene.state.broadcasts.one(scene.text("id"))
            return line("composing/kept") if one and one.stage is Stage.DRAFT else None
    return None
