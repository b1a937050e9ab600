"""One sender, one limit, one number of recipients: sent and counted."""

import asyncio
import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from bench import people
from bench.bulk.ground import Ground, ahead, now_with
from bench.bulk.limits import Bucket, Limit, Window
from bench.bulk.server import Account, BulkServer
from bench.processes import Bot, Kind, running
from bot.telegram.pace import Budget

BUDGET = Budget().in_all
SLOTS = Budget().slots
_REFUSED = 0.01
"""Share of chats whose first call is refused, where some are."""
_STALLED = 60.0
"""Seconds without anything new after which a sender has ended."""
_IDLE = 2.0
_LEAD = 3.0
"""Seconds between the confirmation and the moment from which it may go."""
_TROUBLE = ("delivery failed", "delivery not composed", "Traceback", "ended badly")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What the server does."""

    name: str
    window: bool
    refusing: bool = False

    def account(self, chats: Sequence[int]) -> Account:
        """An account like that."""
        limit: Limit = Window() if self.window else Bucket()
        some = Random(7).sample(chats, max(1, int(len(chats) * _REFUSED))) if self.refusing else ()
        return Account(limit=limit, refused=frozenset(some))


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A sender: its name in the table, and how it is started."""

    name: str
    arguments: tuple[str, ...] = ()
    """Of Python; none for ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was seen of it."""

    many: int
    rate: float
    """Messages a second between the first and the last that arrived."""
    used: float
    """Calls a second in that time, with edits and with what was refused for once."""
    too_many: int
    injected: int
    lost: int
    double: int
    errors: int
    """That reached the caller, or the log as a failure."""
    cpu: float
    peak: float
    idle: float = 0.0
    """MiB before, of ours."""
    waits: tuple[float, ...] = ()
    """Seconds from a reminder's due moment to its arrival."""

    @property
    def share(self) -> float:
        """Of the budget that was used."""
        return self.used / BUDGET


async def measured(server: BulkServer, side: Side, condition: Condition, many: int) -> Result:
    """Send to so many."""
    with tempfile.TemporaryDirectory("kimbot-bench") as name:
        if side.arguments:
            return await _other(server, side, condition, Path(name), many)
        ground = Ground(Path(name), many, reminders=5 if many >= 100 else 1)
        return await ours(server, condition.account(ground.chats), ground)


async def _other(
    server: BulkServer, side: Side, condition: Condition, folder: Path, many: int
) -> Result:
    chats = range(people.FIRST, people.FIRST + many)
    account = condition.account(chats)
    token = server.open(account)
    arguments = (*side.arguments, server.root, token, str(chats.start), str(many))
    kind = Kind(name=side.name, arguments=arguments)
    with running(kind, address=server.root, token=token, folder=folder) as bot:
        while bot.process.poll() is None:
            await asyncio.sleep(0.1)
    said = json.loads((folder / "log.txt").read_text("utf-8").splitlines()[-1])
    errors = sum(said["errors"].values())
    return _result(account, chats, many=many, errors=errors, cpu=said["cpu"], peak=said["peak"])


async def ours(
    server: BulkServer,
    account: Account,
    ground: Ground,
    *,
    rate: float = BUDGET,
    slots: int = SLOTS,
) -> Result:
    """Our bot sends to everybody of this ground."""
    ground.stock()
    token, early = server.open(account), ahead()
    arguments = ("-m", "bench.bots.mass_kimbot", str(rate), str(slots), str(early))
    kind = Kind(name="KIM-Bot", arguments=arguments)
    with running(kind, address=server.root, token=token, folder=ground.folder) as bot:
        await asyncio.wait_for(account.polled.wait(), 60)
        await asyncio.sleep(_IDLE)
        cpu, idle = bot.cpu(), bot.memory()
        began, dues = _confirmed(ground, early, rate)
        await arrived(account, [*ground.chats, *ground.reminded], bot)
        await asyncio.sleep(_IDLE)
        cpu, peak = bot.cpu() - cpu, peak_of(bot)
    arrivals = [account.taken.get(chat, [float("inf")])[0] - began for chat in ground.reminded]
    return _result(
        account,
        [*ground.chats, *ground.reminded],
        many=len(ground.chats),
        errors=_errors(ground),
        cpu=cpu,
        peak=peak,
        idle=idle,
        waits=tuple(at - due for at, due in zip(arrivals, dues, strict=True)),
    )


def _confirmed(ground: Ground, early: float, rate: float) -> tuple[float, Sequence[float]]:
    """Write the rows: the loop's time of that, and after how many seconds reminders become due."""
    many, parts = len(ground.chats), len(ground.reminded) + 1
    start = _LEAD + many / 10_000
    dues = [start + many / rate * n / parts for n in range(1, parts)]
    began, now = asyncio.get_running_loop().time(), now_with(early)
    ground.confirm(now + timedelta(seconds=start), [now + timedelta(seconds=one) for one in dues])
    return began, dues


def _errors(ground: Ground) -> int:
    """Failures in the log, and rows that were not sent."""
    log = (ground.folder / "log.txt").read_text("utf-8")
    logged = sum(any(word in line for word in _TROUBLE) for line in log.splitlines())
    return logged + sum(count for state, count in ground.states().items() if state != "sent")


async def arrived(account: Account, chats: Sequence[int], bot: Bot) -> None:
    """Wait until everybody has got something, or nothing has come for long."""
    seen, since = -1, time.monotonic()
    while (got := account.count(chats)) < len(chats):
        if got != seen:
            seen, since = got, time.monotonic()
        if time.monotonic() - since > _STALLED:
            return
        if bot.process.poll() is not None:
            raise RuntimeError(f"the bot ended with {bot.process.returncode}")
        await asyncio.sleep(0.25)


def peak_of(bot: Bot) -> float:
    """Resident MiB at most so far (proc(5): VmHWM)."""
    status = Path(f"/proc/{bot.process.pid}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def _result(
    account: Account,
    chats: Sequence[int],
    *,
    many: int,
    errors: int,
    cpu: float,
    peak: float,
    idle: float = 0.0,
    waits: tuple[float, ...] = (),
) -> Result:
    taken = [account.taken[chat] for chat in chats if chat in account.taken]
    times = sorted(one for some in taken for one in some)
    took = times[-1] - times[0] if len(times) > 1 else 1.0
    used = sum(times[0] <= at <= times[-1] for at in account.calls) if times else 0
    return Result(
        many=many,
        rate=(len(times) - 1) / took,
        used=(used - 1) / took,
        too_many=account.too_many,
        injected=account.injected,
        lost=len(chats) - len(taken),
        double=sum(len(some) > 1 for some in taken),
        errors=errors,
        cpu=cpu,
        peak=peak,
        idle=idle,
        waits=waits,
    )
