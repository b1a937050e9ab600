"""Commands that are answered beside the current card and leave it as it is: help, privacy,
imprint, own data, stop. They work for everybody, and store nothing about strangers.
"""

from dataclasses import dataclass, replace

from conversations.commands import COMMANDS, Audience, Command
from conversations.core import Member, Reply, Say, Screen, State
from conversations.flows import consent
from conversations.flows.flow import Flow, Move, Scene
from conversations.replies import OwnData
from conversations.routes import ENTRY, FLOWS
from conversations.rules.house import House
from conversations.rules.knowledge import Knowledge
from conversations.standing import Role

_UNTIED = frozenset({"home", "settings", "privacy", "erase"})
"""Dialogues for people whom the house does not admit: nothing but their own data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """The answer, and the member when something changed."""

    replies: tuple[Reply, ...]
    member: Member | None = None


def aside(know: Knowledge, state: State, language: str, name: str) -> Aside | None:
    """The answer to a command of this kind; None for any other."""
    if name not in {"hilfe", "datenschutz", "impressum", "meinedaten", "stopp"}:
        return None
    member, values = state.member, dict[str, object]()
    match name:
        case "hilfe":
            key = "help/hilfe"
            values["commands"] = offered(know.house, state)
            values["label"] = lambda label: know.texts.label(label, language)
        case "datenschutz" | "impressum":
            key = "privacy/datenschutz" if name == "datenschutz" else "privacy/impressum"
            values["house"] = know.house
        case "meinedaten":
            key = "privacy/own_data" if member else "privacy/own_none"
        case _:
            key = "privacy/stopped" if member else "privacy/stop_none"
    said = Say(screen=Screen(html=know.texts.html(key, language, **values)))
    if member is None or name in {"hilfe", "datenschutz", "impressum"}:
        return Aside(replies=(said,))
    if name == "meinedaten":
        return Aside(replies=(said, OwnData()))
    return Aside(replies=(said,), member=replace(member, stopped=member.stopped or state.now))


def offered(house: House, state: State) -> tuple[Command, ...]:
    """The commands this person can use now, for /hilfe."""
    return tuple(command for command in COMMANDS if _offered(house, state, command))


def _offered(house: House, state: State, command: Command) -> bool:
    if command.before_consent or command.name == "start":
        return True
    return consent.given(state) and _for(command, state) and _leads(house, state, command)


def is_open(house: House, state: State, flow: Flow) -> bool:
    """Whether a dialogue exists for this person."""
    return flow.open_to(state) and (flow.name in _UNTIED or house.admits(state.standing))


def landed(house: House, scene: Scene, move: Move) -> Scene:
    """The scene after a move; at home when it leads to a dialogue that is not the person's (any
    more: a seat may be lost while a card still offers what it was good for)."""
    after = scene.at(move)
    flow = FLOWS.get(after.position.flow)
    if flow is not None and is_open(house, after.state, flow):
        return after
    return scene.at(replace(move, flow="home", step="home", args={}, drop_draft=True))


def _leads(house: House, state: State, command: Command) -> bool:
    flow, _ = ENTRY[command.name]
    return is_open(house, state, FLOWS[flow])


def _for(command: Command, state: State) -> bool:
    admin = any(seat.role is Role.ADMIN for seat in state.standing.seats)
    holds = {
        Audience.EVERYBODY: True,
        Audience.ADMIN: admin,
        Audience.OPERATOR: state.standing.operator,
    }
    return any(holds[one] for one in command.audiences)
