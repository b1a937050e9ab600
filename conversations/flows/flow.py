"""What a dialogue is made of: scenes, cards with buttons, steps, and the moves between them.

Small on purpose: a step shows a card and says what a press or a typed text leads to. No step
knows Telegram, the store or the clock.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from conversations.broadcasts import BroadcastId
from conversations.broadcasts.posts import Post
from conversations.core import (
    Draft,
    DraftId,
    Filing,
    LetterId,
    LetterOrder,
    Member,
    Position,
    Reply,
    Screen,
    State,
    StoredLetter,
)
from conversations.deeds import Deed
from conversations.events import Offered, Rehearsed, Uploaded
from conversations.flows.following import following, in_hand
from conversations.rules.answers import Answers
from conversations.rules.knowledge import Knowledge
from conversations.standing import Seat

Args = Mapping[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A text by its key and values, not yet in any language."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """`id` comes back when pressed; its words are the label `key` or the plain `text`."""

    id: str
    key: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    text: str = ""


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One question to the member."""

    line: Line
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where a press or a text leads, and what it changed."""

    step: str
    flow: str = ""
    """Empty stays in the flow."""
    args: Args = field(default_factory=dict)
    draft: Draft | None = None
    """The draft in hand from now on, stored if it changed."""
    drop_draft: bool = False
    """No draft is in hand any more."""
    member: Member | None = None
    hint: Line | None = None
    """One line above the card."""
    toast: Line | None = None
    deleted: tuple[DraftId, ...] = ()
    orders: tuple[LetterOrder, ...] = ()
    filings: tuple[tuple[LetterId, Filing | None], ...] = ()
    erase: bool = False
    deeds: tuple[Deed, ...] = ()
    """What changes in councils and roles."""
    look: str = ""
    """Address of a calendar to be read."""
    rehearse: BroadcastId | None = None
    """A broadcast to be shown to its author as it will be sent."""
    trial: Mapping[str, Post] = field(default_factory=dict)
    """Shown instead of its texts."""
    replies: tuple[Reply, ...] = ()
    """Sent before the next card, which is then a new message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything a step may look at."""

    state: State
    position: Position
    know: Knowledge
    language: str

    @property
    def member(self) -> Member:
        """The person, who has consented."""
        assert self.state.member is not None
        return self.state.member

    @property
    def seat(self) -> Seat | None:
        """The person's seat in the council in hand."""
        return self.state.seat

    @property
    def draft(self) -> Draft:
        """The draft in hand."""
        assert self.state.draft is not None
        return self.state.draft

    @property
    def answers(self) -> Answers:
        """The answers of the draft in hand."""
        return self.draft.answers

    @property
    def args(self) -> Args:
        """The small things of the step."""
        return self.position.args

    @property
    def today(self) -> date:
        """The local day (Europe/Berlin)."""
        return self.state.now.astimezone(ZoneInfo("Europe/Berlin")).date()

    def text(self, name: str) -> str:
        """A text argument of the step; empty when missing."""
        return str(self.args.get(name, ""))

    def say(self, line: Line) -> str:
        """The line in the person's language, as Telegram HTML."""
        return self.know.texts.html(line.key, self.language, **line.values)

    def label(self, button: Button) -> str:
        """The words on a button, 64 characters at most."""
        if button.text:
            words = button.text
        else:
            key = button.key or button.id.partition(":")[0]
            words = self.know.texts.label(key, self.language, **button.values)
        return words if len(words) <= 64 else words[:63] + "…"

    def at(self, move: Move) -> "Scene":
        """The scene after a move."""
        state = replace(
            self.state,
            member=move.member or self.state.member,
            draft=None if move.drop_draft else (move.draft or self.state.draft),
            drafts=_listed(self.state, move),
            letters=_filed(self.state.letters, move),
        )
        state = following(state, move.deeds)
        position = replace(
            self.position, flow=move.flow or self.position.flow, step=move.step, args=move.args
        )
        language = state.member.language if state.member else self.language
        state = in_hand(self.state, state)
        return replace(self, state=state, position=position, language=language)


def _listed(state: State, move: Move) -> tuple[Draft, ...]:
    """The drafts after the move: changed ones first, deleted ones gone."""
    changed = [d for d in (move.draft, state.draft) if d is not None][:1]
    gone = {*move.deleted, *(d.id for d in changed)}
    return (*changed, *(d for d in state.drafts if d.id not in gone))


def _filed(letters: tuple[StoredLetter, ...], move: Move) -> tuple[StoredLetter, ...]:
    filings = dict(move.filings)
    return tuple(
        replace(one, filed=filings[one.id]) if one.id in filings else one for one in letters
    )


class Step:
    """One question. Subclasses say the card and what follows; the rest is the same for all."""

    adds = False
    """Whether each typed text is one more, beside the earlier ones: telling it anew would double
    it."""
    reads = False
    """Whether a document sent here is a calendar: then `uploaded` finds it read, in
    `state.calendar`."""

    def card(self, scene: Scene) -> Card:
        """The card as it stands now."""
        raise NotImplementedError

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A press on one of the card's own buttons: id "name:value". None: nothing follows."""
        raise NotImplementedError

    def typed(self, scene: Scene, text: str) -> Move | None:
        """A typed text that is no button's word; None: not understood here."""
        return None

    def posted(self, scene: Scene, post: Post) -> Move | None:
        """A message as it was written, text with its marks, photo or file: asked before `typed`
        and `uploaded`. None: not taken here."""
        return None

    def rehearsed(self, scene: Scene, event: Rehearsed) -> Move | None:
        """The broadcast was shown to its author, or refused by Telegram; None: not waited for."""
        return None

    def uploaded(self, scene: Scene, file: Uploaded) -> Move | None:
        """A document was sent; None: not wanted here."""
        return None

    def offered(self, scene: Scene, chat: Offered) -> Move | None:
        """A chat was named for linking; None: not asked for here."""
        return None

    def looked(self, scene: Scene) -> Move | None:
        """The calendar that `Move.look` asked for was read: `state.calendar`."""
        return None

    def expects(self, scene: Scene) -> Line:
        """One line saying what can be answered here."""
        return Line(key="trouble/use_buttons")

    def help(self, scene: Scene) -> Line:
        """What «Hilfe» says at this step."""
        return Line(key="help/step")


def _everybody(_state: State) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A dialogue: its steps by name. `version` grows when stored positions would mean another."""

    name: str
    steps: Mapping[str, Step]
    first: str
    version: int = 1
    open_to: Callable[[State], bool] = _everybody
    """Who may be here, asked at every event; for anybody else the flow does not exist."""

    def nearest(self, position: Position) -> Position:
        """The position itself, or the first step when this version does not know the step."""
        if position.step in self.steps and position.flow_version == self.version:
            return position
        return replace(position, step=self.first, args={}, flow_version=self.version)


def button(id_: str, /, key: str = "", text: str = "", **values: object) -> Button:
    """Short for a Button with label values."""
    return Button(id=id_, key=key, text=text, values=values)


def line(key: str, /, **values: object) -> Line:
    """Short for a Line."""
    return Line(key=key, values=values)


def chosen(text: str, most: int) -> int | None:
    """The number from 1 to `most` that was typed, with or without a mark behind; else None."""
    number = text.strip(" .)")
    if not number.isdecimal() or len(number) > len(str(most)):
        return None  # a number of thousands of digits cannot even be read
    return int(number) if 1 <= int(number) <= most else None


def foot(*, back: bool = True, skip: bool = False) -> tuple[Row, ...]:
    """The row that every question of a dialogue ends with."""
    ids = [*(["skip"] if skip else []), *(["back"] if back else []), "cancel", "help"]
    return (tuple(button(id_) for id_ in ids),)


def screen(scene: Scene, card: Card, hint: Line | None) -> Screen:
    """The card in the person's language, its buttons bound to the position's version."""
    version = scene.position.version
    html = scene.say(card.line)
    if hint is not None:
        html = f"{scene.say(hint)}\n\n{html}"
    rows = tuple(
        tuple((scene.label(b), f"{version}.{b.id}") for b in row) for row in card.rows if row
    )
    return Screen(html=html, rows=rows)
