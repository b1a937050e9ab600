"""The way in by a link: the token of an invitation, wherever an event may carry it."""

import re

from conversations.events import Called, Event, Pressed

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_CARRIERS = frozenset({"agree", "lang", "read", "join"})
"""Buttons that carry the token along: "0.agree:de:<token>", "<version>.join:<token>"."""


def token_of(event: Event) -> str:
    """The token of /start or of a button that leads on from it; empty without one."""
    match event:
        case Called(name="start", args=args) if _TOKEN.fullmatch(args):
            return args
        case Pressed(data=data):
            name, _, rest = data.partition(".")[2].partition(":")
            token = rest.rpartition(":")[2]
            return token if name in _CARRIERS and _TOKEN.fullmatch(token) else ""
    return ""


def link(bot: str, token: str) -> str:
    """The deep link that hands the token over (Bot API, deep linking: 64 characters at most)."""
    return f"https://t.me/{bot}?start={token}"
