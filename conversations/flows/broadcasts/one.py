"""One broadcast: how far it is, and what can be done about it now."""

from datetime import datetime, timedelta
from typing import Final

from conversations.broadcasts import Broadcast, Stage
from conversations.broadcasts.telling import bar, local, percent, repeatable, title
from conversations.deeds import Decline, Deed, Pause, Pin, Resume, Settle
from conversations.flows.broadcasts.shown import chosen, excerpt, gone, is_mine, speaks
from conversations.flows.flow import Args, Card, Line, Move, Row, Scene, Step, button, line
from conversations.replies import Unreached
from conversations.rules.texts import REFERENCE

_EXCERPT: Final = 300
DELETABLE: Final = timedelta(hours=48)
"""So long a bot may delete what it sent (Bot API: deleteMessage)."""
_OVER: Final = frozenset({Stage.DONE, Stage.CANCELLED})
_BEGUN: Final = _OVER | {Stage.RUNNING, Stage.PAUSED}
_ASKING: Final = {"cast_stop": "stop", "cast_correct": "correct", "cast_retract": "retract"}


class OneBroadcast(Step):
    """Text, state, numbers, and the ways on."""

    def card(self, scene: Scene) -> Card:
        """As it stands now."""
        one = chosen(scene)
        if one is None:
            return gone()
        post = one.content.posts.get(REFERENCE)
        said = line(
            "broadcasts/one",
            one=one,
            title=title(scene.know, one, scene.language),
            text=excerpt(post.text, _EXCERPT) if post else "",
            bar=bar(one.tally),
            percent=percent(one.tally),
            mine=is_mine(scene, one),
            due=local(one.due),
            confirmed=local(one.confirmed),
            ended=local(one.ended),
        )
        return Card(line=said, rows=(*_ways(scene, one), (button("casts"), button("help"))))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Done at once, asked first, or only looked at."""
        one = chosen(scene)
        if one is None or name == "casts":
            return Move(flow="home", step="home") if name == "home" else Move(step="list")
        if name in _ASKING:
            return Move(step=_ASKING[name], args=here(one))
        match name:
            case "cast_refresh":
                return Move(step="one", args=here(one))
            case "cast_unreached":
                return Move(step="one", args=here(one), replies=(Unreached(broadcast=one.id),))
            case "cast_answers":
                return Move(step="answers", args=here(one))
            case "cast_decline":
                deed: Deed = Decline(id=one.id, council=one.council)
                return Move(flow="composing", step="draft", args=here(one), deeds=(deed,))
        return _steered(scene, one, name)

    def help(self, scene: Scene) -> Line:
        """What becomes of what."""
        return line("broadcasts/help")


def here(one: Broadcast) -> Args:
    """The arguments of a card about this broadcast."""
    return {"id": one.id}


def deed_of(one: Broadcast, action: str) -> Deed | None:
    """What a press does at once; None for what has to be asked, or cannot be done now."""
    match action, one.stage:
        case "pause", Stage.RUNNING:
            return Pause(id=one.id, council=one.council)
        case "resume", Stage.PAUSED:
            return Resume(id=one.id, council=one.council)
    again = action == "again" and repeatable(one)
    if one.tally.unclear and (again or action == "let"):
        return Settle(id=one.id, council=one.council, again=again)
    return None


def may_retract(one: Broadcast, now: datetime) -> bool:
    """Whether some of it may still be deleted."""
    since = one.ended or one.begun or one.confirmed
    fresh = one.ended is None or (since is not None and now - since < DELETABLE)
    return one.stage in _BEGUN and one.tally.sent > 0 and fresh and one.retracting is None


def may_correct(scene: Scene, one: Broadcast) -> bool:
    """Whether the person may change its text: what still waits goes out with the new one. Not
    alone what two had to look at: that is deleted everywhere, and sent anew."""
    two = scene.know.house.four_eyes and one.council is None
    return may_pin(scene, one) and not two


def may_pin(scene: Scene, one: Broadcast) -> bool:
    """Whether the person may keep it for who joins later."""
    there = one.stage in _BEGUN and one.tally.sent > 0 and one.retracting is None
    return there and speaks(scene, one)


def _steered(scene: Scene, one: Broadcast, name: str) -> Move | None:
    deed: Deed | None
    if name in {"cast_pin", "cast_unpin"}:
        pinned, may = name == "cast_pin", may_pin(scene, one)
        deed = Pin(id=one.id, council=one.council, pinned=pinned) if may else None
        hint = line("broadcasts/pinned", pinned=pinned)
    else:
        action = name.removeprefix("cast_")
        deed = deed_of(one, action)
        hint = line("broadcasts/done", what=action)
    if deed is None:
        return Move(step="one", args=here(one), hint=line("broadcasts/moved_on"))
    return Move(step="one", args=here(one), deeds=(deed,), hint=hint)


def _ways(scene: Scene, one: Broadcast) -> tuple[Row, ...]:
    """What suits where it stands."""
    unclear = one.tally.unclear and one.stage in _BEGUN
    again: Row = (button("cast_again"),) if repeatable(one) else ()
    unreached = one.tally.failed or one.tally.late
    correct = may_correct(scene, one)
    answers = sum(answer.broadcast == one.id for answer in scene.state.broadcasts.answers)
    pin = "cast_unpin" if one.content.pinned else "cast_pin"
    over = one.stage in _OVER and may_pin(scene, one)
    return (
        *_of_stage(scene, one),
        (*again, button("cast_let")) if unclear else (),
        (button("cast_answers", count=answers),) if answers else (),
        (button("cast_unreached"),) if unreached else (),
        (button("cast_correct"),) if correct else (),
        (button("cast_retract"),) if may_retract(one, scene.state.now) else (),
        (button(pin),) if over else (),
    )


def _of_stage(scene: Scene, one: Broadcast) -> tuple[Row, ...]:
    match one.stage:
        case Stage.RUNNING:
            return (button("cast_refresh"),), (button("cast_pause"), button("cast_stop"))
        case Stage.PAUSED:
            return ((button("cast_resume"), button("cast_stop")),)
        case Stage.WAITING:
            return ((button("cast_refresh"), button("cast_stop")),)
        case Stage.CHECK if is_mine(scene, one):
            return ((button("cast_decline"),),)
        case Stage.CHECK | Stage.DRAFT:
            return ((button("cast_refresh"),),)
    later = (one.correcting, one.retracting)
    under_way = any(tally and tally.settled < tally.total for tally in later)
    return ((button("cast_refresh"),),) if under_way else ()


STEPS: dict[str, Step] = {"one": OneBroadcast()}
