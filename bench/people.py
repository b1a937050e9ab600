"""Members as the database holds them: people whose council is known, with or without a draft."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import insert

from bot.store.codec import Codec, stamp
from bot.store.opening import engine_for, migrate
from bot.store.schema import FORMAT, draft, member
from bot.store.sealing import Seal
from conversations.core import Consent, Draft, DraftId, Member
from conversations.flows.consent import VERSION
from conversations.rules.answers import (
    Address,
    Answers,
    Council,
    FilingRule,
    Meeting,
    Person,
    Sender,
)
from conversations.standing import PersonId

KEY = b"a key for benchmarks, 32 bytes.."
"""Seals what is stored; the bot gets it by KIMBOT_KEY."""

FIRST = 1_000_000
"""Id of the first person."""

COUNCIL = Council(
    ags="05513000",
    chair=Person(name="Aylin Demir", address=Address.FRAU),
    office_name="Geschäftsstelle",
    office_address="Rathausplatz 1\n45879 Gelsenkirchen",
    office_email="office@example.org",
    section="§ 4 der Geschäftsordnung",
    rule=FilingRule(number=21),
)
SENDER = Sender(
    name="Mehmet Kaya",
    function="Mitglied",
    address="Beispielweg 2\n45879 Gelsenkirchen",
    email="kaya@example.org",
)


def answers(now: datetime) -> Answers:
    """Everything known that a letter needs."""
    return Answers(council=COUNCIL, sender=SENDER, meeting=_meeting(now))


def stock(
    folder: Path, count: int, *, first: int = FIRST, settled: bool = True, drafts: bool = False
) -> None:
    """Store `count` members who agreed. `settled`: their council and name are known; `drafts`:
    each left a draft."""
    seal = Seal([KEY])
    now, codec = datetime.now(UTC), Codec(seal)
    engine = engine_for(f"sqlite:///{folder / 'kimbot.sqlite3'}")
    migrate(engine, seal)
    people = [_member(person, now, settled=settled) for person in range(first, first + count)]
    with engine.begin() as connection:
        connection.execute(
            insert(member),
            [
                {"person": one.id, "format": FORMAT, "body": codec.member.write(one, one.id)}
                for one in people
            ],
        )
        if drafts:
            connection.execute(
                insert(draft),
                [
                    {
                        "id": f"draft-{one.id}",
                        "person": one.id,
                        "touched": stamp(now),
                        "format": FORMAT,
                        "body": codec.draft.write(_draft(one, now), f"draft-{one.id}"),
                    }
                    for one in people
                ],
            )
    engine.dispose()


def _member(person: int, now: datetime, *, settled: bool) -> Member:
    consent = Consent(version=VERSION, at=now, text_hash="")
    if not settled:
        return Member(id=PersonId(person), language="de", consent=consent)
    return Member(
        id=PersonId(person),
        language="de",
        consent=consent,
        council=COUNCIL,
        sender=SENDER,
        meeting=_meeting(now),
        asked=f"{COUNCIL.ags} own",
        routes={"kim-anfrage": "own"},
    )


def _draft(one: Member, now: datetime) -> Draft:
    return Draft(
        id=DraftId(f"draft-{one.id}"),
        definition="kim-anfrage-kreisfrei",
        definition_version=1,
        title="KIM",
        answers=answers(now),
        touched=now,
    )


def _meeting(now: datetime) -> Meeting:
    return Meeting(day=(now + timedelta(days=60)).date(), start=time(17), place="Rathaus")
