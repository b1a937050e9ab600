"""Keeping an engine across a restart of the demo: one JSON file and a folder with the files.

Menus, profile texts and the webhook are not kept: the bot sets them at its start.
"""

from datetime import timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.demo.clock import MovableClock
from bot.demo.engine import Engine
from bot.demo.engine.chats import Chat, ChatKind, Membership, Topic
from bot.demo.engine.files import StoredFile
from bot.demo.engine.messages import Media, Message, Rows
from bot.demo.engine.people import Person
from bot.demo.engine.updates import Update
from bot.demo.entities import Entity

_STATE = "telegram.json"
_FILES = "files"


class _Saved(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _File(_Saved):
    id: str
    path: str
    name: str
    mime: str


class _Media(_Saved):
    kind: str
    body: object
    file: str | None


class _Message(_Saved):
    id: int
    date: int
    sender: Person | None
    sender_chat: int | None
    text: str
    entities: tuple[Entity, ...]
    rows: Rows
    thread: int | None
    reply_to: int | None
    media: _Media | None
    album: str
    edited: int | None
    protected: bool
    service: dict[str, object]
    extra: dict[str, object]


class _Chat(_Saved):
    id: int
    kind: ChatKind
    title: str
    username: str
    is_forum: bool
    bot: Membership
    members: dict[int, Membership]
    messages: tuple[_Message, ...]
    topics: dict[int, Topic]
    last_id: int
    migrated_to: int | None
    gone: bool
    pinned: tuple[int, ...]
    read: dict[int, int]


class _Update(_Saved):
    id: int
    body: str
    lane: int
    raw: bool


class _World(_Saved):
    token: str
    bot: Person
    privacy: bool
    offset_seconds: float
    next_update: int
    people: tuple[Person, ...]
    chats: tuple[_Chat, ...]
    updates: tuple[_Update, ...]
    files: tuple[_File, ...]


def save(engine: Engine, folder: Path) -> None:
    """Write the engine into `folder`; the state file is replaced in one step."""
    store = folder / _FILES
    store.mkdir(parents=True, exist_ok=True)
    for file in engine.files.all():
        target = store / file.id
        if not target.exists():
            target.write_bytes(file.data)
    draft = folder / f"{_STATE}.new"
    draft.write_text(_world(engine).model_dump_json(), encoding="utf-8")
    draft.replace(folder / _STATE)


def load(folder: Path) -> Engine:
    """The engine that was saved in `folder`.

    Raises `FileNotFoundError` when there is none, `ValueError` when it can't be read.
    """
    saved = _World.model_validate_json((folder / _STATE).read_text(encoding="utf-8"))
    engine = Engine(
        token=saved.token,
        clock=MovableClock(timedelta(seconds=saved.offset_seconds)),
        privacy=saved.privacy,
        first_update=saved.next_update,
    )
    engine.bot = saved.bot
    for file in saved.files:
        data = (folder / _FILES / file.id).read_bytes()
        engine.files.keep(
            StoredFile(id=file.id, path=file.path, name=file.name, mime=file.mime, data=data)
        )
    engine.people = {person.id: person for person in saved.people}
    engine.chats = {chat.id: _chat(engine, chat) for chat in saved.chats}
    for chat in saved.chats:
        engine.chats[chat.id].messages = {
            message.id: _message(engine, engine.chats[chat.id], message)
            for message in chat.messages
        }
    engine.updates.restore(Update(**update.model_dump()) for update in saved.updates)
    return engine


def _world(engine: Engine) -> _World:
    return _World(
        token=engine.token,
        bot=engine.bot,
        privacy=engine.privacy,
        offset_seconds=engine.clock.offset.total_seconds(),
        next_update=engine.updates.next_id,
        people=tuple(engine.people.values()),
        chats=tuple(_saved_chat(chat) for chat in engine.chats.values()),
        updates=tuple(
            _Update(id=update.id, body=update.body, lane=update.lane, raw=update.raw)
            for update in engine.updates.pending()
        ),
        files=tuple(
            _File(id=file.id, path=file.path, name=file.name, mime=file.mime)
            for file in engine.files.all()
        ),
    )


def _saved_chat(chat: Chat) -> _Chat:
    return _Chat(
        id=chat.id,
        kind=chat.kind,
        title=chat.title,
        username=chat.username,
        is_forum=chat.is_forum,
        bot=chat.bot,
        members=chat.members,
        messages=tuple(_saved_message(message) for message in chat.messages.values()),
        topics=chat.topics,
        last_id=chat.last_id,
        migrated_to=chat.migrated_to,
        gone=chat.gone,
        pinned=chat.pinned,
        read=chat.read,
    )


def _saved_message(message: Message) -> _Message:
    media = None
    if message.media is not None:
        file = message.media.file
        media = _Media(
            kind=message.media.kind, body=message.media.body, file=file.id if file else None
        )
    return _Message(
        id=message.id,
        date=message.date,
        sender=message.sender,
        sender_chat=message.sender_chat.id if message.sender_chat else None,
        text=message.text,
        entities=message.entities,
        rows=message.rows,
        thread=message.thread,
        reply_to=message.reply_to,
        media=media,
        album=message.album,
        edited=message.edited,
        protected=message.protected,
        service=message.service,
        extra=message.extra,
    )


def _chat(engine: Engine, saved: _Chat) -> Chat:
    return Chat(
        id=saved.id,
        kind=saved.kind,
        title=saved.title,
        username=saved.username,
        person=engine.people.get(saved.id) if saved.kind is ChatKind.PRIVATE else None,
        is_forum=saved.is_forum,
        bot=saved.bot,
        members=dict(saved.members),
        topics=dict(saved.topics),
        last_id=saved.last_id,
        migrated_to=saved.migrated_to,
        gone=saved.gone,
        pinned=saved.pinned,
        read=dict(saved.read),
    )


def _message(engine: Engine, chat: Chat, saved: _Message) -> Message:
    media = None
    if saved.media is not None:
        file = engine.files.by_id(saved.media.file) if saved.media.file else None
        media = Media(kind=saved.media.kind, body=saved.media.body, file=file)
    return Message(
        id=saved.id,
        chat=chat,
        date=saved.date,
        sender=saved.sender,
        sender_chat=engine.chats[saved.sender_chat] if saved.sender_chat is not None else None,
        text=saved.text,
        entities=saved.entities,
        rows=saved.rows,
        thread=saved.thread,
        reply_to=saved.reply_to,
        media=media,
        album=saved.album,
        edited=saved.edited,
        protected=saved.protected,
        service=saved.service,
        extra=saved.extra,
    )
