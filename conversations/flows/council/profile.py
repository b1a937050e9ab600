"""The profile card: what is known of the council in hand, and its admins' ways to each part."""

from conversations.flows.council import parts
from conversations.flows.council.titles import body_today, head_title, place_name, place_of
from conversations.flows.council.ways import beginning, pending
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, line
from conversations.rules.profile import PaperKind
from conversations.standing import Role

_GROUPS_SHOWN = 300
"""Characters of the line of lists and Fraktionen; the whole of it stands on its own card."""


class ProfileCard(Step):
    """The council in hand; for an operator without one the ways of operators."""

    def card(self, scene: Scene) -> Card:
        """What is known; members look, admins go on to change."""
        if scene.state.council is None:
            return _for_operators()
        admin = parts.administers(scene)
        rows = (*(_changes(scene) if admin else ((button("rules"),),)), *_elsewhere(scene))
        return Card(line=_said(scene), rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """To a part, into the set-up, or away."""
        match name:
            case "names" | "chair" | "office" | "head" | "groups" | "place":
                return Move(step=name) if parts.administers(scene) else Move(step="profile")
            case "rules":
                return Move(step="rules")
            case "set_up":
                return beginning(scene) if parts.administers(scene) else Move(step="profile")
            case "reminders":
                return Move(flow="reminding", step="council", args=parts.looking(scene))
            case "status":
                return Move(flow="status", step="status")
            case "switch":
                return Move(flow="seats", step="switch")
            case "councils":
                return Move(flow="instance", step="councils")
            case "found":
                return Move(step="found")
            case "home":
                return Move(flow="home", step="home")
        return None


def _for_operators() -> Card:
    rows = ((button("councils"),), (button("found"),), (button("home"),))
    return Card(line=line("council/none"), rows=rows)


def _changes(scene: Scene) -> tuple[Row, ...]:
    open_ = pending(scene)
    return (
        ((button("set_up", count=open_),) if open_ else ()),
        (button("names"), button("chair")),
        (button("office", "office_name"), button("head")),
        (button("groups"), button("rules")),
        (button("place", "change_municipality"),),
    )


def _elsewhere(scene: Scene) -> tuple[Row, ...]:
    several = len(scene.state.standing.seats) > 1
    switch = (button("switch"),) if several else ()
    return ((button("status", "to_status"), button("reminders")), switch, (button("home"),))


def _said(scene: Scene) -> Line:
    profile, today = parts.profile_of(scene), scene.today
    colleagues = scene.state.desk.colleagues
    admins = [one.badge.name for one in colleagues if one.role is Role.ADMIN and one.badge.name]
    groups = ", ".join(profile.groups)
    return line(
        "council/profile",
        profile=profile,
        name=body_today(scene),
        now=next((one for one in profile.bodies if one.on(today)), None),
        later=[one for one in profile.bodies if one.since and one.since > today],
        place=place_name(scene),
        known_place=place_of(scene) is not None,
        title=head_title(scene, profile.head),
        groups=groups if len(groups) <= _GROUPS_SHOWN else groups[: _GROUPS_SHOWN - 1] + "…",
        rules=[(kind.value, profile.rules.get(kind)) for kind in PaperKind],
        admins=admins,
        admin=parts.administers(scene),
        pending=pending(scene),
    )


STEPS = {"profile": ProfileCard()}
