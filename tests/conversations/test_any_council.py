"""Random members of councils that change, are switched and left while a letter is written."""

import random
from dataclasses import replace

import pytest

from conversations.dialogues import Dialogues
from conversations.rules.profile import Profile
from conversations.standing import Standing
from tests.conversations.test_any_way import anything, assert_fits
from tests.conversations.walk import Member
from tests.conversations.writers import (
    BARE,
    FULL,
    IN_A_KREIS,
    KREIS_KLEVE,
    ODD,
    amended,
    enter,
    seated,
)

NOWHERE = replace(FULL, ags="05999999")
PROFILES = (FULL, BARE, ODD, IN_A_KREIS, replace(FULL, ags=KREIS_KLEVE), NOWHERE)


def befalls(member: Member, chance: random.Random) -> None:
    """Now and then something happens to the council: it changes, another is taken, all are left."""
    draw = chance.random()
    if draw < 0.03 and member.state.council is not None:
        amended(member, chance.choice(PROFILES))
    elif draw < 0.05 and member.state.member is not None:
        enter(member, chance.choice(PROFILES), chance.choice(("c1", "c2")))
    elif draw < 0.06:
        member.state = replace(member.state, standing=Standing(), council=None)


@pytest.mark.parametrize("profile", PROFILES, ids=("full", "bare", "odd", "town", "kreis", "gone"))
def test_no_letter_of_a_council_ends_in_an_error(dialogues: Dialogues, profile: Profile) -> None:
    """Each turn is answered within Telegram's limits, whatever happens to the council."""
    for seed in range(6):
        chance = random.Random(f"{profile}{seed}")
        member = seated(dialogues, profile).press("Anfrage")
        for _ in range(60):
            befalls(member, chance)
            anything(member, chance)
            assert_fits(member)
