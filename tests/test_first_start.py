"""`kimbot run`, `check` and `rekey` as far as the key and the first operator go."""

import asyncio
import base64
import os
import re
import signal
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.demo.server import LocalServer
from bot.store.sealing import new_key

ROOT = Path(__file__).parents[1]
LINK = re.compile(r"https://t\.me/\w+\?start=([A-Za-z0-9_-]{22})\n")


class Kimbot:
    """Starts the program's commands on one folder: data, and a key file beside it."""

    def __init__(self, server, folder):
        self.server = server
        self.data = folder / "data"
        self.key = folder / "kimbot.key"
        self._folder = folder

    async def start(self, command, **settings):
        """The process; standard output and error apart."""
        values = {
            "KIMBOT_TOKEN": self.server.engine.token,
            "KIMBOT_API_URL": self.server.root,
            "KIMBOT_DATA_DIR": str(self.data),
            "KIMBOT_KEY_FILE": str(self.key),
            **settings,
        }
        plain = {k: v for k, v in os.environ.items() if not k.startswith("KIMBOT_")}
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *command.split(),
            cwd=self._folder,
            env={**plain, "PYTHONPATH": str(ROOT), **values},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def said(self, command, **settings):
        """Exit code, standard output and standard error of a command that ends by itself."""
        process = await self.start(command, **settings)
        async with asyncio.timeout(90):
            output, errors = await process.communicate()
        return process.returncode, output.decode(), errors.decode()

    async def ran(self, during=None, **settings):
        """`run` until it polls, then until SIGTERM: what it said."""
        process = await self.start("run", **settings)
        try:
            async with asyncio.timeout(90):
                while not self.server.engine.updates.is_polled:
                    assert process.returncode is None, (await process.communicate())[1].decode()
                    await asyncio.sleep(0.02)
                if during is not None:
                    await during()
                process.send_signal(signal.SIGTERM)
                output, errors = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
        assert process.returncode == 0, errors.decode()
        return output.decode(), errors.decode()

    def rows(self, query):
        """What the database holds."""
        with closing(sqlite3.connect(self.data / "kimbot.sqlite3")) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture
async def kimbot(tmp_path):
    """The program, and Telegram's stand-in."""
    async with LocalServer() as server:
        yield Kimbot(server, tmp_path)


async def test_the_first_start_makes_a_key_and_says_so_loudly(kimbot):
    """For its owner only; where it lies and what to do with it stands on standard error."""
    _, errors = await kimbot.ran()
    assert stat.S_IMODE(kimbot.key.stat().st_mode) == 0o600
    assert "A NEW KEY WAS MADE" in errors
    assert str(kimbot.key) in errors
    assert kimbot.key.read_text().strip() not in errors


async def test_the_link_of_the_start_makes_its_opener_the_operator(kimbot):
    """Opened by the first, who agrees: operator; the next start prints none."""
    engine = kimbot.server.engine
    process = await kimbot.start("run")
    try:
        async with asyncio.timeout(90):
            told = ""
            while not (found := LINK.search(told)):
                told += (await process.stdout.readline()).decode()
            person = engine.add_person(7001, "Olga").id
            engine.say(person, person, f"/start {found[1]}")
            await _press_on(kimbot, person)
            process.send_signal(signal.SIGTERM)
            _, errors = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    assert kimbot.rows("SELECT person FROM operator") == [(7001,)]
    assert found[1] not in errors.decode()
    output, _ = await kimbot.ran()
    assert "t.me" not in output


async def _press_on(kimbot, person):
    """Agree, and confirm what the invitation offers, until the person is operator."""
    engine = kimbot.server.engine
    while not kimbot.rows("SELECT person FROM operator"):
        card = await engine.wait_for(lambda: engine.last_by_bot(person))
        labels = [button.text for row in card.rows for button in row]
        wanted = next((one for one in labels if one in ("Einverstanden", "Beitreten")), labels[0])
        engine.press(person, person, card.id, wanted)
        await engine.wait_for(
            lambda old=card: (
                engine.last_by_bot(person) != old or kimbot.rows("SELECT person FROM operator")
            )
        )


async def test_another_start_prints_another_link_and_ends_the_first(kimbot):
    """One open invitation at a time."""
    first, _ = await kimbot.ran()
    second, _ = await kimbot.ran()
    assert LINK.search(first)[1] != LINK.search(second)[1]
    assert kimbot.rows("SELECT count(*) FROM invitation") == [(1,)]


async def test_operators_by_setting_need_no_link(kimbot):
    """KIMBOT_OPERATORS: there from the start."""
    output, _ = await kimbot.ran(KIMBOT_OPERATORS="5201, 5202")
    assert "t.me" not in output
    assert kimbot.rows("SELECT person FROM operator ORDER BY person") == [(5201,), (5202,)]


async def test_a_lost_key_file_is_refused_and_none_is_made(kimbot):
    """run, check, migrate and rekey say the same; the database stays shut and whole."""
    await kimbot.said("migrate")
    kept = kimbot.key.read_text()
    kimbot.key.unlink()
    for command in ("check", "run", "migrate", "rekey"):
        code, _, errors = await kimbot.said(command)
        assert (code, f"key file {kimbot.key} is missing" in errors) == (2, True), errors
        assert not kimbot.key.exists()
    kimbot.key.write_text(kept)
    assert "opens the database" in (await kimbot.said("check"))[1]


async def test_a_foreign_key_is_refused_before_any_update_is_taken(kimbot):
    """Both commands name where the wrong key came from; Telegram is asked for nothing."""
    await kimbot.said("migrate")
    wrong = base64.b64encode(new_key()).decode()
    for command in ("check", "run"):
        code, output, errors = await kimbot.said(command, KIMBOT_KEY=wrong)
        assert (code, "The key from KIMBOT_KEY is not the one" in errors) == (2, True), errors
        assert wrong not in output + errors
    assert kimbot.server.log.of("getUpdates") == ()


async def test_rekey_from_start_to_end(kimbot):
    """Another key in the file, the old one refused, the new one runs."""
    await kimbot.ran()
    old = kimbot.key.read_text().strip()
    code, output, errors = await kimbot.said("rekey")
    assert (code, "sealed with a new key" in output) == (0, True), errors
    assert len(kimbot.key.read_text().split()) == 1
    assert old not in kimbot.key.read_text()
    assert (await kimbot.said("check", KIMBOT_KEY=old))[0] == 2
    await kimbot.ran()


async def test_rekey_beside_a_running_bot_is_refused(kimbot):
    """The running bot would go on sealing with the old key."""

    async def during():
        before = kimbot.key.read_text()
        code, _, errors = await kimbot.said("rekey")
        assert (code, "already running" in errors) == (2, True), errors
        assert kimbot.key.read_text() == before

    await kimbot.ran(during)


async def test_check_warns_of_what_is_missing_without_failing(kimbot):
    """Imprint, operator, a key in the data folder, one that others can read: exit code 0."""
    kimbot.data.mkdir()
    inside = kimbot.data / "kimbot.key"
    inside.write_text(base64.b64encode(new_key()).decode())
    inside.chmod(0o644)
    code, _, errors = await kimbot.said("check", KIMBOT_KEY_FILE=str(inside))
    warned = [line for line in errors.splitlines() if line.startswith("WARN ")]
    assert code == 0, errors
    for words in (
        "lies in the data folder",
        "others can read",
        "KIMBOT_OPERATOR_NAME is missing",
        "KIMBOT_OPERATOR_ADDRESS is missing",
        "KIMBOT_OPERATOR_EMAIL is missing",
        "there is none yet",
    ):
        assert sum(words in line for line in warned) == 1, words


async def test_check_is_silent_when_nothing_is_missing(kimbot):
    """All particulars set, an operator named: no warning."""
    code, _, errors = await kimbot.said(
        "check",
        KIMBOT_OPERATOR_NAME="N",
        KIMBOT_OPERATOR_ADDRESS="A 1, 40000 D",
        KIMBOT_OPERATOR_EMAIL="n@example.org",
        KIMBOT_OPERATORS="5",
    )
    assert (code, errors) == (0, "")


async def test_check_warns_of_four_eyes_that_are_two(kimbot):
    """A broadcast to all would wait for ever."""
    for operators, warned in (("5", True), ("5,6", False)):
        code, _, errors = await kimbot.said(
            "check", KIMBOT_FOUR_EYES="on", KIMBOT_OPERATORS=operators
        )
        assert (code, "KIMBOT_FOUR_EYES is on" in errors) == (0, warned), errors


async def test_a_key_that_cannot_be_written_is_one_sentence(kimbot):
    """Its folder is not there: what is wrong, and which setting names another place."""
    for command in ("run", "migrate"):
        code, _, errors = await kimbot.said(command, KIMBOT_KEY_FILE="/proc/none/kimbot.key")
        assert (code, "can't be made" in errors, "Traceback" in errors) == (2, True, False), errors
