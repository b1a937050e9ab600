"""The register of personal data: for every table what in it is a person's, how that is exported,
and how it is erased. A test finds a table or a column that is missing here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Table

from bot.store import erasing, exporting, schema
from bot.store.broadcasts import holding
from bot.store.codec import Codec
from bot.store.whom import Entry, Whom


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One table. `export` and `erase` None need a reason: `why`."""

    table: Table
    personal: frozenset[str]
    """Columns that hold something of a person, or name them."""
    other: frozenset[str]
    """All the other columns."""
    section: str = ""
    """Where its rows stand in an export."""
    export: Callable[[Connection, Codec, Whom], list[Entry]] | None = None
    erase: Callable[[Connection, Codec, Whom], int] | None = None
    """Takes the person out; returns how many rows it was about."""
    why: str = ""


def _columns(names: str) -> frozenset[str]:
    return frozenset(names.split())


_COUNCILS: Final = "the council's own record: nothing says who entered it"

HOLDINGS: Final = (
    Holding(
        table=schema.member,
        personal=_columns("person body stopped withdrawn blocked"),
        other=_columns("format"),
        section="member",
        export=exporting.members,
        erase=erasing.rows_of(schema.member),
    ),
    Holding(
        table=schema.dialogue,
        personal=_columns("person chat body draft card"),
        other=_columns("revision format version shown"),
        section="dialogues",
        export=exporting.dialogues,
        erase=erasing.rows_of(schema.dialogue),
    ),
    Holding(
        table=schema.draft,
        personal=_columns("id person touched body council"),
        other=_columns("format"),
        section="drafts",
        export=exporting.drafts,
        erase=erasing.rows_of(schema.draft),
    ),
    Holding(
        table=schema.letter,
        personal=_columns("id person draft title amends ordered written filed body council"),
        other=_columns("version format"),
        section="letters",
        export=exporting.letters,
        erase=erasing.letters,
    ),
    Holding(
        table=schema.errand,
        personal=_columns("letter chat formats since"),
        other=_columns("failures"),
        section="errands",
        export=exporting.errands,
        erase=erasing.errands,
    ),
    Holding(
        table=schema.letter_file,
        personal=_columns("letter name content sha256 file_id"),
        other=_columns("format place mime"),
        why="exported with its letter (names and check sums; the files by /entwuerfe); erased "
        "with it, or made again without the name",
    ),
    Holding(
        table=schema.council,
        personal=_columns("body"),
        other=_columns("id ags revision created format"),
        section="councils",
        export=exporting.mentions,
        why="the body's own particulars: who is named there is named as the holder of an office, "
        "and its admins change it",
    ),
    Holding(
        table=schema.membership,
        personal=_columns("council person role since ended body"),
        other=_columns("format"),
        section="seats",
        export=exporting.seats,
        erase=erasing.rows_of(schema.membership),
    ),
    Holding(
        table=schema.operator,
        personal=_columns("person since"),
        other=frozenset(),
        section="operator",
        export=exporting.operators,
        erase=erasing.rows_of(schema.operator),
    ),
    Holding(
        table=schema.invitation,
        personal=_columns("by"),
        other=_columns("id token_hash role council left made expires"),
        section="invitations",
        export=exporting.invitations,
        why="keeps a pseudonym, and goes a week after its expiry",
    ),
    Holding(
        table=schema.audit,
        personal=_columns("actor object"),
        other=_columns("id at council action"),
        section="records",
        export=exporting.records,
        why="append-only, keeps pseudonyms and no contents",
    ),
    Holding(
        table=schema.filing,
        personal=_columns("letter body content file_id"),
        other=_columns("council day receipt promised answered version format"),
        section="filings",
        export=exporting.filings,
        why="goes with its letter; of one that the council keeps the name goes, and the file that "
        "proves it (erasing.letters)",
    ),
    Holding(
        table=schema.delivery,
        personal=_columns("chat person subject message"),
        other=_columns(
            "id kind rank version slot thread council due expires not_before state attempt claim "
            "lease_until reason nth of"
        ),
        section="deliveries",
        export=exporting.deliveries,
        erase=erasing.deliveries,
    ),
    Holding(
        table=schema.broadcast,
        personal=_columns("id author body council made touched progress shown"),
        other=_columns(
            "stage revision rehearsed due confirmed begun ended why pinned edition retracted format"
        ),
        section="broadcasts",
        export=holding.export_broadcasts,
        erase=holding.erase_broadcasts,
    ),
    Holding(
        table=schema.answer,
        personal=_columns("id broadcast person back at body"),
        other=_columns("format"),
        section="answers",
        export=holding.export_answers,
        erase=erasing.rows_of(schema.answer),
    ),
    Holding(
        table=schema.link_offer,
        personal=_columns("person"),
        other=_columns("token_hash council expires"),
        section="link_offers",
        export=exporting.link_offers,
        erase=erasing.rows_of(schema.link_offer),
    ),
    Holding(
        table=schema.chat_link,
        personal=_columns("by chat body"),
        other=_columns("id council thread kind confirmed disabled since format"),
        section="chat_links",
        export=exporting.chat_links,
        why="a chat of the council; of who linked it there is a pseudonym",
    ),
    *(
        Holding(table=table, personal=_columns(personal), other=_columns(other), why=_COUNCILS)
        for table, personal, other in (
            (
                schema.meeting,
                "body",
                "id council day start cancelled origin uid version format",
            ),
            (schema.report, "body content file_id", "id council day format"),
            (schema.steering, "", "council day"),
            (schema.calendar, "body", "council checked format"),
            (schema.feed, "", "council token_hash made"),
        )
    ),
    Holding(
        table=schema.lease,
        personal=frozenset(),
        other=_columns("name holder until"),
        why="which process does what; nothing of a person",
    ),
    Holding(
        table=schema.mark,
        personal=frozenset(),
        other=_columns("name at"),
        why="what happened to the database as a whole; nothing of a person",
    ),
    Holding(
        table=schema.inbox,
        personal=_columns("content"),
        other=_columns("update_id received done error code starts holder"),
        section="inbox",
        export=exporting.waiting,
        erase=erasing.waiting,
    ),
    Holding(
        table=schema.secret,
        personal=frozenset(),
        other=_columns("name body"),
        why="keys; nothing of a person",
    ),
)
