"""What members answered to a broadcast, as its author reads it, and writes back."""

from dataclasses import replace
from datetime import timedelta

from conversations.broadcasts import Answer, AnswerId
from conversations.broadcasts.exchange import A_DAY, MOST, excerpt, place
from conversations.broadcasts.telling import local
from conversations.deeds import WriteBack
from conversations.flows.flow import Button, Card, Line, Move, Scene, Step, button, foot, line
from conversations.flows.pages import page

_PAGE = 5
_EXCERPT = 300


class Answers(Step):
    """All answers to one broadcast, and what was written back; the newest first."""

    def card(self, scene: Scene) -> Card:
        """Each that a member wrote has its button."""
        found = _of_broadcast(scene)
        now, turns = page(scene, found, _PAGE)
        first = found.index(now[0]) + 1 if now else 1
        shown = [
            (nth, one, place(scene.know, one.ags), local(one.at), excerpt(one.text, _EXCERPT))
            for nth, one in enumerate(now, first)
        ]
        said = line("answers/list", shown=shown, count=len(found))
        rows = tuple((_entry(nth, one),) for nth, one, *_ in shown if not one.back)
        return Card(line=said, rows=(*rows, turns, (button("back"), button("home"))))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """To write back, turn the page, or back to the broadcast."""
        match name:
            case "answer":
                one = _answer(scene, value)
                return writing(scene, one) if one else Move(step="answers", args=scene.args)
            case "page":
                return Move(step="answers", args={**scene.args, "page": value})
            case "home":
                return Move(flow="home", step="home")
        return Move(step="one", args={"id": scene.text("id")})


class Writing(Step):
    """The word back to one answer."""

    def card(self, scene: Scene) -> Card:
        """The whole answer, and what can be written."""
        one = _answer(scene, scene.text("answer"))
        if one is None:
            return Card(line=line("answers/gone"), rows=((button("back"), button("home")),))
        said = line("answers/writing", one=one, place=place(scene.know, one.ags), most=MOST)
        return Card(line=said, rows=foot())

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Nothing is written."""
        if name == "home":
            return Move(flow="home", step="home")
        return Move(step="answers", args={"id": scene.text("id")}) if name == "back" else None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """It goes at once."""
        one = _answer(scene, scene.text("answer"))
        if one is None or not one.reachable:
            return Move(step="writing", args=scene.args)
        if len(text) > MOST:
            hint = line("answers/long", count=len(text), most=MOST)
            return Move(step="writing", args=scene.args, hint=hint)
        if _today(scene, one) >= A_DAY:
            return Move(step="writing", args=scene.args, hint=line("answers/enough"))
        new = AnswerId(scene.state.fresh)
        deed = WriteBack(id=new, council=one.council, to=one.id, text=text)
        hint = line("answers/back_goes", name=one.name)
        return Move(step="answers", args={"id": one.broadcast}, deeds=(deed,), hint=hint)

    def expects(self, scene: Scene) -> Line:
        """A text."""
        return line("trouble/expects_text")

    def help(self, scene: Scene) -> Line:
        """Where it goes."""
        return line("answers/help")


def writing(scene: Scene, one: Answer) -> Move:
    """To the card where a word back to this answer is written, with its council in hand."""
    member = scene.member
    if one.council is not None and member.active != one.council:
        member = replace(member, active=one.council)
    args = {"id": one.broadcast, "answer": one.id}
    return Move(flow="broadcasts", step="writing", args=args, drop_draft=True, member=member)


def _entry(nth: int, one: Answer) -> Button:
    return button(f"answer:{one.id}", "answer_to", nth=nth)


def _of_broadcast(scene: Scene) -> tuple[Answer, ...]:
    wanted = scene.text("id")
    return tuple(one for one in scene.state.broadcasts.answers if one.broadcast == wanted)


def _answer(scene: Scene, id_: str) -> Answer | None:
    """What a member wrote, if it is still there."""
    known = scene.state.broadcasts.answers
    return next((one for one in known if one.id == id_ and not one.back), None)


def _today(scene: Scene, to: Answer) -> int:
    since = scene.state.now - timedelta(days=1)
    return sum(
        one.back and one.person == to.person and one.broadcast == to.broadcast and one.at > since
        for one in scene.state.broadcasts.answers
    )


STEPS: dict[str, Step] = {"answers": Answers(), "writing": Writing()}
