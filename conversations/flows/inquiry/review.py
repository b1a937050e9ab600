"""The finished paper: look through, change anything, make the letter, say that it was filed."""

from dataclasses import replace
from datetime import date, time

from conversations.core import (
    Deliver,
    DraftState,
    LetterId,
    LetterOrder,
    Preview,
)
from conversations.flows.calendar import PickDay
from conversations.flows.drafting import Shown, change, definition_of
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.flows.from_council import followed
from conversations.flows.inquiry import stages
from conversations.flows.inquiry.fields import years
from conversations.flows.inquiry.ours import Ours
from conversations.rules.answers import Route
from conversations.rules.definition import Kind

_MOST_PAGES = 2
"""An annex has one more of its own."""


class Review(Step):
    """Everything on one card before the letter is made."""

    def card(self, scene: Scene) -> Card:
        """Summary with what is missing or too long."""
        shown, definition = Shown(scene=scene), definition_of(scene)
        said = line(
            "review/review",
            title=scene.draft.title,
            kind=definition.kind,
            to=shown.recipient,
            points=shown.count,
            pages=shown.pages,
            most_pages=_MOST_PAGES + (definition.annex is not None),
            meeting=scene.answers.meeting,
            deadline=shown.deadline,
            sender=scene.answers.sender,
            reply_by=scene.answers.reply_by if definition.kind is Kind.INQUIRY else None,
            now=scene.state.now,
            today=scene.today,
            newer=scene.know.catalogue.newer(definition),
            note=definition.source,
            council=Ours.of(scene),
        )
        rows: tuple[Row, ...] = ((button("make"),), (button("preview"), button("change")))
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Make it, see it, change it."""
        match name:
            case "make":
                return self._make(scene)
            case "preview":
                return Move(step="review", replies=(Preview(letter=Shown(scene=scene).letter),))
            case "change":
                return Move(step="change")
            case "back":
                return Move(step=stages.preceding(scene, "review"))
        return None

    def _make(self, scene: Scene) -> Move:
        if not scene.answers.sender.name:
            return Move(step="name", args={"then": "review"})
        now = followed(scene, scene.draft)
        if now.answers != scene.answers:
            return Move(step="review", draft=now, hint=line("recipient/followed"))
        answers = replace(scene.answers, dated=scene.answers.dated or scene.today)
        letter = scene.know.letters.compose(definition_of(scene), answers, scene.today)
        id_ = LetterId(scene.state.fresh)
        draft = replace(scene.draft, state=DraftState.DONE, step="done", touched=scene.state.now)
        order = LetterOrder(
            id=id_,
            draft=draft.id,
            title=draft.title,
            version=draft.edition,
            letter=letter,
            amends=draft.amends,
            council=draft.council,
        )
        args = {"letter": id_}
        return Move(
            step="done", args=args, draft=draft, orders=(order,), replies=(Deliver(letter=id_),)
        )


class Change(Step):
    """Every answer can be changed from here, and one comes back here."""

    def card(self, scene: Scene) -> Card:
        """One button per part of the paper."""
        own = scene.answers.route is Route.OWN
        inquiry = definition_of(scene).kind is Kind.INQUIRY
        words = {"points": "change_points" if inquiry else "change_demands"}
        if years(scene):
            words["fields"] = "change_years"
        buttons = [
            button(f"to:{step}", words.get(step, f"change_{step}")) for step in stages.order(scene)
        ]
        if own:
            buttons.insert(1, button("to:meeting", "change_meeting"))
        if inquiry:
            buttons.append(button("to:reply_by", "change_reply_by"))
        buttons.append(button("to:detail", "change_place"))
        if scene.know.catalogue.newer(definition_of(scene)):
            buttons.append(button("newer"))
        pairs = tuple(tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2))
        return Card(line=line("review/change"), rows=(*pairs, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """To that part."""
        match name, value:
            case "to", "detail":
                return Move(step="detail", args={"what": "letter_place", "then": "review"})
            case "to", "recipient":
                return Move(step="recipient_details", args={"then": "review"})
            case "to", "sender" if not scene.answers.sender.name:
                return Move(step="name", args={"then": "review"})
            case "to", _:
                return Move(step=value, args={"then": "review"})
            case "newer", _:
                return self._newer(scene)
        return Move(step="review")

    def _newer(self, scene: Scene) -> Move:
        newer = scene.know.catalogue.newer(definition_of(scene))
        if newer is None:
            return Move(step="review")
        draft = replace(scene.draft, definition_version=newer.version, touched=scene.state.now)
        return Move(step="review", draft=draft, hint=line("review/moved", stand=newer.stand))


class ReplyBy(PickDay):
    """Until when a written answer is asked for."""

    def near(self, scene: Scene) -> date | None:
        """The day asked for now, or the meeting's month."""
        meeting = scene.answers.meeting
        return scene.answers.reply_by or (meeting.day if meeting else None)

    def ask(self, scene: Scene) -> Line:
        """By which day."""
        answers, doubt = scene.answers, bool(scene.text("doubt"))
        return line("review/reply_by", now=answers.reply_by, meeting=answers.meeting, doubt=doubt)

    def others(self, scene: Scene) -> tuple[Row, ...]:
        """Without a day, too."""
        return ((button("no_reply_by"),),)

    def take(self, scene: Scene, day: date, start: time | None) -> Move:
        """The day."""
        return change(scene, replace(scene.answers, reply_by=day), "review")

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A day, another month, or none."""
        match name:
            case "no_reply_by":
                return change(scene, replace(scene.answers, reply_by=None), "review")
            case "back" if not scene.text("doubt"):
                return Move(step="review")
        return super().pressed(scene, name, value)


class Done(Step):
    """The letter is there."""

    def card(self, scene: Scene) -> Card:
        """How to file it, and what comes next."""
        said = line(
            "review/done",
            deadline=Shown(scene=scene).deadline,
            email=scene.answers.council.office_email,
            council=Ours.of(scene),
            own=scene.answers.route is Route.OWN,
            now=scene.state.now,
            today=scene.today,
        )
        rows: tuple[Row, ...] = (
            (button("filed"), button("files")),
            (button("amend"), button("home")),
        )
        return Card(line=said, rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Filed, the files again, a change, or home."""
        letter = LetterId(scene.text("letter"))
        match name:
            case "filed":
                return Move(flow="filed", step="new", args={"letter": letter}, drop_draft=True)
            case "files":
                return Move(step="done", args=scene.args, replies=(Deliver(letter=letter),))
            case "amend":
                draft = replace(
                    scene.draft,
                    state=DraftState.OPEN,
                    touched=scene.state.now,
                    edition=scene.draft.edition + 1,
                )
                return Move(step="change", draft=draft, hint=line("drafts/amending"))
            case "home":
                return Move(flow="home", step="home", drop_draft=True)
        return None


STEPS = {
    "review": Review(),
    "change": Change(),
    "reply_by": ReplyBy(),
    "done": Done(),
}
