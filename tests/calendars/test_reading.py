"""The process that reads a calendar: bounded in time and memory, whatever it is given (F10)."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.calendars.parsing import parse
from bot.calendars.reading import LARGEST, Reader
from conversations.agenda import CalendarTrouble
from tests.calendars.conftest import TODAY

ROOT = Path(__file__).parents[2]
MEASURED = """
import atexit, sys
def said():
    lines = open("/proc/self/status").read().splitlines()
    print([line.split()[1] for line in lines if line.startswith("VmHWM")][0], file=sys.stderr)
atexit.register(said)
from bot.calendars.child import main
main()
"""
ENDLESS = "UID:1\r\nDTSTART:00010101T170000\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31"


@pytest.mark.parametrize("name", ["allris.ics", "series.ics", "again.ics", "zones.ics"])
async def test_what_comes_back_is_what_was_read(file, name):
    """Through the process and back, nothing is lost."""
    assert await Reader().read(file(name), TODAY) == parse(file(name), TODAY)


async def test_f10_an_endless_rule_is_given_up(calendar):
    """The process is killed when its time is over."""
    found = await Reader(seconds=1.5).read(calendar(ENDLESS), TODAY)
    assert found.trouble == CalendarTrouble.SLOW


async def test_f10_fifty_megabytes_are_not_looked_at(calendar):
    """No process is begun for them."""
    data = b"BEGIN:VCALENDAR\r\n" + b"x" * 50 * 1024 * 1024
    assert (await Reader(seconds=0.001).read(data, TODAY)).trouble == CalendarTrouble.LARGE


async def test_one_that_takes_long_keeps_nobody_waiting(calendar, file):
    """Another calendar is read meanwhile."""
    reader = Reader()
    slow = asyncio.ensure_future(reader.read(calendar(ENDLESS), TODAY, seconds=30))
    found = await reader.read(file("allris.ics"), TODAY)
    assert found.events and not slow.done()
    slow.cancel()
    with pytest.raises(asyncio.CancelledError):
        await slow


def hostile():
    """Files of nearly 2 MiB that grow when they are read."""
    room = LARGEST - 300
    head = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260101T170000\r\n"
    tail = "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    yield "words", head + "SUMMARY:" + "x" * room + tail
    yield "days", head + "RDATE:" + ",".join(["20260101T170000"] * (room // 16)) + tail
    yield "alarms", head + "BEGIN:VALARM\r\n" * (room // 14) + tail
    yield "events", "BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 70_000 + tail


@pytest.mark.skipif(sys.platform != "linux", reason="the system's own count of memory is asked")
@pytest.mark.parametrize(("name", "text"), list(hostile()), ids=[name for name, _ in hostile()])
def test_f10_no_file_takes_more_than_64_mebibytes(name, text):
    """Whether it can be read or not, the process stays small and ends by itself."""
    run = subprocess.run(
        [sys.executable, "-c", MEASURED, TODAY.isoformat()],
        input=text.encode(),
        capture_output=True,
        check=False,
        cwd=ROOT,
        timeout=60,
    )
    assert int(run.stderr.split()[-1]) <= 64 * 1024
    assert run.returncode or "events" in json.loads(run.stdout)


async def test_the_process_knows_no_secret(monkeypatch, file):
    """Nothing of the environment reaches it: not the token, not a path to other code."""
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("KIMBOT_TOKEN", "123:secret")
    given = []
    begin = asyncio.create_subprocess_exec

    async def seen(*args, **named):
        given.append(named["env"])
        return await begin(*args, **named)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", seen)
    assert (await Reader().read(file("allris.ics"), TODAY)).events
    assert given == [{}]
