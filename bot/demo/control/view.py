"""What the page is shown: chats and messages as one person sees them, as JSON."""

from datetime import UTC, datetime
from urllib.parse import quote

from bot.demo.control.markup import to_html
from bot.demo.engine import Engine
from bot.demo.engine.chats import Chat, ChatKind, Status, Topic
from bot.demo.engine.messages import Button, Media, Message
from bot.demo.engine.people import Person

Json = dict[str, object]


def state(engine: Engine, me: int | None) -> Json:
    """People, the chats of `me`, the bot and the clock."""
    person = engine.people.get(me) if me is not None else next(iter(engine.people.values()), None)
    chats = [] if person is None else [c for c in engine.chats.values() if c.seen_by(person.id)]
    return {
        "people": [
            _person(someone)
            for someone in engine.people.values()
            if not (someone.deleted or someone.unseen)
        ],
        "chats": [_chat(engine, chat, person.id) for chat in chats if person is not None],
        "me": person.id if person else None,
        "bot": engine.bot.fields(),
        "clock": clock(engine),
    }


def clock(engine: Engine) -> Json:
    """The server's time and how far it is from real time."""
    return {
        "now": engine.clock.now().isoformat(),
        "offset_seconds": int(engine.clock.offset.total_seconds()),
    }


def messages(chat: Chat, person: int, thread: int | None) -> list[Json]:
    """The messages of a chat, or of one topic, oldest first."""
    return [
        message(one, person)
        for one in chat.messages.values()
        if thread is None or one.thread == thread
    ]


def message(one: Message, person: int) -> Json:
    """A message as `person` sees it."""
    sender = one.sender
    return {
        "id": one.id,
        "chat": one.chat.id,
        "thread": one.thread,
        "from": {
            "id": sender.id if sender else one.chat.id,
            "name": sender.name if sender and one.sender_chat is None else one.chat.name,
            "is_bot": bool(sender and sender.is_bot),
        },
        "out": bool(sender and sender.id == person),
        "date": datetime.fromtimestamp(one.date, UTC).isoformat(),
        "edited": one.edited is not None,
        "html": to_html(one.text, one.entities),
        "text": one.text,
        "reply_to": one.reply_to,
        "buttons": [[_button(button) for button in row] for row in one.rows],
        "media": _media(one, one.media) if one.media else None,
        "album": one.album or None,
        "service": next(iter(one.service), None),
    }


def _person(person: Person) -> Json:
    return {
        "id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "role": person.role,
        "language_code": person.language_code,
    }


def _chat(engine: Engine, chat: Chat, person: int) -> Json:
    last = engine.last(chat.id)
    private = chat.kind is ChatKind.PRIVATE
    seen = chat.read.get(person, 0)
    return {
        "id": chat.id,
        "type": chat.kind.value,
        "title": engine.bot.name if private else chat.title,
        "is_forum": chat.is_forum,
        "topics": [_topic(topic) for topic in chat.topics.values()],
        "last": None if last is None else _last(last),
        "unread": sum(
            1 for one in chat.messages.values() if one.id > seen and not _is_by(one, person)
        ),
        "can_write": chat.open_to(person),
        "blocked": private and chat.bot.status is Status.KICKED,
    }


def _is_by(one: Message, person: int) -> bool:
    return one.sender is not None and one.sender.id == person


def _topic(topic: Topic) -> Json:
    return {"id": topic.id, "name": topic.name, "closed": topic.closed}


def _last(one: Message) -> Json:
    text = one.text
    if not text and one.media is not None and one.media.file is not None:
        text = one.media.file.name
    return {"id": one.id, "text": text, "date": datetime.fromtimestamp(one.date, UTC).isoformat()}


def _button(button: Button) -> Json:
    if button.url:
        return {"label": button.text, "url": button.url}
    return {"label": button.text, "data": button.data}


def _media(one: Message, media: Media) -> Json:
    file = media.file
    url = f"/demo/file/{file.id}/{quote(file.name or 'file', safe='')}" if file else ""
    return {
        "kind": media.kind,
        "name": file.name if file else "",
        "mime": file.mime if file else "",
        "size": len(file.data) if file else 0,
        "url": url,
        "thumb_url": url if media.kind == "photo" else None,
        "caption": one.text,
    }
