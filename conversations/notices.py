"""Notices about a council's calendar on the web: what changed in it, or that it can't be read."""

from conversations.core import Screen
from conversations.rules.knowledge import Knowledge

_CHANGES = ("new", "moved", "cancelled", "back", "gone")


def of_calendar(know: Knowledge, what: str, place: str, language: str) -> Screen:
    """The notice: `what` is "calendar:<numbers of changes, parted by dots>" or
    "calendar_failing:<what is wrong>"."""
    key, _, rest = what.partition(":")
    if key == "calendar":
        numbers = dict(zip(_CHANGES, map(int, rest.split(".")), strict=True))
        return Screen(
            html=know.texts.html("notices/calendar", language, place=place, changes=numbers)
        )
    html = know.texts.html("notices/calendar_failing", language, place=place, trouble=rest)
    return Screen(html=html)
