"""Long runs by hand: `python -m tests.crash.soak [kills] [seed]` kills that often at random."""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from bot.demo.server import LocalServer
from tests.crash.test_kills import soak
from tests.crash.victim import live, nursery


async def main(kills: int, seed: int) -> None:
    """Kill, and say what was seen."""
    context = nursery()
    born = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with LocalServer() as server:

            def start(kill=None):
                arguments = (server.root, server.engine.token, folder, kill)
                born.append(context.Process(target=live, args=arguments, daemon=True))
                born[-1].start()
                return born[-1]

            begun = time.monotonic()
            try:
                said = await soak(server, start, folder, kills=kills, seed=seed)
            finally:
                for process in born:
                    process.kill()
    texts = sum(map(len, said.values()))
    seconds = time.monotonic() - begun
    print(  # noqa: T201 - what it is for
        f"{kills} kills, {texts} texts by {len(said)} people: each stored once, {seconds:.0f} s"
    )


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:3]]
    asyncio.run(main(*arguments, *(200, 1)[len(arguments) :]))
