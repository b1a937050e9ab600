"""Bots as processes of their own, and what the system says of them (Linux, /proc)."""

import base64
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.people import KEY

ROOT = Path(__file__).parents[1]
BYTECODE = Path(tempfile.gettempdir()) / f"kimbot-bench-{os.getuid()}"
"""Filled by the first start, kept for the next."""
_OTHERS = ("KIMBOT_", "PYTHON")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A bot that can be started: its name in the tables and Python's arguments."""

    name: str
    arguments: tuple[str, ...]


OURS = Kind(name="KIM-Bot, all in SQLite", arguments=("-m", "bot", "run"))
PTB = Kind(name="python-telegram-bot, memory", arguments=("-m", "bench.bots.with_ptb"))
AIOGRAM = Kind(name="aiogram 3, FSM in memory", arguments=("-m", "bench.bots.with_aiogram"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot:
    """A running bot."""

    process: subprocess.Popen[bytes]
    began: float
    """`time.monotonic()` before the process was made."""

    def cpu(self) -> float:
        """Seconds of user and system time so far, of all threads (proc(5): fields 14 and 15)."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Resident MiB (proc(5): VmRSS)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024


@contextmanager
def running(
    kind: Kind,
    *,
    address: str,
    token: str,
    folder: Path,
    bytecode: Path = BYTECODE,
) -> Iterator[Bot]:
    """Start a bot on the Bot API at `address`, with its data in `folder`; stopped at the end.
    `bytecode`: folder of Python's compiled files, whatever the surroundings say."""
    needs_proc()
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith(_OTHERS)},
        "PYTHONPYCACHEPREFIX": str(bytecode),
        "PYTHONPATH": str(ROOT),
        "KIMBOT_API_URL": address,
        "KIMBOT_TOKEN": token,
        "KIMBOT_DATA_DIR": str(folder),
        "KIMBOT_KEY": base64.b64encode(KEY).decode(),
        "KIMBOT_ACCESS": "open",
    }
    with (folder / "log.txt").open("ab") as log:
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, *kind.arguments],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        yield Bot(process=process, began=began)
    except BaseException:
        print((folder / "log.txt").read_text("utf-8", "replace")[-3000:], file=sys.stderr)
        raise
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(12)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def needs_proc() -> None:
    """Leave, with a word, where the system doesn't say what a process costs."""
    if not Path("/proc/self/stat").exists():
        raise SystemExit("these benchmarks read /proc and need Linux")
