"""To whom the paper goes: first card of a draft, its details, and the people addressed."""

from dataclasses import replace

from conversations.flows.drafting import (
    Shown,
    before,
    change,
    definition_of,
    introduction,
    onward,
    to_papers,
    way_back,
)
from conversations.flows.entry import ways_on, with_foot
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.flows.inquiry import stages
from conversations.flows.inquiry.counted import counted, counts
from conversations.flows.inquiry.ours import Ours
from conversations.flows.person import AskPerson
from conversations.rules.answers import Filer, Person, Route


class Recipient(Step):
    """Everything known about the recipient, on one card."""

    def card(self, scene: Scene) -> Card:
        """Recipient, meeting and deadline; with a known sender the short way to the review."""
        known = bool(scene.answers.sender.name)
        own = scene.answers.route is Route.OWN
        planned = scene.answers.meeting is not None
        meeting = button("meeting", "other_meeting" if planned else "pick_meeting")
        unruled = own and planned and scene.answers.council.rule is None
        rows: tuple[Row, ...] = (
            (button("fine"),),
            ((button("straight"),) if known else ()),
            ((button("rule", "enter_rule"),) if unruled else ()),
            ((meeting, button("details")) if own else (button("details"),)),
            ((button("how_counted"),) if counts(scene) else ()),
        )
        return Card(line=self._line(scene), rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """On, or to what shall be different."""
        match name:
            case "fine":
                return Move(step=stages.following(scene, "recipient"))
            case "straight":
                return Move(step="review")
            case "meeting" | "rule":
                return Move(step=name, args={"then": "recipient"})
            case "details":
                return Move(step="recipient_details")
            case "how_counted":
                explained = counted(scene, Ours.of(scene).checked)
                return Move(step="recipient", args=scene.args, hint=explained)
            case "back":
                return to_papers(scene)
        return None

    def _line(self, scene: Scene) -> Line:
        answers = scene.answers
        return line(
            "recipient/recipient",
            **stages.progress(scene, "recipient"),
            to=Shown(scene=scene).recipient,
            meeting=answers.meeting,
            deadline=Shown(scene=scene).deadline,
            rule=answers.council.rule,
            section=answers.council.section,
            now=scene.state.now,
            today=scene.today,
            note=definition_of(scene).source,
            own=answers.route is Route.OWN,
            replaces=answers.replaces,
            council=Ours.of(scene),
        )


class RecipientDetails(Step):
    """What can be changed about the recipient."""

    def card(self, scene: Scene) -> Card:
        """One button per detail."""
        answers = scene.answers
        ids = self._own(scene) if answers.route is Route.OWN else (("head", "body"),)
        other = ("other_route",) if self._routes(scene) else ()
        place = other if scene.draft.council else ("other_place", *other)
        buttons = tuple(tuple(button(id_) for id_ in row) for row in (*ids, place))
        said = line(
            "recipient/details",
            council=answers.council,
            meeting=answers.meeting,
            body=Shown(scene=scene).body,
            own=answers.route is Route.OWN,
        )
        return Card(line=said, rows=((button("done"),), *buttons, *foot()))

    def _own(self, scene: Scene) -> tuple[tuple[str, ...], ...]:
        """What a letter to the own council has; the head only when the chair files."""
        answers = scene.answers
        meeting = ("meeting", *(("time",) if answers.meeting else ()))
        head = (("head",),) if answers.sender.filer is Filer.CHAIR else ()
        office = (("office_name", "office_address"), ("office_email",))
        return (("chair", "body"), meeting, ("rule", "section"), *office, *head)

    def _routes(self, scene: Scene) -> bool:
        """Whether the letter could go elsewhere, too."""
        place = scene.know.register.get(scene.answers.council.ags)
        paper = definition_of(scene).paper
        return place is not None and len(scene.know.catalogue.routes(paper, place)) > 1

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """To the detail."""
        args = {"then": f"recipient_details {scene.text('then')}".strip()}
        match name:
            case "done" | "back":
                return way_back(scene, Move(step="recipient"))
            case "other_place" | "other_route":
                args = {"paper": definition_of(scene).paper, "draft": scene.draft.id}
                step = "place" if name == "other_place" else "route"
                return Move(flow="papers", step=step, args=args, draft=scene.draft)
            case "chair" | "head" | "meeting" | "time" | "rule":
                return Move(step=name, args=args)
        return Move(step="detail", args={**args, "what": name})


class Named(AskPerson):
    """A person the letter addresses."""

    def __init__(self, who: str) -> None:
        self._who = who

    def question(self, scene: Scene) -> Card:
        """The question, with the name there is."""
        shown, council = Shown(scene=scene), scene.answers.council
        known = council.chair if self._who == "chair" else council.head
        place = (
            shown.place if self._who == "chair" else scene.know.letters.named(shown.administration)
        )
        return with_foot(
            f"recipient/{self._who}",
            *ways_on(scene, known=bool(known.name)),
            place=place,
            known=known,
            title=shown.head_title,
            intro=introduction(scene, self._who),
        )

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """On, with the name there is or without one."""
        match name:
            case "skip":
                return onward(scene, Move(step=self._who), self._who)
            case "clear":
                return self.put(scene, Person())
            case "back" if not scene.text("name"):
                return before(scene, self._who)
        return super().pressed(scene, name, value)

    def put(self, scene: Scene, person: Person) -> Move:
        """The person among the draft's answers."""
        old = scene.answers.council
        chairs = self._who == "chair"
        council = replace(old, chair=person) if chairs else replace(old, head=person)
        move = change(scene, replace(scene.answers, council=council), self._who)
        return onward(scene, move, self._who)


STEPS = {
    "recipient": Recipient(),
    "recipient_details": RecipientDetails(),
    "chair": Named("chair"),
    "head": Named("head"),
}
