"""Presses that wait for an answer (Bot API CallbackQuery), and the answers given."""

import itertools
import secrets
from collections import deque
from dataclasses import dataclass

from bot.demo.refusals import bad_request

LIFETIME = 900
"""Seconds after which Telegram takes no answer any more (not documented; about this)."""
_KEPT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A press: by whom, on which message, with which data; `asked` in seconds."""

    id: str
    person: int
    chat: int
    message: int
    data: str
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What answerCallbackQuery said to a press."""

    query: Query
    text: str = ""
    alert: bool = False
    url: str = ""


class Queries:
    """Open presses by id; the latest answers."""

    def __init__(self) -> None:
        self._open: dict[str, Query] = {}
        self._answers: dict[str, Answer] = {}
        self._order: deque[str] = deque()
        self._ids = itertools.count(10**17 + secrets.randbelow(10**18))

    def ask(self, *, person: int, chat: int, message: int, data: str, now: int) -> Query:
        """Note a press."""
        query = Query(
            id=str(next(self._ids)), person=person, chat=chat, message=message, data=data, asked=now
        )
        self._open[query.id] = query
        if len(self._open) > _KEPT:
            del self._open[next(iter(self._open))]
        return query

    def answer(self, query_id: str, *, text: str, alert: bool, url: str, now: int) -> Answer:
        """Answer a press once and in time; else `RefusedError` as Telegram does."""
        query = self._open.pop(query_id, None)
        if query is None or now - query.asked > LIFETIME:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        answer = Answer(query=query, text=text, alert=alert, url=url)
        self._answers[query.id] = answer
        self._order.append(query.id)
        if len(self._order) > _KEPT:
            self._answers.pop(self._order.popleft(), None)
        return answer

    def answer_to(self, query_id: str) -> Answer | None:
        """The answer to a press, once there is one."""
        return self._answers.get(query_id)

    def answers(self) -> tuple[Answer, ...]:
        """The latest answers, oldest first."""
        return tuple(self._answers.values())

    def is_open(self, query_id: str) -> bool:
        """Not answered yet."""
        return query_id in self._open
