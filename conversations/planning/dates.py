"""From when the admins are asked for dates: no meeting is entered before the report is due."""

from datetime import date, timedelta

from conversations.facts import CouncilFacts
from conversations.planning.chances import Outlook
from conversations.rules.reporting import ClockState, Rhythm

_LEAD = timedelta(days=120)
"""So long before the due date: the way to the agenda takes weeks, and summer has no meetings."""
_SETTLING = timedelta(days=3)
"""Time to enter dates unasked, after the council began or its last meeting was over."""
_MONTH = timedelta(days=30)


def asked_from(facts: CouncilFacts, found: Outlook) -> date | None:
    """The local day from which on dates are asked for; None while they are known."""
    clock = found.clock
    if clock.state is ClockState.NEVER or (clock.due and clock.due <= found.today):
        return None if found.coming else _settled(facts, found)
    if clock.due is None:
        endless = clock.rule.rhythm is Rhythm.EVERY_MEETING and clock.last and not found.coming
        return max(clock.last + _MONTH, _settled(facts, found)) if endless and clock.last else None
    if found.last_chance is not None and found.coming:
        return None
    return max(clock.due - _LEAD, _settled(facts, found))


def _settled(facts: CouncilFacts, found: Outlook) -> date:
    """Three days after the council began, and after the latest meeting that is over."""
    over = [one.day for one in facts.meetings if one.day < found.today and not one.cancelled]
    since = facts.since if facts.since > date.min else None
    days = [day + _SETTLING for day in (since, *over[-1:]) if day is not None]
    return max(days, default=found.today)
