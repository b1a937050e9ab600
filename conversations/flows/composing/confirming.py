"""The preview, exactly as it will be sent, and the last question before it goes to many."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from conversations.broadcasts import Broadcast
from conversations.broadcasts.telling import local
from conversations.deeds import Confirm, Rehearse
from conversations.events import Rehearsed
from conversations.flows.composing.draft import shown
from conversations.flows.composing.kept import away, count, draft_of, gone, here, main_post
from conversations.flows.flow import Card, Line, Move, Scene, Step, button, foot, line
from conversations.rules.audience import Counted
from conversations.rules.posting import parts, varies
from conversations.rules.sending_hours import closing, opening

_STEPS: Final[Mapping[str, str]] = {
    "comp_later": "time",
    "comp_audience": "audience",
    "comp_text": "text",
    "comp_discard": "discard",
}


class Preview(Step):
    """It is being shown: Telegram's answer leads on."""

    def card(self, scene: Scene) -> Card:
        """That it comes; once more, if it did not."""
        if draft_of(scene) is None:
            return gone()
        return Card(line=line("composing/preview"), rows=((button("comp_again"),), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Once more, or back."""
        one = draft_of(scene)
        if one is None:
            return away(name)
        return shown(scene) if name == "comp_again" else Move(step="draft", args=here(scene, one))

    def rehearsed(self, scene: Scene, event: Rehearsed) -> Move | None:
        """On to the question; what Telegram refused has to be mended first."""
        one = draft_of(scene)
        if one is None or (event.broadcast, event.revision) != (one.id, one.revision):
            return None
        if event.refused:
            hint = line("composing/refused", why=event.refused)
            return Move(step="draft", args=here(scene, one), hint=hint)
        deed = Rehearse(id=one.id, council=one.council, revision=one.revision)
        return Move(step="confirm", args=scene.args, deeds=(deed,))

    def help(self, scene: Scene) -> Line:
        """How a broadcast comes about."""
        return line("composing/help")


class SendIt(Step):
    """To how many, how long it takes, when; and the word that it may go."""

    def card(self, scene: Scene) -> Card:
        """The preview stands above."""
        one = draft_of(scene)
        if one is None:
            return gone()
        reach, start = count(scene, one.content.audience), begins(scene)
        seconds = _seconds(one, reach, scene.know.house.per_second)
        said = line(
            "composing/confirm",
            reach=reach,
            seconds=seconds,
            several=len(one.content.posts) > 1,
            start=local(start),
            night=start is not None and not scene.text("at"),
            rest=_rest(start or scene.state.now, seconds),
            example=one.council is None and _has_placeholders(one),
            eyes=_needs_second(scene, one),
            alone=_needs_second(scene, one) and _alone(scene),
        )
        rows = (
            (button(*_send(scene, one, start)),),
            (button("comp_later", _later(scene)), button("comp_mine")),
            (button("comp_audience"), button("comp_text")),
            (button("comp_discard"),),
        )
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Sent, planned, shown once more, or changed."""
        one = draft_of(scene)
        if one is None:
            return away(name)
        match name:
            case "comp_send":
                return _sent(scene, one)
            case "comp_mine":
                return shown(scene)
            case "back":
                return Move(step="draft", args=here(scene, one))
        return Move(step=_STEPS[name], args=here(scene, one)) if name in _STEPS else None

    def expects(self, scene: Scene) -> Line:
        """A press: nothing goes to many by a typed word that is no button's."""
        return line("composing/expects_button")

    def help(self, scene: Scene) -> Line:
        """How a broadcast comes about."""
        return line("composing/help")


def begins(scene: Scene) -> datetime | None:
    """When it begins (UTC): as chosen, or in the morning; None for at once."""
    now, at = scene.state.now, scene.text("at")
    wanted = datetime.fromisoformat(at).astimezone(UTC) if at else now
    start = opening(max(wanted, now))
    return start if start > now else None


def _sent(scene: Scene, one: Broadcast) -> Move:
    if one.rehearsed != one.revision:
        return Move(step="draft", args=here(scene, one), hint=line("composing/changed"))
    if not count(scene, one.content.audience).all:
        return Move(step="draft", args=here(scene, one), hint=line("composing/nobody"))
    second, start = _needs_second(scene, one), begins(scene)
    if second and _alone(scene):
        return Move(step="confirm", args=here(scene, one), hint=line("composing/alone"))
    deed = Confirm(id=one.id, council=one.council, revision=one.revision, due=start, check=second)
    hint = line("composing/sent", check=second, later=start is not None)
    return Move(flow="broadcasts", step="one", args=here(scene, one), deeds=(deed,), hint=hint)


def _later(scene: Scene) -> str:
    return "comp_retime" if scene.text("at") else "comp_later"


def _rest(start: datetime, seconds: int) -> datetime | None:
    """When the rest goes out, if the evening is too short for all of it."""
    end = closing(start)
    return local(opening(end)) if start + timedelta(seconds=seconds) > end else None


def _send(scene: Scene, one: Broadcast, start: datetime | None) -> tuple[str, str]:
    if _needs_second(scene, one):
        return "comp_send", "comp_check"
    if start is None:
        return "comp_send", "comp_send"
    return "comp_send", "comp_send_then" if scene.text("at") else "comp_send_morning"


def _needs_second(scene: Scene, one: Broadcast) -> bool:
    return scene.know.house.four_eyes and one.council is None


def _alone(scene: Scene) -> bool:
    return len(scene.state.desk.operators) < 2


def _has_placeholders(one: Broadcast) -> bool:
    return any(varies(post) for post in one.content.posts.values())


def _seconds(one: Broadcast, reach: Counted, rate: int) -> int:
    post = main_post(one.content)
    return math.ceil(reach.all * (len(parts(post)) if post else 1) / rate)


STEPS: dict[str, Step] = {"preview": Preview(), "confirm": SendIt()}
