"""People in a store with a row in every table; the marks by which they are found again."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert, select, update

from bot.store import inbox, letters, schema
from bot.store.codec import Codec, Words, stamp
from bot.store.letters import StoredFile
from bot.store.scope import Scope
from bot.store.sealing import Pseudonyms
from bot.store.turns import Loaded, Outcome, Turns
from conversations.agenda import ChatKind, ChatLinkId, Filed, LinkedChat
from conversations.broadcasts import Content
from conversations.broadcasts.posts import Post
from conversations.core import (
    Consent,
    Decision,
    Deliver,
    Draft,
    DraftId,
    LetterId,
    LetterOrder,
    Member,
    Position,
)
from conversations.flows.consent import VERSION
from conversations.rules.answers import Answers, Person, Sender
from conversations.rules.letter import Letter, MailDraft, Paragraph, Span
from conversations.rules.profile import Profile
from conversations.standing import Badge, CouncilId, PersonId, Standing
from tests.shell import SEAL

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PSEUDONYMS = Pseudonyms(b"a key for tests of pseudonyms...")
CODEC = Codec(SEAL)
HERE = CouncilId("c-herne")
FAR = timedelta(days=400)


def tag(person):
    """What tells ids of a person's things apart, without being the person's number."""
    return f"-{person % 100}-"


def seat(connection, person, council=HERE, *, role="member", ended=None, badge=None):
    """A seat in a council."""
    worn = badge or Badge(name=f"Name{person} Wohlgemuth", function="Schriftführung")
    connection.execute(
        insert(schema.membership),
        {
            "council": council,
            "person": person,
            "role": role,
            "since": stamp(NOW),
            "ended": stamp(ended) if ended else None,
            "format": schema.FORMAT,
            "body": CODEC.badge.write(worn, f"{council}/{person}"),
        },
    )


def council(connection, id_=HERE, chair="Vorsitz Vorneweg"):
    """A council with a chair."""
    profile = Profile(ags="05916000", chair=Person(name=chair))
    connection.execute(
        insert(schema.council),
        {
            "id": id_,
            "ags": "05916000",
            "revision": 1,
            "created": stamp(NOW),
            "format": schema.FORMAT,
            "body": CODEC.council.write(profile, id_),
        },
    )


def member(person, at=NOW):
    """Somebody who agreed."""
    return Member(
        id=PersonId(person),
        language="de",
        consent=Consent(version=VERSION, at=at, text_hash="ab" * 32),
        sender=Sender(
            name=f"Name{person} Wohlgemuth",
            address=f"Weg {person}\n44649 Herne",
            email=f"mail{person}@example.org",
        ),
        called=f"Rufname{person} Telegram",
        active=HERE,
    )


def letter(person):
    """A letter as somebody signs it."""
    name, address = f"Name{person} Wohlgemuth", f"Weg {person}"
    lines = (name, "Schriftführung", "Liste Miteinander", address, "44649 Herne")
    return Letter(
        title="Anfrage",
        author=name,
        slug="kim-anfrage-herne",
        sender=tuple(_said(one) for one in (*lines, f"mail{person}@example.org")),
        return_line=_said(f"{name} · {address} · 44649 Herne"),
        recipient=(_said("An den Vorsitz"), _said("Vorsitz Vorneweg")),
        info=(("Datum", _said("Herne, 22. November 2026")),),
        subject=_said("Mittel"),
        salutation=_said("Guten Tag,"),
        blocks=(Paragraph(text=_said(f"Wortlaut{tag(person)} bleibt, fragt {name}.")),),
        closing=_said("Mit freundlichen Grüßen"),
        signature=(_said(name), _said("Schriftführung, Liste Miteinander")),
        dated=date(2026, 11, 22),
        mail=MailDraft(
            to="rat@example.org",
            sender=f"mail{person}@example.org",
            subject="Anfrage",
            text=f"Grüße\n{name}\nSchriftführung, Liste Miteinander",
        ),
    )


def populate(connection, person, *, at=NOW, council=HERE):
    """Rows of one person in every table; the council is there already."""
    me = PersonId(person)
    drafted = Draft(
        id=DraftId(f"d{tag(person)}"),
        definition="kim",
        definition_version=1,
        title="Anfrage",
        answers=Answers(own=(f"Eigenes{person}",)),
        touched=at,
        council=council,
    )
    orders = tuple(
        LetterOrder(
            id=LetterId(f"{kind}{tag(person)}"),
            draft=drafted.id,
            title=f"Anfrage von Name{person} Wohlgemuth",
            version=1,
            letter=letter(person),
            council=where,
        )
        for kind, where in (("filed", council), ("unfiled", council), ("alone", ""))
    )
    decision = Decision(
        member=member(person, at),
        position=Position(flow="inquiry", step="point", draft=drafted.id, said=((5, "own"),)),
        drafts=(drafted,),
        orders=orders,
        replies=(Deliver(letter=orders[0].id),),
    )
    seat(connection, person, council)
    turns = Turns(CODEC, PSEUDONYMS)
    turns.commit(connection, _outcome(me, decision, at, ()))
    scope = Scope.enter(connection, CODEC, PSEUDONYMS, me)
    for order in orders:
        letters.written(connection, CODEC, order.id, [_file(person)], at)
        filed = order.id.startswith(("filed", "alone"))
        scope.file(order.id, at.date() if filed else None)
    connection.execute(insert(schema.operator), {"person": person, "since": stamp(at)})
    me_ = PSEUDONYMS.of(person)
    connection.execute(
        insert(schema.invitation),
        {
            "id": f"i{tag(person)}",
            "token_hash": f"hash{tag(person)}",
            "role": "member",
            "council": council,
            "left": 1,
            "made": stamp(at),
            "expires": stamp(at + FAR),
            "by": me_,
        },
    )
    for action, actor, thing in (
        ("wear", me_, "badge"),
        ("appoint", PSEUDONYMS.of(99), f"person:{me_}"),
        ("remove", me_, f"person:{PSEUDONYMS.of(98)}"),
    ):
        connection.execute(
            insert(schema.audit),
            {
                "at": stamp(at),
                "actor": actor,
                "council": council,
                "action": action,
                "object": thing,
            },
        )
    _agenda(connection, person, at, orders[0].id, council)
    number = person % 100
    update = {"update_id": number, "message": {"from": {"id": person}, "text": f"Warte{person}"}}
    inbox.keep(connection, SEAL, [(number, json.dumps(update))], at)


def _agenda(connection, person, at, letter_id, where):
    """What the agenda holds of a person: a filing's notes, a reminder, links of chats."""
    connection.execute(
        insert(schema.delivery),
        delivery(
            f"r{tag(person)}", due=at, chat=person, council=where, person=person, state="pending"
        ),
    )
    noted = Filed(
        letter=letter_id,
        title="",
        day=at.date(),
        proof=f"Mail von Name{person} Wohlgemuth",
        proof_file="m",
    )
    connection.execute(
        update(schema.filing)
        .where(schema.filing.c.letter == letter_id)
        .values(
            body=CODEC.filed.write(noted, letter_id),
            content=SEAL.close(f"Beleg: Name{person}".encode(), f"filing:{letter_id}"),
            file_id=f"file-of-{person}",
        )
    )
    connection.execute(
        insert(schema.link_offer),
        {"token_hash": f"o{tag(person)}", "council": where, "person": person, "expires": stamp(at)},
    )
    link = f"k{tag(person)}"
    chat = LinkedChat(
        id=ChatLinkId(link),
        chat=-1000 - person % 100,
        kind=ChatKind.GROUP,
        title="Rat",
        receives=frozenset(),
    )
    connection.execute(
        insert(schema.chat_link),
        {
            **dict.fromkeys(("thread", "confirmed"), 0),
            "id": link,
            "council": where,
            "chat": chat.chat,
            "kind": "group",
            "disabled": "",
            "since": stamp(at),
            "by": PSEUDONYMS.of(person),
            "format": schema.FORMAT,
            "body": CODEC.chat.write(chat, link),
        },
    )
    cast(connection, person, at, where)
    cast(connection, person, at, where, sent=False)


def cast(connection, person, at, where, *, sent=True, **values):
    """A broadcast of the person, sent or still a draft, and what they answered to it."""
    id_ = f"{'sent' if sent else 'begun'}{tag(person)}"
    said = f"Rundruf{tag(person)}" if sent else f"Eigenes{person} Rundruf"
    row = {
        "id": id_,
        "council": where,
        "author": person,
        "stage": "done" if sent else "draft",
        "revision": 1,
        "rehearsed": 1,
        "made": stamp(at),
        "touched": stamp(at),
        "due": stamp(at) if sent else None,
        "confirmed": stamp(at) if sent else None,
        "ended": stamp(at) if sent else None,
        "why": "",
        "pinned": 0,
        "edition": 1,
        "shown": "",
        "format": schema.FORMAT,
        "body": CODEC.broadcast.write(Content(posts={"de": Post(text=said)}), id_),
    }
    connection.execute(insert(schema.broadcast), {**row, **values})
    if sent:
        answered = {"id": f"a{tag(person)}", "broadcast": id_, "person": person, "back": 0}
        words = CODEC.answer.write(Words(text=f"Antwort von Name{person}"), f"a{tag(person)}")
        more = {"at": stamp(at), "format": schema.FORMAT, "body": words}
        connection.execute(insert(schema.answer), {**answered, **more})


def delivery(id_, *, due, chat=-500, council=HERE, person=None, **values):
    """A row of the ledger."""
    return {
        "id": id_,
        "kind": "deadline",
        "subject": "meeting:m1",
        "version": 1,
        "slot": f"slot{id_}",
        "chat": chat,
        "thread": 0,
        "council": council,
        "person": person,
        "due": stamp(due),
        "expires": stamp(due + timedelta(days=1)),
        "not_before": stamp(due),
        "state": "planned",
        "attempt": 0,
        "reason": "",
        "nth": 1,
        "of": 1,
        **values,
    }


_SOMEBODY = Standing(operator=True)
"""Has the standing read anew at the commit."""


def _outcome(person, decision, at, updates):
    return Outcome(
        person=person,
        chat=person,
        loaded=Loaded(standing=_SOMEBODY),
        decision=decision,
        updates=updates,
        now=at,
    )


def _file(person):
    content = f"Datei von Name{person} Wohlgemuth".encode()
    return StoredFile(
        format="txt",
        name=f"brief{tag(person)}.txt",
        mime="text/plain",
        sha256="0" * 64,
        content=content,
    )


def _said(text):
    return (Span(text=text, typed=True),)


def opened(connection):
    """Every row of every table with all that is sealed opened: (table, row as one text)."""
    return [
        (table.name, " ".join(_opened(table.name, row)))
        for table in schema.metadata.sorted_tables
        for row in connection.execute(select(table)).mappings()
    ]


def _opened(table, row):
    keys = {
        "dialogue": "{person}/{chat}",
        "draft": "{id}",
        "letter": "{id}",
        "council": "{id}",
        "member": "{person}",
        "membership": "{council}/{person}",
        "inbox": "{update_id}",
        "letter_file": "{letter}/{format}",
        "filing": "{letter}",
        "chat_link": "{id}",
        "broadcast": "{id}",
        "answer": "{id}",
        "meeting": "{id}",
        "report": "{id}",
        "calendar": "{council}",
        "secret": "{name}",
    }
    key = keys.get(table, "").format(**row)
    for name, value in row.items():
        if isinstance(value, bytes):
            yield SEAL.open(value, f"{table}:{key}").decode(errors="replace")
        elif name in ("body", "content") and value is not None:
            yield SEAL.open_text(value, f"{table}:{key}")
        elif (table, name) in (("letter", "title"), ("letter_file", "name")):
            yield SEAL.open_text(value, f"{table}.{name}:{key}")
        else:
            yield f"{name}={value}"


def changed(person, **values):
    """A member with other values."""
    return replace(member(person), **values)
