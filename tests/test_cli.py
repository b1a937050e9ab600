"""`kimbot run`, `check` and `migrate` as a person meets them: words, exit codes, no secrets."""

import asyncio
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.demo.faults import Fault, FaultKind
from bot.demo.server import LocalServer
from bot.store.schema import HEAD
from bot.telegram.polling import Rhythm
from tests.telegram.chatting import until

ROOT = Path(__file__).parents[1]


@pytest.fixture
async def server():
    """Telegram's stand-in, listening."""
    async with LocalServer() as local:
        yield local


@pytest.fixture
async def kimbot(server, tmp_path):
    """Start the program with settings; returns the process."""
    born = []
    (tmp_path / "kept").mkdir()

    async def start(command, **settings):
        values = {
            "KIMBOT_TOKEN": server.engine.token,
            "KIMBOT_API_URL": server.root,
            "KIMBOT_DATA_DIR": str(tmp_path / "data"),
            "KIMBOT_KEY_FILE": str(tmp_path / "kept" / "kimbot.key"),
            **settings,
        }
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KIMBOT_")}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            command,
            cwd=tmp_path,
            env={**kept, "PYTHONPATH": str(ROOT), **{k: v for k, v in values.items() if v}},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        born.append(process)
        return process

    yield start
    for process in born:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def said(process):
    """Exit code and everything printed."""
    async with asyncio.timeout(90):
        output, _ = await process.communicate()
    return process.returncode, output.decode()


async def test_run_polls_answers_and_ends_on_sigterm(server, kimbot):
    """From the start to the first answer and a clean end; the token is nowhere in the output."""
    person = server.engine.add_person(7, "Mehmet").id
    bot = await kimbot("run", KIMBOT_LOG_LEVEL="debug")
    await until(lambda: server.engine.updates.is_polled, 30)
    server.engine.start(person)
    await server.engine.wait_for(lambda: server.engine.last_by_bot(person))
    await until(lambda: server.api.log.of("setmycommands"))
    server.api.faults.add(Fault(kind=FaultKind.HTML, method="getUpdates"))
    server.api.faults.add(Fault(kind=FaultKind.ERROR, method="sendMessage", code=400, text="No"))
    server.engine.start(person)
    await until(lambda: not server.api.faults.pending())
    bot.send_signal(signal.SIGTERM)
    code, output = await said(bot)
    assert code == 0
    assert server.engine.token not in output


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"KIMBOT_TOKEN": ""}, "KIMBOT_TOKEN is missing"),
        ({"KIMBOT_TOKEN": "123:wrong"}, "Telegram refuses the token"),
        ({"KIMBOT_DATA_DIR": "/proc/kimbot"}, "can't be written to"),
        ({"KIMBOT_DATABASE_URL": "nonsense://x"}, "KIMBOT_DATABASE_URL names no database"),
        ({"KIMBOT_LOG_FORMAT": "xml"}, "KIMBOT_LOG_FORMAT"),
    ],
)
async def test_run_and_check_name_the_same_trouble(kimbot, settings, words):
    """Each known trouble is one plain sentence and exit code 2, before the start and at it."""
    for command in ("check", "run"):
        code, output = await said(await kimbot(command, **settings))
        assert (code, words in output) == (2, True), output
        assert "Traceback" not in output
        assert "123:wrong" not in output


async def test_check_is_content_when_all_is_well(kimbot, tmp_path):
    """All good: exit code 0, and nothing was made but the folder."""
    code, output = await said(await kimbot("check"))
    assert code == 0, output
    assert not (tmp_path / "data" / "kimbot.sqlite3").exists()


async def test_migrate_makes_the_database_and_refuses_a_newer_one(kimbot, tmp_path):
    """The schema comes to this version; one of a later version is left alone."""
    code, output = await said(await kimbot("migrate"))
    assert (code, "was migrated" in output) == (0, True)
    path = tmp_path / "data" / "kimbot.sqlite3"
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    assert found == HEAD
    with connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    for command in ("migrate", "check", "run"):
        code, output = await said(await kimbot(command))
        assert (code, "newer version of kimbot" in output) == (2, True), output


async def test_a_second_run_is_refused(server, kimbot):
    """One bot per data folder: the second says so, and so does check."""
    await kimbot("run")
    await until(lambda: server.engine.updates.is_polled, 30)
    for command in ("run", "check"):
        code, output = await said(await kimbot(command))
        assert (code, "already running" in output) == (2, True), output


async def test_a_second_token_holder_gives_way(server, kimbot, tmp_path):
    """Another folder, the same token: exit code 3 and one sentence."""
    await kimbot("run")
    person = server.engine.add_person(7, "Mehmet").id
    server.engine.start(person)
    await server.engine.wait_for(lambda: server.engine.last_by_bot(person), 30)
    (first, *_) = server.log.of("getUpdates")
    await until(lambda: time.time() > first.at + Rhythm().proof + 1)
    other = await kimbot("run", KIMBOT_DATA_DIR=str(tmp_path / "other"))
    code, output = await said(other)
    assert (code, "gives way" in output) == (3, True), output


async def test_the_data_folder_is_for_its_owner(kimbot, tmp_path):
    """Nobody else may look into folder and database."""
    await said(await kimbot("migrate"))
    assert re.fullmatch(r"0o40700", oct((tmp_path / "data").stat().st_mode))


def demo(*arguments):
    """`kimbot demo`, ended by itself: exit code and everything printed."""
    command = [sys.executable, "-m", "bot", "demo", "--no-browser", *arguments]
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KIMBOT_")}
    ended = subprocess.run(
        command,
        env={**kept, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


def test_a_demo_refused_leaves_the_data_of_the_other(tmp_path):
    """The port is taken, perhaps by the demo whose folder it is: nothing is written there."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, output = demo("--port", port, "--data", str(tmp_path / "data"))
    assert (code, "is taken" in output) == (2, True), output
    assert list((tmp_path / "data").iterdir()) == []


def test_a_port_beyond_all_ports_is_refused():
    """Not taken for another one."""
    code, output = demo("--port", "70000")
    assert (code, "65535" in output) == (2, True), output
