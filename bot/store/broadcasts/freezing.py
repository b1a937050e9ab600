"""The audience of a broadcast frozen: one row of the ledger for each recipient and part."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from sqlalchemy import Connection

from bot.store import ledger
from bot.store.ledger import Wish, campaigns
from conversations.broadcasts import Addressee, BroadcastId, Content
from conversations.rules.posting import parts
from conversations.rules.texts import REFERENCE

_CHUNK: Final = 500
_ORDER: Final = timedelta(milliseconds=1)


def freeze(
    connection: Connection,
    id_: BroadcastId,
    content: Content,
    addressees: Iterable[Addressee],
    start: datetime,
) -> None:
    """Add their rows, in their order, to go from `start` on. Whoever has them keeps them."""
    rows = wishes(id_, content, addressees, start)
    while chunk := tuple(islice(rows, _CHUNK)):
        ledger.insert(connection, chunk)


def wishes(
    id_: BroadcastId, content: Content, addressees: Iterable[Addressee], start: datetime
) -> Iterator[Wish]:
    """The rows: `due` counts on by a millisecond, so that all keep their order."""
    lengths = {language: len(parts(post)) for language, post in content.posts.items()}
    number = 0
    for one in addressees:
        language = spoken(content, one.language)
        for nth in range(1, lengths[language] + 1):
            yield Wish(
                kind=ledger.BROADCAST,
                subject=campaigns.subject(id_),
                version=1,
                slot=f"{language}{nth}",
                chat=one.chat,
                thread=one.thread,
                council=one.council,
                person=one.person,
                due=start + number * _ORDER,
                expires=start + campaigns.USEFUL,
                start=start,
                nth=nth,
                of=lengths[language],
                rank=ledger.BROADCASTS,
            )
            number += 1


def spoken(content: Content, language: str) -> str:
    """The language in which somebody who reads `language` gets it. Raises KeyError when it says
    nothing."""
    for one in (language, REFERENCE, *content.posts):
        if one in content.posts:
            return one
    raise KeyError(language)
