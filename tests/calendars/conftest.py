"""Calendars of our own making, and what is read from them in this process."""

from datetime import date
from pathlib import Path

import pytest

from bot.calendars.parsing import parse

TODAY = date(2026, 2, 1)
HERE = Path(__file__).parent


@pytest.fixture
def file():
    """The bytes of a calendar beside the tests."""
    return lambda name: (HERE / name).read_bytes()


@pytest.fixture
def read(file):
    """What a calendar beside the tests holds."""

    def parsed(name):
        found = parse(file(name), TODAY)
        assert not found.trouble
        return found

    return parsed


@pytest.fixture
def calendar():
    """A calendar of these events, as bytes."""

    def made(*events, before="", encoding="utf-8"):
        blocks = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
        text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{before}{blocks}END:VCALENDAR\r\n"
        return text.encode(encoding)

    return made
