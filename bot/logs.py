"""Logging: one line per event on standard error, for people or as JSON.

Never in it: the token, texts of people. An exception is logged as its class and the places it
went through; its message may quote what somebody typed.
"""

import json
import logging
import sys
import traceback
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Final, Literal, TextIO

_QUIET: Final = {
    "aiohttp.access": logging.WARNING,
    "alembic": logging.WARNING,
    "apscheduler": logging.ERROR,  # warns of each beat that comes while the last one is at work
}
_FOREIGN: Final = ("telegram", "sqlalchemy")
"""Libraries whose log lines may carry whole updates or rows."""
_FRAMES: Final = 12


class Log:
    """Events with values: `log.warning("turn failed", updates=ids, error=error)`."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)

    def debug(self, event: str, **values: object) -> None:
        """For whoever looks for a fault."""
        self._write(logging.DEBUG, event, values)

    def info(self, event: str, **values: object) -> None:
        """As it should be."""
        self._write(logging.INFO, event, values)

    def warning(self, event: str, **values: object) -> None:
        """Goes on by itself."""
        self._write(logging.WARNING, event, values)

    def error(self, event: str, **values: object) -> None:
        """Somebody should look."""
        self._write(logging.ERROR, event, values)

    def critical(self, event: str, **values: object) -> None:
        """The end."""
        self._write(logging.CRITICAL, event, values)

    def _write(self, level: int, event: str, values: Mapping[str, object]) -> None:
        if self._logger.isEnabledFor(level):
            error = values.get("error")
            found = error if isinstance(error, BaseException) else None
            rest = {key: value for key, value in values.items() if key != "error" or not found}
            self._logger.log(level, event, extra={"values": rest}, exc_info=found)


def configure(
    level: str,
    form: Literal["console", "json"] = "console",
    secrets: Sequence[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Set up the log of the process, on standard error unless there is another `stream`; `secrets`
    are blotted out wherever they turn up."""
    logging.raiseExceptions = False  # a failing log must not print what it failed to log
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Lines(form, [secret for secret in secrets if secret]))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, least in _QUIET.items():
        logging.getLogger(name).setLevel(least)


class _Lines(logging.Formatter):
    def __init__(self, form: Literal["console", "json"], secrets: Sequence[str]) -> None:
        super().__init__()
        self._form = form
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        values = _values(record)
        line = _json(record, values) if self._form == "json" else _console(record, values)
        for secret in self._secrets:
            line = line.replace(secret, "[secret]")
        return line


def _values(record: logging.LogRecord) -> dict[str, object]:
    values = dict(getattr(record, "values", {}))
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        values |= {"error": " from ".join(_chain(error)), "at": _places(error.__traceback__)}
    return values


def _event(record: logging.LogRecord) -> str:
    """The words alone, where the values may be somebody's text."""
    foreign = record.name.partition(".")[0] in _FOREIGN
    return str(record.msg) if foreign else record.getMessage()


def _console(record: logging.LogRecord, values: Mapping[str, object]) -> str:
    rest = "".join(f" {key}={_shown(value)}" for key, value in values.items())
    time = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    return f"{time} {record.levelname.lower():8} {_event(record)}{rest}"


def _json(record: logging.LogRecord, values: Mapping[str, object]) -> str:
    line: dict[str, object] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
        "level": record.levelname.lower(),
        "event": _event(record),
        "logger": record.name,
    }
    return json.dumps({**line, **values}, ensure_ascii=False, default=str)


def _shown(value: object) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if " " in text or "\n" in text else text


def _chain(error: BaseException | None) -> list[str]:
    names: list[str] = []
    while error is not None and len(names) < 5:
        names.append(type(error).__qualname__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return names


def _places(trace: TracebackType | None) -> str:
    frames = traceback.StackSummary.extract(traceback.walk_tb(trace), lookup_lines=False)
    return " > ".join(
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
        for frame in frames[-_FRAMES:]
    )
