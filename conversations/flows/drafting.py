"""What all steps of a draft share: its definition and place, and remembering what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from conversations.core import Draft, Member
from conversations.flows.flow import Args, Move, Scene, line
from conversations.flows.from_council import followed
from conversations.flows.signing import habits
from conversations.rules.answers import Answers, Filer, Route, Sender
from conversations.rules.deadlines import Deadline
from conversations.rules.definition import Definition
from conversations.rules.drafted import ShownFact, ShownPoint
from conversations.rules.fields import FieldTrouble
from conversations.rules.letter import Letter
from conversations.rules.municipalities import Municipality

INTRODUCTION = {
    Route.OWN: ("chair", "meeting", "rule", "office_email"),
    Route.DISTRICT: ("head",),
}
"""What is asked once about a council that is new to the member, in this order; all skippable."""


def definition_of(scene: Scene) -> Definition:
    """The definition the draft in hand is pinned to; the latest when that version is gone."""
    draft = scene.draft
    found = scene.know.catalogue.pinned(draft.definition, draft.definition_version)
    if found is None:
        raise LookupError(draft.definition)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The draft in hand as cards show it."""

    scene: Scene

    @property
    def _three(self) -> tuple[Definition, Answers, date]:
        return definition_of(self.scene), self.scene.answers, self.scene.today

    @property
    def recipient(self) -> str:
        """The address field in one line."""
        return self.scene.know.letters.recipient(*self._three)

    @property
    def deadline(self) -> Deadline | None:
        """The filing deadline, if it is known."""
        return self.scene.know.letters.deadline(*self._three)

    @property
    def fields(self) -> Mapping[str, int | str]:
        """The definition's own fields by name."""
        return self.scene.know.letters.fields(*self._three)

    @property
    def open_fields(self) -> tuple[tuple[str, FieldTrouble], ...]:
        """The fields that have to be given or changed, with the reason."""
        return self.scene.know.letters.open_fields(*self._three)

    @property
    def points(self) -> tuple[ShownPoint, ...]:
        """Every point on offer."""
        return self.scene.know.letters.points(*self._three)

    def point(self, id_: str) -> ShownPoint:
        """One point by its id; the first for an unknown one."""
        points = self.points
        return next((point for point in points if point.id == id_), points[0])

    @property
    def facts(self) -> tuple[ShownFact, ...]:
        """The dated statements."""
        return self.scene.know.letters.facts(*self._three)

    @property
    def reasons(self) -> str:
        """The reasons as they will stand."""
        return self.scene.know.letters.reasons(*self._three)

    @property
    def pages(self) -> int:
        """About how many pages."""
        return self.scene.know.letters.pages(*self._three)

    @property
    def letter(self) -> Letter:
        """The letter itself."""
        return self.scene.know.letters.compose(*self._three)

    @property
    def count(self) -> int:
        """How many points the letter has."""
        return self.scene.know.letters.count(definition_of(self.scene), self.scene.answers)

    @property
    def place(self) -> str:
        """The municipality with its title."""
        place = self.scene.know.register.get(self.scene.answers.council.ags)
        return self.scene.know.letters.named(place) if place else ""

    @property
    def administration(self) -> Municipality:
        """Whose administration is asked: the municipality's own, or the Kreis's."""
        return self.scene.know.letters.case(*self._three).administration

    @property
    def head_title(self) -> str:
        """How the head of that administration is called, in the letter's words."""
        frame = self.scene.know.letters.texts.frame
        return frame.head_title(self.administration.kind).neutral

    @property
    def body(self) -> str:
        """The body's name as it will stand."""
        frame = self.scene.know.letters.texts.frame
        return self.scene.answers.council.body or frame.body_on(self.scene.today).name


def change(scene: Scene, answers: Answers, step: str, args: Args | None = None) -> Move:
    """On to a step with changed answers; council, sender and meeting are remembered beyond.

    In a letter of a council they are not: its details are kept by its admins.
    """
    draft = replace(scene.draft, answers=answers, touched=scene.state.now)
    old = scene.member
    if draft.council:
        member = replace(old, sender=habits(scene, draft.council, answers.sender))
    else:
        member = _remembering(replace(old, sender=_own_sender(old, answers)), answers)
    return Move(step=step, args=args or {}, draft=draft, member=None if member == old else member)


def _remembering(old: Member, answers: Answers) -> Member:
    """The Kreis and the own municipality have different heads."""
    meeting = answers.meeting or old.meeting
    if answers.route is Route.OWN:
        return replace(old, council=answers.council, meeting=meeting)
    council = replace(answers.council, head=old.council.head)
    return replace(old, council=council, meeting=meeting, district_head=answers.council.head)


def _own_sender(old: Member, answers: Answers) -> Sender:
    """The sender for the next letters: not the chair's name when another member had it sign."""
    sender = answers.sender
    others = sender.filer is Filer.CHAIR and sender.name == answers.council.chair.name
    return old.sender if others and old.sender.name not in {"", sender.name} else sender


def introduction(scene: Scene, step: str) -> tuple[int, int]:
    """Which of how many first questions about a council a step is; (0, 0) where none is said."""
    order = INTRODUCTION[scene.answers.route]
    counted = bool(scene.args.get("intro")) and step in order and len(order) > 1
    return (order.index(step) + 1, len(order)) if counted else (0, 0)


def way_back(scene: Scene, move: Move) -> Move:
    """Back to where a question was asked from; `then` names the steps, the nearest first."""
    first, _, rest = scene.text("then").partition(" ")
    return replace(move, step=first or "recipient", args={"then": rest} if rest else {})


def onward(scene: Scene, move: Move, done: str) -> Move:
    """After a detail: the next question of the introduction, or back to where it was asked from."""
    if not scene.args.get("intro"):
        return way_back(scene, move)
    order = INTRODUCTION[scene.answers.route]
    there = scene.at(move)
    rest = _asking(there, order[order.index(done) + 1 :] if done in order else ())
    if rest:
        return replace(move, step=rest[0], args={"intro": 1})
    answers = there.answers
    asked = " ".join(
        [answers.council.ags, *sorted({*_asked(there.member, answers), answers.route})]
    )
    return replace(move, step="recipient", args={}, member=replace(there.member, asked=asked))


def before(scene: Scene, done: str) -> Move:
    """Back from a detail: the question before, or where it was asked from."""
    if not scene.args.get("intro"):
        return way_back(scene, Move(step="recipient"))
    order = INTRODUCTION[scene.answers.route]
    earlier = _asking(scene, order[: order.index(done)] if done in order else ())
    return Move(step=earlier[-1], args={"intro": 1}) if earlier else to_papers(scene)


def _asking(scene: Scene, steps: tuple[str, ...]) -> tuple[str, ...]:
    """Without a meeting nothing is due, so that no rule is asked for."""
    return tuple(s for s in steps if s != "rule" or scene.answers.meeting is not None)


def first_step(member: Member, draft: Draft) -> Move:
    """Where a new draft starts: the recipient card, after the introduction of an unknown place.

    Members are never asked for what only the admins of their council keep.
    """
    answers = draft.answers
    if draft.council or answers.route in _asked(member, answers):
        return Move(step="recipient")
    return Move(step=INTRODUCTION[answers.route][0], args={"intro": 1})


def _asked(member: Member, answers: Answers) -> tuple[str, ...]:
    """The routes for which the member was asked about this council."""
    ags, *routes = member.asked.split() or [""]
    return tuple(routes) if ags == answers.council.ags else ()


def to_papers(scene: Scene) -> Move:
    """Back to the choice of paper. A draft just begun goes: nothing of its own is in it yet."""
    answers, draft = scene.answers, scene.draft
    typed = (answers.fields, answers.dropped, answers.texts, answers.extras, answers.own)
    begun = draft.step or draft.amends or draft.edition > 1 or any(typed) or answers.own_reason
    deleted = () if begun else (draft.id,)
    return Move(flow="papers", step="paper", drop_draft=True, deleted=deleted)


def resumed(scene: Scene, draft: Draft) -> Move:
    """Back into a draft where it was left; it follows what its council changed meanwhile."""
    now = followed(scene, draft)
    hint = line("recipient/followed") if now.answers != draft.answers else None
    step = draft.step or "recipient"
    return Move(flow="inquiry", step=step, args=draft.args, draft=now, hint=hint)


def left_behind(scene: Scene, after: Scene, move: Move) -> Draft | None:
    """The draft that was in hand and is left: it keeps the step to go on at."""
    draft, then = scene.state.draft, after.state.draft
    if draft is None or scene.position.flow != "inquiry" or (then and then.id == draft.id):
        return None
    if draft.id in move.deleted:
        return None
    where = scene.position
    return replace(draft, step=where.step, args=where.args, touched=scene.state.now)
