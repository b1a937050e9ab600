"""The bot as it is meant to be: the real dialogues, texts and writers, from the templates folder.

The demo takes the same plan with another address, clock and folder.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from bot.following import calendars_of
from bot.library import read_library
from bot.own_data import OwnData
from bot.paper import Format, Paper, read_coverage
from bot.plan import Calendars, Listen, Plan, Posted, Privacy
from bot.settings import Settings
from bot.settings import listen as listen_at
from bot.store.letters import StoredFile
from bot.store.sealing import Seal
from bot.telegram.pace import Budget
from bot.wording import ShellWords, folder, read_texts
from conversations.dialogues import Dialogues
from conversations.rules.drafted import Letters
from conversations.rules.house import Access
from conversations.rules.knowledge import Knowledge
from conversations.rules.letter import Letter
from conversations.rules.texts import REFERENCE

_MOST_SLOTS: Final = 48
"""Calls at once: fewer than the pool has connections, so that answers to people find one."""


def plan_for(
    settings: Settings,
    *,
    know: Knowledge,
    seal: Seal,
    now: Callable[[], datetime],
    announce: Callable[[str], None] | None = None,
) -> Plan:
    """The plan of `kimbot run`. The settings must have a token."""
    assert settings.token is not None
    return production(
        know=know,
        root=settings.api_url,
        token=settings.token.get_secret_value(),
        database=settings.database(),
        seal=seal,
        path=settings.database_path,
        now=now,
        posted=_posted(settings),
        listen=_listen(settings),
        calendars=calendars_of(know),
        proxy=settings.proxy,
        operators=settings.operators,
        announce=announce,
        erased=settings.erased_list,
        budget=budget_of(settings),
    )


def production(
    *,
    know: Knowledge,
    root: str,
    token: str,
    database: str,
    seal: Seal,
    path: Path | None,
    now: Callable[[], datetime],
    posted: Posted | None = None,
    listen: Listen | None = None,
    calendars: Calendars | None = None,
    proxy: str | None = None,
    operators: tuple[int, ...] = (),
    announce: Callable[[str], None] | None = None,
    erased: Path | None = None,
    budget: Budget | None = None,
) -> Plan:
    """A plan with everything that the templates hold."""
    desk = Desk(folder(), know)
    return Plan(
        root=root,
        token=token,
        database=database,
        seal=seal,
        path=path,
        dialogues=Dialogues(know),
        words=ShellWords(know.texts),
        render=desk.render,
        pages=desk.pages,
        now=now,
        posted=posted,
        listen=listen,
        proxy=proxy,
        operators=operators,
        announce=announce,
        know=know,
        budget=budget or Budget(),
        privacy=Privacy(
            erased=erased,
            unnamed=know.texts.plain("own_data/unnamed", REFERENCE),
            invited_only=know.house.access is Access.INVITE,
            write=OwnData(know.texts, know.register).files,
        ),
        calendars=calendars or calendars_of(know),
    )


def read_knowledge(templates: Path) -> Knowledge:
    """What the dialogues know. Raises DefinitionsRefusedError, ValueError and OSError."""
    library = read_library(templates)
    return Knowledge(
        texts=read_texts(templates),
        catalogue=library.catalogue,
        register=library.register,
        letters=Letters(register=library.register, texts=library.texts),
        coverage=read_coverage(),
        broadcasts=library.broadcasts,
    )


class Desk:
    """The writers, made ready at the first letter: they need memory that an idle bot needn't."""

    def __init__(self, templates: Path, know: Knowledge) -> None:
        self._templates = templates
        self._coverage = know.coverage
        self._lock = threading.Lock()
        self._paper: Paper | None = None

    def render(self, letter: Letter) -> Sequence[StoredFile]:
        """Every format that the letter has data for."""
        return tuple(
            StoredFile(
                format=file.name.rpartition(".")[2],
                name=file.name,
                mime=file.mime,
                sha256=sha256(file.content).hexdigest(),
                content=file.content,
            )
            for file in self._writers().render(letter, Format)
        )

    def pages(self, letter: Letter) -> Sequence[bytes]:
        """The pages as PNG."""
        return self._writers().preview(letter)

    def _writers(self) -> Paper:
        with self._lock:
            if self._paper is None:
                self._paper = Paper(self._templates, self._coverage)
            return self._paper


def budget_of(settings: Settings) -> Budget:
    """The pace as set, with as many calls at once as it needs: an answer takes up to 0.3 s."""
    rate = settings.send_per_second
    return Budget(
        in_all=float(rate),
        slots=min(max(Budget().slots, rate * 3 // 10), _MOST_SLOTS),
        paid=settings.paid_broadcast,
    )


def _listen(settings: Settings) -> Listen | None:
    """A listener beside the webhook's, unless that one listens there already."""
    taken = settings.webhook_listen if settings.webhook_url else None
    if not settings.http_listen or settings.http_listen == taken:
        return None
    host, port = listen_at(settings.http_listen, "HTTP_LISTEN")
    return Listen(host=host, port=port)


def _posted(settings: Settings) -> Posted | None:
    if settings.webhook_url is None:
        return None
    assert settings.webhook_secret is not None
    host, port = listen_at(settings.webhook_listen)
    secret = settings.webhook_secret.get_secret_value()
    return Posted(address=settings.webhook_url, secret=secret, host=host, port=port)
