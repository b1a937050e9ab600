"""A council made up for a preview to those who write to all councils and sit in none."""

from datetime import datetime, timedelta
from typing import Final

from conversations.agenda import CouncilMeeting, MeetingId
from conversations.facts import CouncilFacts
from conversations.rules.answers import FilingRule
from conversations.rules.deadlines import BERLIN
from conversations.rules.knowledge import Knowledge
from conversations.rules.profile import CouncilRule, PaperKind, Profile
from conversations.standing import CouncilId, StoredCouncil

_AHEAD: Final = timedelta(days=56)
_THURSDAY: Final = 3
_NOTICE: Final = 21
"""Days before the meeting by which an inquiry has to be there."""


def example(know: Knowledge, now: datetime) -> CouncilFacts:
    """The first city of the register, with a meeting on a Thursday in eight weeks, since councils
    do not meet on Sundays, and a filing deadline."""
    place = next(one for one in know.register if not one.is_district)
    rules = {PaperKind.INQUIRY: CouncilRule(count=FilingRule(number=_NOTICE))}
    profile = Profile(ags=place.ags, rules=rules)
    ahead = (now.astimezone(BERLIN) + _AHEAD).date()
    day = ahead + timedelta(days=(_THURSDAY - ahead.weekday()) % 7)
    return CouncilFacts(
        council=StoredCouncil(id=CouncilId(""), profile=profile, revision=0),
        meetings=(CouncilMeeting(id=MeetingId("example"), day=day),),
    )
