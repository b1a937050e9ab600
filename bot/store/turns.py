"""One turn's reading and writing: all that a decision rests on, all that it changes."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Connection,
    bindparam,
    delete,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from bot.store import inbox, letters
from bot.store.codec import Codec, stamp
from bot.store.prepared import Prepared
from bot.store.schema import FORMAT, dialogue, draft, letter, member
from bot.store.schema import inbox as inbox_table
from bot.store.worker import LostRaceError
from conversations.core import (
    Decision,
    Draft,
    Member,
    Need,
    Position,
    StoredLetter,
)
from conversations.standing import Desk, Invited, PersonId, Standing, StoredCouncil


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What is stored about a person in a chat; `revision` 0 when there is no dialogue yet. `done`:
    the update was handled before."""

    member: Member | None = None
    position: Position | None = None
    draft: Draft | None = None
    drafts: tuple[Draft, ...] = ()
    letters: tuple[StoredLetter, ...] = ()
    standing: Standing = Standing()
    council: StoredCouncil | None = None
    invited: Invited | None = None
    desk: Desk = Desk()
    revision: int = 0
    shown: int = 0
    card: int | None = None
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The card Telegram acknowledged last: the version of its position and its message id."""

    version: int
    card: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One turn's decision, as it is committed. `loaded` may carry a newer acknowledgement of the
    card than was stored: it rides along."""

    person: PersonId
    chat: int
    loaded: Loaded
    decision: Decision
    updates: Sequence[int]
    now: datetime


_person = bindparam("p", type_=BigInteger)
_chat = bindparam("c", type_=BigInteger)
_load = Prepared(
    select(
        member.c.format,
        member.c.body,
        dialogue.c.revision,
        dialogue.c.format,
        dialogue.c.body,
        dialogue.c.shown,
        dialogue.c.card,
        draft.c.format,
        draft.c.body,
        draft.c.id,
        select(inbox_table.c.done)
        .where(inbox_table.c.update_id == bindparam("u", type_=BigInteger))
        .scalar_subquery(),
    ).select_from(
        select(literal_column("1").label("one"))
        .subquery("stub")
        .outerjoin(member, member.c.person == _person)
        .outerjoin(dialogue, (dialogue.c.person == _person) & (dialogue.c.chat == _chat))
        .outerjoin(draft, (draft.c.id == dialogue.c.draft) & (draft.c.person == _person))
    )
)
_drafts = Prepared(
    select(draft.c.format, draft.c.body, draft.c.id)
    .where(draft.c.person == _person)
    .order_by(draft.c.touched.desc(), draft.c.id)
)
_dialogue_values = {
    "revision": bindparam("revision_"),
    "format": FORMAT,
    "body": bindparam("body_"),
    "draft": bindparam("draft_"),
    "version": bindparam("version_"),
    "shown": bindparam("shown_"),
    "card": bindparam("card_"),
}
_first = Prepared(insert(dialogue).values(person=_person, chat=_chat, **_dialogue_values))
_next = Prepared(
    update(dialogue)
    .where(
        dialogue.c.person == _person,
        dialogue.c.chat == _chat,
        dialogue.c.revision == bindparam("was"),
    )
    .values(**_dialogue_values)
)
_acknowledge = (
    update(dialogue)
    .where(
        dialogue.c.person == _person,
        dialogue.c.chat == _chat,
        dialogue.c.shown <= bindparam("shown_"),
    )
    .values(shown=bindparam("shown_"), card=bindparam("card_"))
)
_behind = select(dialogue.c.person, dialogue.c.chat).where(dialogue.c.shown != dialogue.c.version)
_member_values = {
    "format": FORMAT,
    "body": bindparam("body_"),
    "stopped": bindparam("stopped_"),
    "withdrawn": bindparam("withdrawn_"),
    "blocked": bindparam("blocked_"),
}
_member_next = Prepared(update(member).where(member.c.person == _person).values(**_member_values))
_member_first = Prepared(insert(member).values(person=_person, **_member_values))
_draft_next = Prepared(
    update(draft)
    .where(draft.c.id == bindparam("key"), draft.c.person == _person)
    .values(
        format=FORMAT,
        body=bindparam("body_"),
        touched=bindparam("touched_"),
        council=bindparam("council_"),
    )
)
_draft_first = Prepared(
    insert(draft).values(
        id=bindparam("key"),
        person=_person,
        format=FORMAT,
        body=bindparam("body_"),
        touched=bindparam("touched_"),
        council=bindparam("council_"),
    )
)
_draft_gone = delete(draft).where(draft.c.id == bindparam("key"), draft.c.person == _person)


class Turns:
    """Loads what a turn needs, commits what it decided. Its methods are jobs for the store."""

    def __init__(self, codec: Codec) -> None:
        self._codec = codec

    def load(
        self,
        connection: Connection,
        person: PersonId,
        chat: int,
        update_id: int | None,
        needs: Callable[[str | None], frozenset[Need]],
    ) -> Loaded:
        """Everything stored that a turn may rest on; `needs` is asked with the flow, if any."""
        row = _load.run(connection, {"p": person, "c": chat, "u": update_id}).fetchone()
        agreed, at, paper = row[0:2], row[2:7], row[7:10]
        codec = self._codec
        position = codec.position.read(at[2], at[1], f"{person}/{chat}") if at[2] else None
        wanted = needs(position.flow if position else None)
        return Loaded(
            member=codec.member.read(agreed[1], agreed[0], person) if agreed[1] else None,
            position=position,
            draft=codec.draft.read(paper[1], paper[0], paper[2]) if paper[1] else None,
            drafts=self._drafts(connection, person) if Need.DRAFTS in wanted else (),
            letters=letters.stored(connection, codec, person) if Need.LETTERS in wanted else (),
            revision=at[0] or 0,
            shown=at[3] or 0,
            card=at[4],
            done=row[10] is not None,
        )

    def commit(self, connection: Connection, outcome: Outcome) -> None:
        """The whole turn: what was decided, and that its updates are done.

        Raises LostRaceError when the dialogue changed since it was loaded, AlreadyDoneError when
        the update was handled meanwhile.
        """
        inbox.done(connection, outcome.updates, outcome.now)
        decision = outcome.decision
        if decision.erase:
            erase(connection, outcome.person)
            return
        if decision.position or (outcome.loaded.revision and changes(decision)):
            self._dialogue(connection, outcome)
        if decision.member:
            self._member(connection, decision.member)
        for changed in decision.drafts:
            self._draft(connection, outcome.person, changed)
        for gone in decision.deleted:
            connection.execute(_draft_gone, {"key": gone, "p": outcome.person})
        for order in decision.orders:
            letters.order(connection, self._codec, outcome.person, order, outcome.now)
        for letter_id, filing in decision.filings:
            letters.file(connection, outcome.person, letter_id, filing)
        for reply in decision.replies:
            letters.want(connection, outcome.person, outcome.chat, reply)

    def _dialogue(self, connection: Connection, outcome: Outcome) -> None:
        loaded = outcome.loaded
        position = outcome.decision.position or loaded.position
        assert position is not None
        values = {
            "p": outcome.person,
            "c": outcome.chat,
            "revision_": loaded.revision + 1,
            "body_": self._codec.position.write(position, f"{outcome.person}/{outcome.chat}"),
            "draft_": position.draft,
            "version_": position.version,
            "shown_": loaded.shown,
            "card_": loaded.card,
        }
        if not loaded.revision:
            try:
                _first.run(connection, values)
            except (IntegrityError, sqlite3.IntegrityError) as error:
                raise LostRaceError("a dialogue was begun meanwhile") from error
        elif not _next.run(connection, {**values, "was": loaded.revision}).rowcount:
            raise LostRaceError("the dialogue went on meanwhile")

    def _member(self, connection: Connection, value: Member) -> None:
        values = {
            "p": value.id,
            "body_": self._codec.member.write(value, value.id),
            "stopped_": _stamped(value.stopped),
            "withdrawn_": _stamped(value.withdrawn),
            "blocked_": _stamped(value.blocked),
        }
        if not _member_next.run(connection, values).rowcount:
            _member_first.run(connection, values)

    def _draft(self, connection: Connection, person: PersonId, value: Draft) -> None:
        values = {
            "key": value.id,
            "p": person,
            "body_": self._codec.draft.write(value, value.id),
            "touched_": stamp(value.touched),
            "council_": value.council or None,
        }
        if not _draft_next.run(connection, values).rowcount:
            _draft_first.run(connection, values)

    def _drafts(self, connection: Connection, person: PersonId) -> tuple[Draft, ...]:
        rows = _drafts.run(connection, {"p": person}).fetchall()
        return tuple(self._codec.draft.read(body, form, id_) for form, body, id_ in rows)


def acknowledge(connection: Connection, seen: Sequence[tuple[int, int, Shown]]) -> None:
    """Note which cards Telegram took (person, chat, what); an older note changes nothing."""
    connection.execute(
        _acknowledge,
        [
            {"p": person, "c": chat, "shown_": shown.version, "card_": shown.card}
            for person, chat, shown in seen
        ],
    )


def behind(connection: Connection) -> list[tuple[PersonId, int]]:
    """Dialogues (person, chat) whose current card was never acknowledged."""
    return [(PersonId(row.person), row.chat) for row in connection.execute(_behind)]


def erase(connection: Connection, person: PersonId) -> None:
    """Everything stored about a person."""
    for table in (member, dialogue, draft, letter):
        connection.execute(delete(table).where(table.c.person == person))


def changes(decision: Decision) -> bool:
    """Whether there is anything to store beside the position."""
    return bool(
        decision.member
        or decision.drafts
        or decision.deleted
        or decision.orders
        or decision.filings
        or decision.deeds
    )


def _stamped(moment: datetime | None) -> int | None:
    return stamp(moment) if moment else None
