"""One turn's reading and writing: all that a decision rests on, all that it changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import BigInteger, Connection, bindparam, literal_column, select

from bot.store import cards, drafts, inbox, letters, members
from bot.store.codec import Codec
from bot.store.persons import Persons
from bot.store.prepared import Prepared
from bot.store.schema import dialogue, draft, member
from bot.store.schema import inbox as inbox_table
from bot.store.scope import PLAIN, Broadcasting, ForbiddenError, Scope, holds, queue_up
from bot.store.sealing import Pseudonyms
from conversations.agenda import Agenda, Reminded
from conversations.broadcasts import Broadcasts
from conversations.core import Decision, Draft, Member, Need, Position, StoredLetter
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
    agenda: Agenda = Agenda()
    reminder: Reminded | None = None
    broadcasts: Broadcasts = Broadcasts()
    revision: int = 0
    shown: int = 0
    card: int | None = None
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be loaded, for whom."""

    person: PersonId
    chat: int
    update: int | None
    now: datetime
    needs: Callable[[str | None], frozenset[Need]]
    """Asked with the flow the person is in, if any."""
    token_hash: str = ""
    """Of the invitation whose link was followed."""
    reminder: str = ""
    """Id of the delivery whose button was pressed: its council is the one in hand."""
    council: str = ""
    """The council that the event is about, in hand from now on."""
    reply_to: int | None = None
    """The message of the chat that the person's message replies to."""


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
        draft.c.council,
        select(inbox_table.c.done)
        .where(inbox_table.c.update_id == bindparam("u", type_=BigInteger))
        .scalar_subquery(),
        holds(_person),
    ).select_from(
        select(literal_column("1").label("one"))
        .subquery("stub")
        .outerjoin(member, member.c.person == _person)
        .outerjoin(
            dialogue,
            (dialogue.c.person == _person) & (dialogue.c.chat == bindparam("c", type_=BigInteger)),
        )
        .outerjoin(draft, (draft.c.id == dialogue.c.draft) & (draft.c.person == _person))
    )
)


class Turns:
    """Loads what a turn needs, commits what it decided. Its methods are jobs for the store."""

    def __init__(
        self,
        codec: Codec,
        pseudonyms: Pseudonyms,
        persons: Persons | None = None,
        broadcasting: Broadcasting = PLAIN,
    ) -> None:
        """`persons` erases; without it no list of erased persons is kept."""
        self._broadcasting = broadcasting
        self._codec = codec
        self._pseudonyms = pseudonyms
        self._persons = persons or Persons(codec=codec, pseudonyms=pseudonyms)

    def load(self, connection: Connection, asked: Asked) -> Loaded:
        """Everything stored that a turn may rest on."""
        person, codec = asked.person, self._codec
        values = {"p": person, "c": asked.chat, "u": asked.update}
        row = _load.run(connection, values).fetchone()
        agreed, at, paper = row[0:2], row[2:7], row[7:11]
        scope = self._enter(connection, person, nothing=not row[12])
        known = codec.member.read(agreed[1], agreed[0], person) if agreed[1] else None
        position = codec.position.read(at[2], at[1], f"{person}/{asked.chat}") if at[2] else None
        wanted = asked.needs(position.flow if position else None)
        reminder = scope.reminder(asked.reminder)
        if known and reminder:
            known = replace(known, active=reminder.council)
        elif known and asked.council and scope.opens(asked.council):
            known = replace(known, active=asked.council)
        reply_to = (asked.chat, asked.reply_to) if asked.reply_to is not None else None
        in_hand = scope.in_hand(known.active if known else "")
        shown = paper[1] and scope.opens(paper[3])
        return Loaded(
            member=known,
            position=position,
            draft=codec.draft.read(paper[1], paper[0], paper[2]) if shown else None,
            drafts=drafts.stored(connection, codec, scope) if Need.DRAFTS in wanted else (),
            letters=(
                letters.stored(connection, codec, scope, in_hand) if Need.LETTERS in wanted else ()
            ),
            standing=scope.standing,
            council=scope.council(in_hand),
            invited=scope.invited(asked.token_hash, asked.now),
            desk=scope.desk(in_hand, asked.now) if Need.DESK in wanted else Desk(),
            agenda=scope.agenda(in_hand, asked.now) if Need.AGENDA in wanted else Agenda(),
            reminder=reminder,
            broadcasts=scope.broadcasts(in_hand, wanted, reply_to, asked.now),
            revision=at[0] or 0,
            shown=at[3] or 0,
            card=at[4],
            done=row[11] is not None,
        )

    def commit(self, connection: Connection, outcome: Outcome) -> None:
        """The whole turn: what was decided, and that its updates are done.

        Raises LostRaceError when something changed since it was loaded (ForbiddenError: a right),
        AlreadyDoneError when the update was handled meanwhile.
        """
        decision, person, codec = outcome.decision, outcome.person, self._codec
        if decision.deeds:
            queue_up(connection)
        inbox.done(connection, outcome.updates, outcome.now)
        if decision.erase:
            self._persons.erase(connection, person, outcome.now, waiting=False)
            return
        if decision.position or (outcome.loaded.revision and changes(decision)):
            self._dialogue(connection, outcome)
        if decision.member:
            members.keep(connection, codec, decision.member)
        scope = self._scope(connection, outcome)
        scope.perform(decision.deeds, outcome.now)
        for changed in decision.drafts:
            _within(scope, changed.council)
            drafts.keep(connection, codec, person, changed)
        for gone in decision.deleted:
            drafts.drop(connection, person, gone)
        for order in decision.orders:
            _within(scope, order.council)
            letters.order(connection, codec, person, order, outcome.now)
        for letter_id, filing in decision.filings:
            scope.file(letter_id, filing.day if filing else None)
        for reply in decision.replies:
            letters.want(connection, scope, outcome.chat, reply, outcome.now)

    def _scope(self, connection: Connection, outcome: Outcome) -> Scope:
        """Read anew, since a seat may have been lost since the turn was loaded; but not for those
        who had none."""
        nothing = outcome.loaded.standing == Standing() and not outcome.decision.deeds
        return self._enter(connection, outcome.person, nothing=nothing)

    def _enter(self, connection: Connection, person: PersonId, *, nothing: bool) -> Scope:
        if nothing:
            return Scope.of_nobody(connection, self._codec, self._pseudonyms, person)
        return Scope.enter(connection, self._codec, self._pseudonyms, person, self._broadcasting)

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
        cards.go_on(connection, loaded.revision, values)


def _within(scope: Scope, council: str) -> None:
    if not scope.opens(council):
        raise ForbiddenError("a paper of a council without a seat there")


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
