"""Whatever an admin presses or types about a council, in any order, and with another one at it."""

import random
from datetime import date

from conversations.dialogues import Dialogues
from conversations.rules.answers import Person
from conversations.rules.bodies import in_law
from conversations.rules.knowledge import Knowledge
from conversations.rules.profile import NamedBody, Profile
from tests.conversations.councils import meanwhile, seated
from tests.conversations.test_any_way import anything, assert_fits
from tests.conversations.walk import Member

CHANGES: tuple[dict[str, object], ...] = (
    {"chair": Person(name="Can Yilmaz")},
    {"head": Person(name="Kim Vogel")},
    {"groups": ("Liste A", "Liste B")},
    {"bodies": (NamedBody(name="ACI", since=date(2027, 1, 1)),)},
    {"bodies": ()},
    {"office_name": "Amt 50"},
    {"ags": "05999000"},
    {"ags": "05513000"},
)


def walked(dialogues: Dialogues, know: Knowledge, seed: int) -> set[str]:
    """The steps that a random admin reached; each turn fits into Telegram."""
    chance = random.Random(seed)
    bodies = in_law(know.letters.texts.frame)
    admin: Member = seated(dialogues, Profile(ags="05513000", bodies=bodies)).call("rat")
    reached = set()
    for _ in range(80):
        if chance.random() < 0.15:
            meanwhile(admin, **chance.choice(CHANGES))
        anything(admin, chance)
        assert_fits(admin)
        position = admin.state.position
        if position is None or position.flow != "council":
            admin.call("rat")
        else:
            reached.add(position.step)
    return reached


def test_no_way_through_a_council_ends_in_an_error(dialogues: Dialogues, know: Knowledge) -> None:
    """Random admins together see every step that admins have."""
    every = set(next(flow for flow in dialogues.flows if flow.name == "council").steps)
    reached: set[str] = set()
    for seed in range(30):
        reached |= walked(dialogues, know, seed)
    assert every - reached == {"found"}
