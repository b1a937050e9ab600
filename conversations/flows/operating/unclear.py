"""Messages of which nobody knows whether they arrived: once more, or let be."""

from collections.abc import Sequence

from conversations.board import Unclear
from conversations.deeds import Deed, LetBe, Resend
from conversations.flows.flow import Card, Move, Row, Scene, Step, button, line
from conversations.flows.operating.board import board_of
from conversations.flows.pages import page
from conversations.rules.deadlines import BERLIN

_PAGE = 5


class UnclearOnes(Step):
    """Each by its number, kind and chat, with both ways on."""

    def card(self, scene: Scene) -> Card:
        """A page of them; both ways for all on it, too."""
        all_ = board_of(scene).unclear
        now, turns = page(scene, all_, _PAGE)
        first = all_.index(now[0]) + 1 if now else 1
        shown = [
            (nth, one, one.due.astimezone(BERLIN).date()) for nth, one in enumerate(now, first)
        ]
        said = line("operating/unclear", shown=shown, count=len(all_))
        rows = tuple(_choices(nth, one) for nth, one, _ in shown)
        every = (button("resend:all", "resend_all"), button("let:all", "let_all"))
        return Card(
            line=said,
            rows=(*rows, turns, every if len(all_) > 1 else (), (button("back"), button("home"))),
        )

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Done at once."""
        match name:
            case "page":
                return Move(step="unclear", args={"page": value})
            case "resend" | "let":
                return _decided(scene, name, value)
            case "home":
                return Move(flow="home", step="home")
        return Move(step="board")


def _choices(nth: int, one: Unclear) -> Row:
    return (
        button(f"resend:{one.id}", "resend_one", nth=nth),
        button(f"let:{one.id}", "let_one", nth=nth),
    )


def _decided(scene: Scene, name: str, value: str) -> Move:
    chosen = _named(board_of(scene).unclear, value)
    if not chosen:
        return Move(step="unclear", hint=line("operating/settled"))
    deed: Deed = Resend(deliveries=chosen) if name == "resend" else LetBe(deliveries=chosen)
    left = len(board_of(scene).unclear) - len(chosen)
    hint = line("operating/decided", what=name, count=len(chosen))
    return Move(step="unclear" if left else "board", deeds=(deed,), hint=hint)


def _named(unclear: Sequence[Unclear], value: str) -> tuple[str, ...]:
    return tuple(one.id for one in unclear if value in {"all", one.id})


STEPS: dict[str, Step] = {"unclear": UnclearOnes()}
