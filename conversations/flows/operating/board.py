"""The board at a glance; the chats that do not work; the word after a restore."""

from datetime import datetime

from conversations.board import Board
from conversations.deeds import Release
from conversations.flows.flow import Card, Move, Row, Scene, Step, button, line
from conversations.flows.pages import page
from conversations.flows.placed import place_name
from conversations.rules.deadlines import BERLIN

_PAGE = 10


class Overview(Step):
    """Everything in counts; what needs a person's word has a button."""

    def card(self, scene: Scene) -> Card:
        """How the instance does."""
        it = board_of(scene)
        said = line(
            "operating/board",
            it=it,
            next=_local(it.next),
            backup=_local(it.backup),
            age=(scene.state.now - it.backup).days if it.backup else 0,
            quarantine=_local(it.quarantine),
        )
        words: Row = (
            *((button("release", "board_release"),) if it.quarantine else ()),
            *((button("unclear", "board_unclear", count=len(it.unclear)),) if it.unclear else ()),
        )
        chats: Row = (
            (button("chats", "board_chats", count=len(it.disabled)),) if it.disabled else ()
        )
        ways = (button("again", "board_again"), button("councils"))
        return Card(line=said, rows=(words, chats, ways, (button("home"),)))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Look anew, or on."""
        match name:
            case "again":
                return Move(step="board")
            case "release" | "unclear" | "chats":
                return Move(step=name)
            case "councils":
                return Move(flow="instance", step="councils")
            case "home":
                return Move(flow="home", step="home")
        return None


class ReleaseAll(Step):
    """What would go out after a restore, and the word that it may."""

    def card(self, scene: Scene) -> Card:
        """Counted by kind; some may have been sent before the restore."""
        it = board_of(scene)
        said = line("operating/release", it=it, quarantine=_local(it.quarantine))
        yes = (button("release_yes", "board_release_yes"),) if it.quarantine else ()
        return Card(line=said, rows=(yes, (button("back"), button("home"))))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Sending goes on, or not yet."""
        match name:
            case "release_yes":
                return Move(step="board", deeds=(Release(),), hint=line("operating/released"))
            case "home":
                return Move(flow="home", step="home")
        return Move(step="board")


class Chats(Step):
    """Linked chats that do not work, by place and number."""

    def card(self, scene: Scene) -> Card:
        """A page of them, each with its reason."""
        now, turns = page(scene, board_of(scene).disabled, _PAGE)
        said = line("operating/chats", chats=[(place_name(scene, one.ags), one) for one in now])
        return Card(line=said, rows=(turns, (button("back"), button("home"))))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Another page, or back."""
        match name:
            case "page":
                return Move(step="chats", args={"page": value})
            case "home":
                return Move(flow="home", step="home")
        return Move(step="board")


def board_of(scene: Scene) -> Board:
    """The board, as it was read for this turn."""
    return scene.state.desk.board or Board()


def _local(at: datetime | None) -> datetime | None:
    return at and at.astimezone(BERLIN)


STEPS: dict[str, Step] = {"board": Overview(), "release": ReleaseAll(), "chats": Chats()}
