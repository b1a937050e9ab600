"""Random people at reports, papers, status, settings and board: every turn fits into Telegram."""

import random
from dataclasses import replace

import pytest

from conversations.agenda import CalendarSource, Coming
from conversations.board import Board
from conversations.dialogues import Dialogues
from conversations.events import Pressed, Uploaded
from conversations.rules.reminding import ReminderKind
from conversations.rules.reporting import ReportingRule, Rhythm
from conversations.standing import Role
from tests.conversations.councils import meanwhile
from tests.conversations.facing import MINE, THEIRS, facing, filed
from tests.conversations.test_any_way import LEAVING, assert_fits
from tests.conversations.test_operating import CHAT, UNCLEAR
from tests.conversations.walk import NOW, Member

AT = {
    "reports": "bericht",
    "filed": "eingereicht",
    "status": "status",
    "reminding": "rat",
    "operating": "betrieb",
}
WORDS = ("5", "12.10.2026", "14.1.2027", "31.2.", "x" * 2000, "<b>&{{7*7}}</b>", "zurück", "nein")
FILE = Uploaded(file="F" * 80, name="x" * 300 + ".pdf", size=5000)


def somebody(dialogues: Dialogues, role: Role, chance: random.Random) -> Member:
    """A member or admin who is an operator, too, of a council with everything in it."""
    coming = tuple(Coming(kind=kind, due=NOW, subject="x") for kind in ReminderKind)
    source = CalendarSource(url="https://example.org", checked=NOW)
    agenda = replace(filed(title="<T>" * 40), coming=coming, source=source)
    member = facing(dialogues, agenda, role, letters=(MINE, THEIRS))
    standing = replace(member.state.standing, operator=True)
    board = Board(unclear=UNCLEAR, disabled=(CHAT,) * 15, quarantine=NOW)
    desk = replace(member.state.desk, board=board)
    member.state = replace(member.state, standing=standing, desk=desk)
    return meanwhile(member, reporting=ReportingRule(rhythm=chance.choice(list(Rhythm))))


def anything(member: Member, flow: str, chance: random.Random) -> None:
    """A press that stays, a word, a file; or somebody changes the rule meanwhile."""
    draw = chance.random()
    buttons = [b for row in member.screen.rows for b in row] if member.screen else []
    ways = [b for b in buttons if b[1].partition(".")[2] not in LEAVING]
    position = member.state.position
    if position is None or position.flow != flow:
        member.call(AT[flow])
        if flow == "reminding":
            member.press("Erinnerungen")
    elif draw < 0.75 and ways:
        member.send(Pressed(data=chance.choice(ways)[1]))
    elif draw < 0.9:
        member.type(chance.choice(WORDS))
    elif draw < 0.95:
        member.send(FILE)
    else:
        meanwhile(member, reporting=ReportingRule(rhythm=chance.choice(list(Rhythm))))


@pytest.mark.parametrize("flow", AT)
@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMIN])
def test_random_people_are_answered(dialogues: Dialogues, flow: str, role: Role) -> None:
    """Whatever they press, type and send; admins reach every step."""
    steps = next(one.steps for one in dialogues.flows if one.name == flow)
    reached: set[str] = set()
    for seed in range(40):
        chance = random.Random(f"{flow}{seed}")
        member = somebody(dialogues, role, chance)
        for _ in range(40):
            anything(member, flow, chance)
            assert_fits(member)
            position = member.state.position
            if position is not None and position.flow == flow:
                reached.add(position.step)
        if reached == set(steps):
            break
    assert role is Role.MEMBER or set(steps) - reached <= {"conflict"}
