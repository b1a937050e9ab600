"""Whatever an admin or operator presses or types, in any order, is answered and allowed."""

import random
from dataclasses import replace

from conversations.dialogues import Dialogues
from conversations.events import Resumed
from conversations.rules.answers import FilingRule, Person
from conversations.rules.profile import CouncilRule, NamedBody, PaperKind
from conversations.standing import Operator, PersonId, Record, Role
from tests.conversations.chamber import (
    AYLIN,
    BEGUN,
    ELSEWHERE,
    JENS,
    colleague,
    entry,
    invitation,
    official,
)
from tests.conversations.test_any_way import anything, assert_fits
from tests.conversations.walk import NOW, Member

OFFICES = ("seats", "people", "invitations", "records", "instance", "council")
WAYS_IN = ("wechseln", "personen", "einladen", "protokoll", "rat")


def mighty(dialogues: Dialogues) -> Member:
    """Somebody who is admin of a council, member of another one, and operator."""
    crowd = [colleague(100 + n, f"Person {n}", admin=n == 3) for n in range(12)]
    links = [
        invitation("i1", left=5),
        invitation("i2", role=Role.ADMIN),
        invitation("i3", role=Role.OPERATOR, council=None),
    ]
    records = [Record(at=NOW, who="Aylin Demir", action="wear") for _ in range(20)]
    member = official(
        dialogues, AYLIN, JENS, *crowd, invitations=links, records=records, seats=[ELSEWHERE]
    )
    operators = tuple(
        Operator(person=PersonId(person), name=name, since=BEGUN)
        for person, name in ((7, "Mehmet Kaya"), (99, "Olga Petrova"))
    )
    desk = replace(member.state.desk, councils=(entry(),), operators=operators)
    standing = replace(member.state.standing, operator=True)
    known = {PaperKind.INQUIRY: CouncilRule(count=FilingRule(number=21))}
    assert member.state.council is not None
    profile = replace(member.state.council.profile, rules=known)
    council = replace(member.state.council, profile=profile)
    member.state = replace(member.state, desk=desk, standing=standing, council=council)
    return member


def steps(dialogues: Dialogues) -> set[tuple[str, str]]:
    """Every step of the offices."""
    return {
        (flow.name, step) for flow in dialogues.flows if flow.name in OFFICES for step in flow.steps
    }


def interfere(member: Member, chance: random.Random) -> None:
    """Another admin, or operator, does something between two events."""
    state = member.state
    desk, council = state.desk, state.council
    others = [one for one in desk.colleagues if one.person != state.person]
    match chance.randrange(4):
        case 0 if others:
            gone = chance.choice(others)
            kept = tuple(one for one in desk.colleagues if one is not gone)
            member.state = replace(state, desk=replace(desk, colleagues=kept))
        case 1:
            member.state = replace(state, desk=replace(desk, invitations=desk.invitations[1:]))
        case 2:
            member.state = replace(state, desk=replace(desk, councils=(), operators=()))
        case 3 if council is not None:
            name = str(chance.random())
            changed = replace(
                council.profile,
                chair=Person(name=name),
                head=Person(name=name),
                groups=(name,),
                office_name=name,
                bodies=(NamedBody(name=name),),
            )
            newer = replace(council, profile=changed, revision=council.revision + 1)
            member.state = replace(state, council=newer)


def test_random_officials_reach_every_step(dialogues: Dialogues) -> None:
    """Each turn is answered within Telegram's limits, each deed is allowed (the walker asks
    `may`), whatever others do meanwhile; together they see every step."""
    every, reached = steps(dialogues), set[tuple[str, str]]()
    for seed in range(200):
        if reached >= every:
            break
        chance = random.Random(seed)
        member = mighty(dialogues).call(WAYS_IN[seed % len(WAYS_IN)])
        for _ in range(60):
            anything(member, chance)
            assert_fits(member)
            if member.state.position is None:  # everything about the person was erased
                break
            reached.add((member.state.position.flow, member.state.position.step))
            if chance.random() < 0.1:
                interfere(member, chance)
            if chance.random() < 0.1:
                member.call(chance.choice(WAYS_IN))
    assert every - reached == set()


def test_a_restart_shows_the_same_card(dialogues: Dialogues) -> None:
    """The card of every step can be made again from what is stored."""
    for seed in range(10):
        chance = random.Random(seed)
        member = mighty(dialogues).call(WAYS_IN[seed % len(WAYS_IN)])
        for _ in range(20):
            anything(member, chance)
            if member.state.member is None:
                break
            again = replace(member, said=[]).send(Resumed())
            assert again.labels
            assert_fits(again)
