"""What a member may set: language, name in letters, council in hand, messages; and privacy."""

from dataclasses import replace

from conversations.flows.badge import badge_of
from conversations.flows.flow import Card, Flow, Line, Move, Row, Scene, Step, button, line
from conversations.flows.naming import in_hand
from conversations.flows.privacy import messages, switched
from conversations.standing import Badge, Role

_WAYS = {
    "own_badge": ("badge", "shown"),
    "switch_council": ("seats", "switch"),
    "leave_council": ("seats", "leave"),
    "erase": ("erase", "ask"),
    "privacy": ("privacy", "privacy"),
    "reminders": ("reminding", "own"),
    "home": ("home", "home"),
}


class Settings(Step):
    """One card with the languages that are shipped, each in its own words."""

    def card(self, scene: Scene) -> Card:
        """What is remembered, and what can be changed."""
        others = [code for code in scene.know.texts.languages if code != scene.language]
        names = [scene.know.texts.label("language_name", code) for code in others]
        rows = (
            tuple(button(f"lang:{code}", text=n) for code, n in zip(others, names, strict=True)),
            *_council_rows(scene),
            (messages(scene),),
            (button("erase"), button("privacy")),
            (button("home"),),
        )
        return Card(line=_said(scene), rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Switch, or go on."""
        match name:
            case "lang":
                return Move(step="settings", member=replace(scene.member, language=value))
            case "messages_off" | "messages_on":
                return switched(scene, Move(step="settings"))
        flow, step = _WAYS.get(name, ("", ""))
        return Move(flow=flow, step=step) if flow else None


def _said(scene: Scene) -> Line:
    member, seat = scene.member, scene.seat
    sender = member.sender
    own = Badge(name=sender.name, function=sender.function, group=sender.group)
    place = scene.know.register.get(member.council.ags) if member.council.ags else None
    return line(
        "settings/settings",
        badge=badge_of(scene) if seat else own,
        council=in_hand(scene),
        admin=seat is not None and seat.role is Role.ADMIN,
        place=None if seat else place and scene.know.letters.named(place),
        stopped=member.stopped is not None,
    )


def _council_rows(scene: Scene) -> tuple[Row, ...]:
    if scene.seat is None:
        return ()
    several = len(scene.state.standing.seats) > 1
    switch: Row = (button("switch_council"),) if several else ()
    reminders = (button("own_badge"), button("reminders"))
    return (reminders, (*switch, button("leave_council")))


FLOW = Flow(name="settings", steps={"settings": Settings()}, first="settings")
