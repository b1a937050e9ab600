"""How a deadline came about, as values: which days counted, which did not, and why it moved.

The words are the templates' (messages/rules.jinja, block "explained").
"""

from dataclasses import dataclass
from datetime import date

from conversations.rules.answers import FilingRule, Unit
from conversations.rules.days_off import DayKind, Named, named
from conversations.rules.deadlines import Deadline, deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A computed deadline with everything that decided it."""

    meeting: date
    deadline: Deadline
    weekend: tuple[DayKind, ...]
    """Weekdays that the unit never counts: Saturday and Sunday, or Sunday alone."""
    left_out: tuple[Named, ...]
    """Holidays and eves between deadline and meeting that were not counted, oldest first."""
    computed: Named
    """The day that the count led to."""
    stays: bool
    """Any day can be the deadline: one that is no working day stays it."""
    checked: date | None = None
    """The day somebody compared the rule with its basis, where the day is known."""

    @property
    def rule(self) -> FilingRule:
        """The rule it was computed by."""
        return self.deadline.rule


def explain(meeting: date, rule: FilingRule, checked: date | None = None) -> Explanation:
    """Compute the deadline for a meeting and say what decided it. Raises ValueError like
    `deadline`."""
    found = deadline(meeting, rule)
    return Explanation(
        meeting=meeting,
        deadline=found,
        weekend=_weekend(rule.unit),
        left_out=tuple(
            one
            for one in (named(day, rule) for day in found.holidays)
            if _counted(rule) and one.day > found.computed
        ),
        computed=named(found.computed, rule),
        stays=not _counted(rule) and not rule.earlier,
        checked=checked,
    )


def _counted(rule: FilingRule) -> bool:
    return rule.unit in {Unit.WORKING, Unit.WEEKDAY}


def _weekend(unit: Unit) -> tuple[DayKind, ...]:
    match unit:
        case Unit.WORKING:
            return (DayKind.SATURDAY, DayKind.SUNDAY)
        case Unit.WEEKDAY:
            return (DayKind.SUNDAY,)
        case _:
            return ()
