"""All that was filed, with age and state; and one paper with everything known of its filing."""

from dataclasses import replace

from conversations.agenda import Filed
from conversations.events import Uploaded
from conversations.flows.filed.papers import filed_of, here, kept, letter_of, may_change, proven
from conversations.flows.flow import Card, Move, Row, Scene, Step, button, line
from conversations.flows.letters import letters, named
from conversations.flows.pages import page
from conversations.flows.placed import place_in_hand

_PAGE = 6
_UNFILED = 3


class FiledPapers(Step):
    """What is filed, newest first, and own letters that are not yet."""

    def card(self, scene: Scene) -> Card:
        """A button each."""
        filed = scene.state.agenda.filed
        now, turned = page(scene, filed, _PAGE)
        unfiled = _unfiled(scene)
        said = line(
            "filed/list",
            place=place_in_hand(scene),
            papers=now,
            count=len(filed),
            open=sum(one.answered is None for one in filed),
            unfiled=len(unfiled),
            today=scene.today,
        )
        rows = (
            *((button(f"paper:{one.letter}", text=_label(one)),) for one in now),
            turned,
            *unfiled,
            _onward(scene),
        )
        return Card(line=said, rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A paper, a letter that is filed now, or on."""
        match name:
            case "page":
                return Move(step="list", args={"page": value})
            case "paper":
                return Move(step="one", args={"letter": value})
            case "new":
                return Move(step="new", args={"letter": value})
            case "status":
                return Move(flow="status", step="status")
            case "home":
                return Move(flow="home", step="home")
        return None


class OnePaper(Step):
    """A filed paper; each part is one press."""

    def card(self, scene: Scene) -> Card:
        """Everything known of its filing."""
        one = filed_of(scene)
        if one is None:
            return Card(line=line("drafts/gone"), rows=((button("list", "to_filed"),),))
        met = next((m for m in scene.state.agenda.meetings if m.id == one.meeting), None)
        said = line("filed/one", it=one, meeting=met, today=scene.today)
        rows = _changes(one) if may_change(scene) else ()
        letter = (button("letter", "filed_letter"),) if letter_of(scene) else ()
        ways = (button("list", "to_filed"), button("home"))
        return Card(line=said, rows=(*rows, letter, ways))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Changed at once, or to the question."""
        one = filed_of(scene)
        if one is None or name in {"list", "back"}:
            return Move(step="list")
        match name:
            case "letter":
                return Move(flow="drafts", step="letter", args=here(scene))
            case "home":
                return Move(flow="home", step="home")
        return _changed(scene, one, name) if may_change(scene) else None

    def uploaded(self, scene: Scene, file: Uploaded) -> Move | None:
        """A document sent at the card proves the filing."""
        one = filed_of(scene)
        return proven(scene, one, file) if one and may_change(scene) else None


def _changed(scene: Scene, one: Filed, name: str) -> Move | None:
    today = scene.today
    match name:
        case "receipt":
            return kept(scene, replace(one, receipt=today))
        case "no_receipt":
            return kept(scene, replace(one, receipt=None))
        case "answered":
            return kept(scene, replace(one, answered=today))
        case "unanswered":
            return kept(scene, replace(one, answered=None))
        case "day" | "way" | "to" | "meeting" | "number" | "proof" | "promised" | "unfile":
            return Move(step=name, args=here(scene))
    return None


def _changes(one: Filed) -> tuple[Row, ...]:
    receipt = button("no_receipt", "filed_no_receipt") if one.receipt else button("receipt")
    answer = button("unanswered", "filed_unanswered") if one.answered else button("answered")
    return (
        (receipt, answer),
        (button("promised", "filed_promised"), button("number", "filed_number")),
        (button("meeting"), button("to", "filed_to")),
        (button("way", "filed_way"), button("day", "filed_day")),
        (button("proof", "filed_proof"), button("unfile")),
    )


def _label(one: Filed) -> str:
    mark = "✓" if one.answered else "●" if one.receipt else "○"
    return f"{mark} {one.title[:40]} · {one.day:%d.%m.%y}"


def _unfiled(scene: Scene) -> tuple[Row, ...]:
    """The latest own letters of the council in hand (or of none) that are not filed."""
    known = {one.letter for one in scene.state.agenda.filed}
    own = letters(scene, mine=True)
    council = scene.state.council.id if scene.state.council else ""
    left = [one for one in own if not one.filed and one.id not in known]
    here = [one for one in left if one.council in {"", council}]
    return tuple(
        (button(f"new:{one.id}", "filed_new", words=named(one)[2:40]),) for one in here[:_UNFILED]
    )


def _onward(scene: Scene) -> Row:
    status = (button("status", "to_status"),) if scene.state.council else ()
    return (*status, button("home"))


STEPS: dict[str, Step] = {"list": FiledPapers(), "one": OnePaper()}
