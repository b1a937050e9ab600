"""How a person stands in letters and in the council's list: name, function, list.

Asked once after joining, one press each; later changed from the settings.
"""

from dataclasses import replace
from zlib import crc32

from conversations.core import State
from conversations.deeds import Wear
from conversations.flows.entry import Entry, with_foot
from conversations.flows.flow import Args, Card, Flow, Line, Move, Row, Scene, Step, button, line
from conversations.flows.naming import in_hand
from conversations.rules.cleaning import clean
from conversations.rules.profile import Profile
from conversations.standing import Badge, Role

_MOST = 80
"""Characters of a name, a function, a list: they stand on one line."""
_LISTS = 12
"""Lists that are offered as buttons; further ones are typed."""
_FUNCTIONS = (
    ("function_member", "function_office"),
    ("function_chair_f", "function_chair_m"),
    ("function_deputy_f",),
    ("function_deputy_m",),
    ("function_expert_f",),
    ("function_expert_m",),
)


class Name(Entry):
    """The name."""

    most = _MOST

    def ask(self, scene: Scene) -> Card:
        """With a proposal: the name in other letters, else the one Telegram shows."""
        proposal, now = _proposal(scene), badge_of(scene).name
        rows: tuple[Row, ...] = ((button("propose", text=proposal),),) if proposal else ()
        return with_foot("badge/name", *rows, back=_changing(scene), now=now, proposal=proposal)

    def take(self, scene: Scene, text: str) -> Move:
        """On to the function."""
        return _worn(scene, replace(badge_of(scene), name=text), "function")

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """The proposal, or back."""
        match name:
            case "propose":
                return self.typed(scene, _proposal(scene))
            case "back":
                return Move(step="shown")
        return super().pressed(scene, name, value)

    def expects(self, scene: Scene) -> Line:
        """A name."""
        return line("badge/expects_name")


class Function(Entry):
    """The function, as it stands below the name."""

    most = _MOST

    def ask(self, scene: Scene) -> Card:
        """The usual ones."""
        rows = tuple(tuple(button(f"function:{key}", key) for key in keys) for keys in _FUNCTIONS)
        return with_foot("badge/function", *rows, now=badge_of(scene).function)

    def take(self, scene: Scene, text: str) -> Move:
        """On to the list."""
        return _worn(scene, replace(badge_of(scene), function=text), "group")

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """One of the usual ones, or back."""
        match name:
            case "function":
                # It stands in letters, and letters are German whatever the chat speaks.
                return self.take(scene, scene.know.texts.label(value, "de"))
            case "back":
                return _back(scene, "name")
        return super().pressed(scene, name, value)

    def expects(self, scene: Scene) -> Line:
        """A function."""
        return line("badge/expects_function")


class Group(Entry):
    """The list or Fraktion."""

    most = _MOST

    def ask(self, scene: Scene) -> Card:
        """Those of the council, and none."""
        groups = _groups(scene)[:_LISTS]
        rows = tuple((button(f"list:{_key(group)}", text=group),) for group in groups)
        rows = (*rows, (button("group_none"),))
        return with_foot("badge/group", *rows, now=badge_of(scene).group, groups=bool(groups))

    def take(self, scene: Scene, text: str) -> Move:
        """Done."""
        return _worn(scene, replace(badge_of(scene), group=text), "")

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """One of them, none, or back."""
        match name:
            case "list":
                group = next((one for one in _groups(scene) if _key(one) == value), None)
                return self.take(scene, group) if group else self.again(scene)
            case "group_none":
                return self.take(scene, "")
            case "back":
                return _back(scene, "function")
        return super().pressed(scene, name, value)

    def expects(self, scene: Scene) -> Line:
        """A list."""
        return line("badge/expects_group")


class Shown(Step):
    """All three at a glance: after joining another council, and from the settings."""

    def card(self, scene: Scene) -> Card:
        """Right, or one of them is changed."""
        said = line("badge/shown", badge=badge_of(scene), council=in_hand(scene))
        rows = (
            (button("badge_fine"),),
            (button("badge_name"), button("badge_function")),
            (button("badge_group"),),
        )
        return Card(line=said, rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """To the question, or on."""
        if name == "badge_fine":
            return _finished(scene) if scene.args.get("joining") else _settings()
        step = name.removeprefix("badge_")
        return Move(step=step, args={**scene.args, "change": 1})


def badge_of(scene: Scene) -> Badge:
    """How the person stands in the council in hand."""
    return scene.seat.badge if scene.seat else Badge()


def _worn(scene: Scene, badge: Badge, onward: str) -> Move:
    """The badge as changed, also under letters; then the next question, or the end."""
    member, seat = scene.member, scene.seat
    assert seat is not None
    sender = replace(member.sender, name=badge.name, function=badge.function, group=badge.group)
    move = Move(
        step=onward,
        args=_kept(scene),
        member=replace(member, sender=sender),
        deeds=() if badge == seat.badge else (Wear(council=seat.council, badge=badge),),
    )
    if _changing(scene):
        return replace(move, step="shown")
    return move if onward else _finished(scene, move)


def _finished(scene: Scene, move: Move | None = None) -> Move:
    """After joining: home; an admin of a council without particulars goes to its profile."""
    ended = move or Move(step="home")
    after = scene.at(ended)
    profile, seat = _profile(after), after.seat
    bare = profile is not None and not profile.chair.name
    if bare and seat is not None and seat.role is Role.ADMIN:
        hint = line("badge/done_admin")
        return replace(ended, flow="council", step="profile", args={}, hint=hint)
    hint = line("badge/done", badge=badge_of(after))
    return replace(ended, flow="home", step="home", args={}, hint=hint)


def _settings() -> Move:
    return Move(flow="settings", step="settings")


def _back(scene: Scene, before: str) -> Move:
    return Move(step="shown" if _changing(scene) else before, args=_kept(scene))


def _changing(scene: Scene) -> bool:
    return bool(scene.args.get("change"))


def _kept(scene: Scene) -> Args:
    """What the next card has to know: whether the person has just joined."""
    return {key: 1 for key in ("joining",) if scene.args.get(key)}


def _groups(scene: Scene) -> tuple[str, ...]:
    profile = _profile(scene)
    return profile.groups if profile else ()


def _profile(scene: Scene) -> Profile | None:
    """The profile of the council in hand; not loaded yet in the turn that joins it."""
    council, seat = scene.state.council, scene.seat
    return council.profile if council and seat and council.id == seat.council else None


def _key(group: str) -> str:
    """A short stand-in for a list's name, which may not fit into a button's data."""
    return f"{crc32(group.encode()):08x}"


def _proposal(scene: Scene) -> str:
    now = f"{scene.state.first_name} {scene.state.last_name}".strip()
    telegram = clean(" ".join((now or scene.member.called).split()))
    return (scene.member.sender.name or telegram)[:_MOST]


def _seated(state: State) -> bool:
    return bool(state.standing.seats)


FLOW = Flow(
    name="badge",
    steps={"name": Name(), "function": Function(), "group": Group(), "shown": Shown()},
    first="name",
    open_to=_seated,
)
