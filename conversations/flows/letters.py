"""Finished letters: files again, filed, a new version; and those others of the council filed."""

from dataclasses import replace
from datetime import date, datetime

from conversations.core import Deliver, Draft, DraftId, DraftState, StoredLetter
from conversations.flows.flow import Button, Card, Move, Row, Scene, Step, button, foot, line
from conversations.flows.from_council import followed
from conversations.flows.pages import page
from conversations.flows.papers import MAX_OPEN
from conversations.rules.deadlines import BERLIN

_PAGE = 10


class OfCouncil(Step):
    """The letters that others of the council in hand filed."""

    def card(self, scene: Scene) -> Card:
        """One button each, newest first."""
        entries = tuple(
            button(f"letter:{one.id}", text=named(one)) for one in letters(scene, mine=False)
        )
        return Card(line=line("drafts/council"), rows=(*paged(scene, entries), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Open one, or back to the own."""
        match name:
            case "letter":
                return Move(step="letter", args={name: value})
            case "page":
                return Move(step="council", args={"page": value})
            case "back":
                return Move(step="list")
        return None


class OneLetter(Step):
    """What can be done with a finished letter."""

    def card(self, scene: Scene) -> Card:
        """When it was made, and whether it was filed; another's can only be read."""
        letter = _letter(scene)
        if letter is None:
            return Card(line=line("drafts/gone"), rows=((button("drafts"),),))
        if not letter.mine:
            said = line("drafts/others", letter=letter)
            return Card(line=said, rows=((button("files", "files_of_council"),), *foot()))
        filed = button("filed", "filed_more" if letter.filed else "")
        if letter.filed and not _at_hand(scene, letter):
            filed = button("unfile")
        rows: tuple[Row, ...] = ((button("files"), filed), (button("amend"),))
        said = line("drafts/letter", letter=letter, made=day_of(letter.made))
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """The very files again, filed or not, or a new version."""
        letter = _letter(scene)
        if letter is None or name in {"back", "drafts"}:
            return Move(step="list" if letter is None or letter.mine else "council")
        if name == "files":
            return Move(step="letter", args=scene.args, replies=(Deliver(letter=letter.id),))
        return self._own(scene, letter, name) if letter.mine else None

    def _own(self, scene: Scene, letter: StoredLetter, name: str) -> Move | None:
        """What only the writer does."""
        match name:
            case "filed":
                step = "one" if letter.filed else "new"
                return Move(flow="filed", step=step, args={"letter": letter.id})
            case "unfile":
                hint = line("drafts/unfiled")
                return Move(step="letter", args=scene.args, filings=((letter.id, None),), hint=hint)
            case "amend":
                return full(scene) or _amended(scene, letter)
        return None


def day_of(moment: datetime) -> date:
    """The day it was here: shortly after midnight that is not the UTC day."""
    return moment.astimezone(BERLIN).date()


def open_drafts(scene: Scene) -> list[Draft]:
    """The drafts that no letter was made from yet, newest first."""
    return [draft for draft in scene.state.drafts if draft.state is DraftState.OPEN]


def letters(scene: Scene, *, mine: bool) -> list[StoredLetter]:
    """The member's letters, or those that others of the council filed; newest first."""
    found = [one for one in scene.state.letters if one.mine is mine]
    return sorted(found, key=lambda one: (one.made, one.version), reverse=True)


def paged(scene: Scene, entries: tuple[Button, ...]) -> tuple[Row, ...]:
    """One page of entries, a row each, and the buttons to its neighbours."""
    now, turns = page(scene, entries, _PAGE)
    return (*((entry,) for entry in now), turns)


def _letter(scene: Scene) -> StoredLetter | None:
    return next((one for one in scene.state.letters if one.id == scene.text("letter")), None)


def _at_hand(scene: Scene, letter: StoredLetter) -> bool:
    """Whether it is known what became of a filed letter: not of another council's."""
    council = scene.state.council
    return not letter.council or (council is not None and council.id == letter.council)


def named(letter: StoredLetter) -> str:
    """A letter on its button: whether it is filed, its title, version and day."""
    version = f" ({letter.version})" if letter.version > 1 else ""
    mark = "✓" if letter.filed else "✉"
    return f"{mark} {letter.title}{version} · {day_of(letter.made):%d.%m.%y}"


def full(scene: Scene) -> Move | None:
    """Here again with the reason, when there are as many open drafts as are kept."""
    if len(open_drafts(scene)) < MAX_OPEN:
        return None
    hint = line("papers/too_many", most=MAX_OPEN)
    return Move(step=scene.position.step, args=scene.args, hint=hint)


def _amended(scene: Scene, letter: StoredLetter) -> Move:
    """A filed letter stays as it is: a new version of it says what it replaces."""
    draft = next((d for d in scene.state.drafts if d.id == letter.draft), None)
    if draft is None:
        return Move(step="letter", args=scene.args, hint=line("drafts/no_draft"))
    again = replace(draft, state=DraftState.OPEN, step="change", args={})
    again = replace(
        again,
        touched=scene.state.now,
        edition=letter.version + 1,
        answers=replace(draft.answers, dated=None),
    )
    again = followed(scene, again)
    if letter.filed is not None:
        answers = replace(again.answers, replaces=day_of(letter.made))
        again = replace(again, id=DraftId(scene.state.fresh), amends=letter.id, answers=answers)
    return Move(flow="inquiry", step="change", draft=again, hint=line("drafts/amending"))


STEPS = {"council": OfCouncil(), "letter": OneLetter()}
