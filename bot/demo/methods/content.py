"""Texts, captions and keyboards of outgoing messages: read, checked, limited (Bot API limits)."""

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.demo.engine.messages import Button, Rows
from bot.demo.entities import Entity, clean, find, trim, units
from bot.demo.methods.call import Call
from bot.demo.parsing import parse_html
from bot.demo.refusals import RefusedError, bad_request

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_BUTTONS = 100

Content = tuple[str, tuple[Entity, ...]]


def text(call: Call) -> Content:
    """The text of a message: 1 to 4,096 UTF-16 units after parsing."""
    body, entities = _formatted(call, call.text("text"), call.text("parse_mode"), "entities")
    if not body:
        raise bad_request("message text is empty")
    if units(body) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return body, entities


def caption(call: Call) -> Content:
    """The caption of a message: up to 1,024 UTF-16 units after parsing."""
    given, mode = call.text("caption"), call.text("parse_mode")
    return _captioned(*_formatted(call, given, mode, "caption_entities"))


def caption_of(item: Mapping[str, object]) -> Content:
    """The caption of an item of a media group."""
    given, mode = item.get("caption"), item.get("parse_mode")
    if not isinstance(given, str):
        return "", ()
    return _captioned(*_parsed(given, mode if isinstance(mode, str) else ""))


def rows(call: Call) -> Rows:
    """The inline keyboard; other kinds of reply_markup have no buttons on the message."""
    markup = call.fields("reply_markup")
    given = markup.get("inline_keyboard")
    if given is None:
        return ()
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        raise bad_request(
            "can't parse inline keyboard: InlineKeyboardMarkup must have a list of lists"
        )
    out = tuple(tuple(_button(item) for item in row) for row in given if row)
    if sum(map(len, out)) > _BUTTONS:
        raise bad_request("reply markup is too long")
    return out


def _captioned(body: str, entities: tuple[Entity, ...]) -> Content:
    if units(body) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return body, entities


def _formatted(call: Call, given: str, mode: str, marks: str) -> Content:
    if mode or marks not in call.params:
        return _parsed(given, mode)
    entities = tuple(_entity(item) for item in call.items(marks) or ())
    return trim(clean(given), entities)


def _parsed(given: str, mode: str) -> Content:
    entities: tuple[Entity, ...] = ()
    body = clean(given)
    if mode.lower() == "html":
        body, entities = parse_html(body)
    elif mode:
        raise bad_request("unsupported parse_mode")
    body, entities = trim(body, entities)
    found = find(body, entities)
    if found:
        entities = tuple(sorted((*entities, *found), key=lambda mark: (mark.offset, -mark.length)))
    return body, entities


def _entity(item: object) -> Entity:
    if not isinstance(item, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    offset, length = item.get("offset"), item.get("length")
    if not isinstance(offset, int) or not isinstance(length, int):
        raise bad_request('can\'t parse MessageEntity: Field "offset" must be of type Number')
    return Entity(
        type=str(item.get("type", "")),
        offset=offset,
        length=length,
        url=str(item.get("url", "")),
        language=str(item.get("language", "")),
        emoji=str(item.get("custom_emoji_id", "")),
    )


def _button(item: object) -> Button:
    if not isinstance(item, dict):
        raise _bad_button("expected an Object")
    label = item.get("text")
    if not isinstance(label, str):
        raise _bad_button('Field "text" must be of type String')
    label = clean(label).strip()
    if not label:
        raise bad_request("BUTTON_TEXT_INVALID")
    data, url = item.get("callback_data"), item.get("url")
    if isinstance(data, str):
        if not 1 <= len(data.encode()) <= 64:
            raise bad_request("BUTTON_DATA_INVALID")
        return Button(text=label, data=data)
    if isinstance(url, str):
        _check_url(url)
        return Button(text=label, url=url)
    if other := next((key for key in _OTHER if key in item), None):
        return Button(text=label, url=f"tg://button?{other}={json.dumps(item[other])}")
    raise _bad_button("Text buttons are unallowed in the inline keyboard")


_OTHER = (
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "pay",
)


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    web = parts.scheme in ("http", "https") and parts.hostname is not None
    if not (web and ("." in str(parts.hostname))) and parts.scheme not in ("tg", "ton"):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    try:
        _ = parts.port
    except ValueError:
        why = "Wrong port number specified in the URL"
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {why}") from None


def _bad_button(words: str) -> RefusedError:
    return bad_request(f"can't parse inline keyboard button: {words}")
