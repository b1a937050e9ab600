"""Long runs by hand: `python -m tests.crash.soak kills|broadcast|strangers|members [how many]
[seed]`."""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from bot.demo.server import LocalServer
from tests.crash.test_broadcasts import soak as broadcast
from tests.crash.test_kills import soak
from tests.crash.test_load import members, strangers
from tests.crash.victim import live, live_sending, nursery


async def kills(server, start, folder, count, seed):
    """Kill that often at random while people write."""
    said = await soak(server, start, folder, kills=count, seed=seed)
    texts = sum(map(len, said.values()))
    return f"{count} kills, {texts} texts by {len(said)} people: each stored once, in order"


async def row_d01(server, start, folder, count, seed):
    """Kill that often while a broadcast to 25 people for each kill goes out."""
    url, people = f"sqlite:///{folder / 'kimbot.sqlite3'}", 25 * count

    def begin(*arguments):
        return start(*arguments, live=live_sending)

    seen = await broadcast(server, begin, url, people=people, kills=count, seed=seed)
    seen.check()
    most = max(map(len, seen.cut_off))
    return (
        f"{count} kills in a broadcast to {people}: {len(seen.double)} double, "
        f"{len(seen.missing)} missing, {len(seen.unclear)} unclear, at most {most} a kill"
    )


async def row_h03(server, start, folder, count, _seed):
    """So many strangers, once each."""
    grown = await strangers(server, start, folder, count)
    return f"{count} strangers: no row, {grown:.1f} MiB more"


async def row_h05(server, start, _folder, count, _seed):
    """50 updates a second by so many members, for 20 s."""
    waits = await members(server, start, members=count, seconds=20)
    p50, p95, p99 = (waits[int(len(waits) * q)] * 1000 for q in (0.5, 0.95, 0.99))
    return f"{count} members, 50/s: p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms"


RUNS = {
    "kills": (kills, 200),
    "broadcast": (row_d01, 200),
    "strangers": (row_h03, 20_000),
    "members": (row_h05, 1000),
}


async def main(name: str, count: int, seed: int) -> str:
    """One run; what was seen."""
    context, born = nursery(), []
    with tempfile.TemporaryDirectory() as folder:
        async with LocalServer() as server:

            def start(*arguments, live=live):
                given = (server.root, server.engine.token, Path(folder), *(arguments or (None,)))
                born.append(context.Process(target=live, args=given, daemon=True))
                born[-1].start()
                return born[-1]

            begun = time.monotonic()
            try:
                seen = await RUNS[name][0](server, start, Path(folder), count, seed)
            finally:
                for process in born:
                    process.kill()
    return f"{seen}; {time.monotonic() - begun:.0f} s"


if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) > 1 else "kills"
    many = int(sys.argv[2]) if len(sys.argv) > 2 else RUNS[wanted][1]
    seeded = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    sys.stdout.write(asyncio.run(main(wanted, many, seeded)) + "\n")
