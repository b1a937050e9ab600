"""Logging: one line per event on standard error, for people or as JSON.

Never in it: the token, texts of people. An exception is logged as its class and the places it
went through; its message may quote what somebody typed.
"""

import logging
import sys
import traceback
from collections.abc import Sequence
from types import TracebackType
from typing import Final, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor

_QUIET: Final = ("aiohttp.access", "apscheduler", "alembic")
_FRAMES: Final = 12


def configure(
    level: str,
    form: Literal["console", "json"] = "console",
    secrets: Sequence[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Set up the log of the process, on standard error unless there is another `stream`; `secrets`
    are blotted out wherever they turn up."""
    logging.raiseExceptions = False  # a failing log must not print what it failed to log
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        where,
    ]
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=_none)
    )
    inner = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Blotting(inner, [secret for secret in secrets if secret]))
    handler.addFilter(without_contents)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def without_contents(record: logging.LogRecord) -> bool:
    """python-telegram-bot logs whole updates: of its records only the bare words are kept."""
    if record.name.split(".", 1)[0] in ("telegram", "sqlalchemy"):
        record.msg, record.args = str(record.msg), ()
    return True


def where(_: object, __: str, event: EventDict) -> EventDict:
    """Replace an exception by its class, its causes' classes, and the places it went through."""
    found = event.pop("exc_info", None)
    error: BaseException | None
    match found:
        case BaseException():
            error = found
        case (type(), BaseException() as inside, _):
            error = inside
        case True:
            error = sys.exc_info()[1]
        case _:
            error = None
    if error is not None:
        event["error"] = " from ".join(_chain(error))
        event["at"] = _places(error.__traceback__)
    return event


def _chain(error: BaseException | None) -> list[str]:
    names: list[str] = []
    while error is not None and len(names) < 5:
        names.append(type(error).__qualname__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return names


def _places(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-_FRAMES:]
    return " > ".join(
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames
    )


def _none(_: object, __: object) -> None:
    """No tracebacks: see `where`."""


class _Blotting(logging.Formatter):
    def __init__(self, inner: logging.Formatter, secrets: Sequence[str]) -> None:
        super().__init__()
        self._inner = inner
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        line = self._inner.format(record)
        for secret in self._secrets:
            line = line.replace(secret, "[secret]")
        return line
