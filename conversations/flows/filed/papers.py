"""The paper in hand: what is known of its filing, who may change that, and the change itself."""

from dataclasses import replace

from conversations.agenda import Filed
from conversations.core import Draft, LetterId, StoredLetter
from conversations.deeds import File
from conversations.events import Uploaded
from conversations.flows.attaching import attached
from conversations.flows.council.parts import administers
from conversations.flows.flow import Line, Move, Scene, line
from conversations.standing import CouncilId


def letter_of(scene: Scene) -> StoredLetter | None:
    """The letter in hand; None too where letters are not loaded."""
    wanted = scene.text("letter")
    return next((one for one in scene.state.letters if one.id == wanted), None)


def filed_of(scene: Scene) -> Filed | None:
    """What is known of its filing."""
    wanted = scene.text("letter")
    return next((one for one in scene.state.agenda.filed if one.letter == wanted), None)


def draft_of(scene: Scene) -> Draft | None:
    """The draft that the letter in hand was made from, while there is one."""
    letter = letter_of(scene)
    drafts = scene.state.drafts if letter else ()
    return next((one for one in drafts if letter and one.id == letter.draft), None)


def may_change(scene: Scene) -> bool:
    """Whether the person keeps this filing: the own letter, or an admin's council's."""
    letter = letter_of(scene)
    if letter is not None and letter.mine:
        return True
    return administers(scene) and filed_of(scene) is not None


def elsewhere(scene: Scene) -> bool:
    """Whether the letter belongs to another council than the one in hand."""
    letter, council = letter_of(scene), scene.state.council
    if letter is None or not letter.council:
        return False
    return council is None or letter.council != council.id


def council_of(scene: Scene) -> CouncilId | None:
    """The council the letter in hand belongs to; None without one."""
    letter = letter_of(scene)
    if letter is None:
        return scene.state.council.id if scene.state.council else None
    return CouncilId(letter.council) if letter.council else None


def here(scene: Scene) -> dict[str, str | int]:
    """What the next card has to know: which letter."""
    return {"letter": scene.text("letter")}


def kept(scene: Scene, filed: Filed, file: str = "", hint: Line | None = None) -> Move:
    """The filing as it is from now on; `file` is Telegram's id of the document that proves it."""
    if not may_change(scene):
        return Move(step="list")
    deed = File(letter=filed.letter, council=council_of(scene), filed=filed, file_id=file)
    changed = filed != filed_of(scene) or file
    return Move(step="one", args=here(scene), deeds=(deed,) if changed else (), hint=hint)


def proven(scene: Scene, filed: Filed, file: Uploaded) -> Move:
    """The document is kept as proof, if it is not too large."""
    name = attached(file)
    if isinstance(name, Line):
        return Move(step=scene.position.step, args=scene.args, hint=name)
    hint = line("reports/file_kept", name=name)
    return kept(scene, replace(filed, proof_file=name), file.file, hint)


def taken_back(scene: Scene) -> Move:
    """It was not filed after all."""
    if not may_change(scene) or filed_of(scene) is None:
        return Move(step="list")
    letter = LetterId(scene.text("letter"))
    deed = File(letter=letter, council=council_of(scene), filed=None)
    return Move(step="list", deeds=(deed,), hint=line("filed/unfiled"))
