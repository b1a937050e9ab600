"""The people and chats that a demo starts with, from a TOML file; nobody has said anything yet."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.demo.clock import MovableClock
from bot.demo.engine import Engine
from bot.demo.engine.chats import ChatKind, Status, Topic
from bot.demo.engine.world import TOKEN


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Bot(_Part):
    name: str
    username: str


class _Person(_Part):
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "de"
    role: str = ""


class _Chat(_Part):
    id: int
    kind: ChatKind
    title: str
    is_forum: bool = False
    bot: Status = Status.MEMBER
    members: dict[int, Status] = {}
    topics: tuple[str, ...] = ()


class _Scene(_Part):
    bot: _Bot
    people: tuple[_Person, ...]
    chats: tuple[_Chat, ...] = ()


def furnish(file: Path, *, token: str = TOKEN, clock: MovableClock | None = None) -> Engine:
    """A new engine with the people and chats of `file`.

    Raises `ValueError` when the file is no scene, `OSError` when it can't be read.
    """
    scene = _Scene.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    engine = Engine(token=token, clock=clock, name=scene.bot.name, username=scene.bot.username)
    for person in scene.people:
        engine.add_person(
            person.id,
            person.first_name,
            person.last_name,
            username=person.username,
            language_code=person.language_code,
            role=person.role,
        )
    for chat in scene.chats:
        _add_chat(engine, chat)
    return engine


def _add_chat(engine: Engine, chat: _Chat) -> None:
    made = engine.add_chat(
        chat.id,
        chat.kind,
        chat.title,
        members=chat.members,
        bot=chat.bot,
        is_forum=chat.is_forum,
    )
    for name in chat.topics:
        topic = Topic(id=made.take_id(), name=name)
        made.topics[topic.id] = topic
