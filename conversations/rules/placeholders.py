"""What a placeholder of a broadcast ("{kommune}", "{frist}") stands for in one council."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from conversations.facts import CouncilFacts
from conversations.planning.chances import Chance, chance
from conversations.rules.deadlines import BERLIN
from conversations.rules.knowledge import Knowledge
from conversations.rules.municipalities import Municipality

NAMES: Final = ("kommune", "gremium", "sitzung", "frist", "tage", "bericht")
"""Explained for people in docs/broadcasts.md."""


def values(know: Knowledge, facts: CouncilFacts, now: datetime, language: str) -> Mapping[str, str]:
    """The value of every placeholder for a council at a moment, as plain text; what is not known
    is said in words. Frist and Tage are those of the next meeting, for inquiries."""
    profile, today = facts.council.profile, now.astimezone(BERLIN).date()
    place, found = know.register.get(profile.ags), _next(facts, now)
    last = next((one.day for one in facts.reports if one.day <= today), None)
    deadline = found.deadline if found else None
    passed = deadline is not None and deadline.passed(now)
    in_law = know.letters.texts.frame.body_on(today).name

    def say(key: str, **given: object) -> str:
        return know.texts.plain(key, language, **given)

    return {
        "kommune": _named(know, place) if place else say("placeholders/place"),
        "gremium": profile.body_on(today) or in_law,
        "sitzung": say("placeholders/meeting", day=found.meeting.day if found else None),
        "frist": say("placeholders/deadline", deadline=deadline, passed=passed),
        "tage": say(
            "placeholders/days", left=deadline.days_left(today) if deadline else None, passed=passed
        ),
        "bericht": say("placeholders/report", day=last),
    }


def _named(know: Knowledge, place: Municipality) -> str:
    """As one writes it after "in": without "Stadt" or "Gemeinde"."""
    return know.letters.named(place) if place.is_district else place.name


def _next(facts: CouncilFacts, now: datetime) -> Chance | None:
    """The next meeting that takes place, with its filing deadline."""
    today = now.astimezone(BERLIN).date()
    ahead = (one for one in facts.meetings if one.day >= today and not one.cancelled)
    meeting = min(ahead, key=lambda one: one.day, default=None)
    return chance(facts.council.profile, meeting) if meeting else None
