"""The token of a running bot, looked for everywhere it could have got to."""

import asyncio
import os
import sys
from pathlib import Path

from bot.demo.engine import Engine
from bot.demo.faults import Fault, FaultKind
from bot.demo.server import LocalServer

TOKEN = "7000000001:MARKED-token-that-must-stay-secret"
MARK = TOKEN.partition(":")[2]
PERSON = 8101


def environment(server: LocalServer, data: Path, token: str = TOKEN) -> dict[str, str]:
    """Settings for a bot that logs all it can."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("KIMBOT_")}
    return plain | {
        "KIMBOT_TOKEN": token,
        "KIMBOT_API_URL": server.root,
        "KIMBOT_DATA_DIR": str(data),
        "KIMBOT_KEY_FILE": str(data.with_name("kimbot.key")),
        "KIMBOT_ACCESS": "open",
        "KIMBOT_LOG_LEVEL": "debug",
    }


async def said_by(command: str, settings: dict[str, str]) -> str:
    """Everything a command that ends by itself writes."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", command, env=settings,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        async with asyncio.timeout(90):
            written, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    return written.decode()


async def test_f01_the_token_is_in_no_output_and_no_file(tmp_path: Path) -> None:
    """Through a walk with every kind of failing answer: 0 hits in the log and in the data."""
    engine = Engine(token=TOKEN)
    async with LocalServer(engine) as server:
        engine.add_person(PERSON, "Ayla")
        settings = environment(server, tmp_path / "data")
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=settings,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        try:
            await _walk(server)
            process.terminate()
            async with asyncio.timeout(15):
                written, _ = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
        written += (await said_by("check", settings)).encode()
    assert b"stopped" in written
    assert MARK.encode() not in written
    for file in (tmp_path / "data").rglob("*"):
        assert not file.is_file() or MARK.encode() not in file.read_bytes(), file.name


async def test_f01_a_refused_token_is_not_repeated(tmp_path: Path) -> None:
    """Telegram's 401 and a malformed token end in a sentence that doesn't hold the token."""
    async with LocalServer() as server:
        for token in (TOKEN, f"{MARK} with blanks", f"7:{MARK}/../getMe"):
            for command in ("run", "check"):
                written = await said_by(command, environment(server, tmp_path / "data", token))
                assert written.strip()
                assert MARK not in written


async def _walk(server: LocalServer) -> None:
    engine, faults = server.engine, server.faults
    kinds = (FaultKind.ERROR, FaultKind.HTML, FaultKind.TRUNCATED, FaultKind.DROP, FaultKind.FLOOD)
    for kind in kinds:
        faults.add(Fault(kind=kind, method="sendMessage", times=1))
        faults.add(Fault(kind=kind, method="getUpdates", times=1))
    engine.start(PERSON)
    await engine.wait_for(lambda: engine.last_by_bot(PERSON), 60)
    engine.push_raw({"message": {"text": "no date"}})
    engine.say(PERSON, PERSON, "/hilfe")
    await engine.wait_for(
        lambda: "/datenschutz" in getattr(engine.last_by_bot(PERSON), "text", ""), 60
    )
