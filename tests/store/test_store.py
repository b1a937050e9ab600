"""Jobs, groups, races: what the store promises to those who wait."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.store import cards, inbox, letters
from bot.store.cards import Shown
from bot.store.codec import Codec
from bot.store.letters import StoredFile
from bot.store.turns import Asked, Outcome, Turns
from bot.store.worker import LostRaceError, StoreBusyError
from conversations.core import (
    Consent,
    Decision,
    Deliver,
    Draft,
    DraftId,
    Filing,
    LetterId,
    LetterOrder,
    Member,
    Need,
    Position,
)
from conversations.rules.answers import Answers, Council, Meeting, Route
from conversations.standing import (
    PersonId,
)
from tests.shell import PSEUDONYMS, SEAL, letter_of

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
ME = PersonId(7)


def asked(person=ME, *needs):
    """What is to be loaded in the person's own chat."""
    return Asked(person=person, chat=person, update=None, now=NOW, needs=lambda _: frozenset(needs))


def draft(number=1, **answers):
    """A draft with a few answers."""
    return Draft(
        id=DraftId(f"d{number}"),
        definition="kim",
        definition_version=1,
        title="T",
        answers=Answers(**answers),
        touched=NOW + timedelta(seconds=number),
    )


def member():
    """A person who agreed."""
    return Member(
        id=ME,
        language="de",
        consent=Consent(version=1, at=NOW, text_hash="ab"),
        council=Council(ags="05513000"),
        routes={"kim": "own"},
    )


async def decide(store, decision, updates=(), person=ME):
    """Load and commit one turn; returns what is loaded afterwards."""
    stored = Turns(Codec(SEAL), PSEUDONYMS)
    loaded = await store.read(lambda c: stored.load(c, asked(person)))
    outcome = Outcome(
        person=person, chat=person, loaded=loaded, decision=decision, updates=updates, now=NOW
    )
    await store.write(lambda c: stored.commit(c, outcome))
    return await store.read(lambda c: stored.load(c, asked(person, *Need)))


async def test_a_turn_is_read_back_as_it_was_written(store):
    """Member, position and draft come back equal, with all their types."""
    position = Position(
        flow="f", step="s", args={"page": 2, "x": "2"}, draft=DraftId("d1"), version=3,
        said=((5, "years"),),
    )  # fmt: skip
    wish = draft(
        route=Route.DISTRICT,
        fields={"from": 2020, "name": "2020"},
        meeting=Meeting(day=NOW.date()),
        own=("Größe ß ü \u200c", "{{7*7}}"),
    )
    loaded = await decide(store, Decision(member=member(), position=position, drafts=(wish,)))
    assert (loaded.member, loaded.position, loaded.draft) == (member(), position, wish)
    assert loaded.revision == 1


async def test_a_decision_on_old_state_is_refused(store):
    """Two turns load the same state: the second commit loses the race and writes nothing."""
    stored = Turns(Codec(SEAL), PSEUDONYMS)
    await decide(store, Decision(position=Position(flow="f", step="a", version=1)))
    loaded = await store.read(lambda c: stored.load(c, asked()))

    def outcome(step):
        decision = Decision(position=Position(flow="f", step=step, version=2), drafts=(draft(),))
        return Outcome(person=ME, chat=ME, loaded=loaded, decision=decision, updates=(), now=NOW)

    await store.write(lambda c: stored.commit(c, outcome("b")))
    with pytest.raises(LostRaceError):
        await store.write(lambda c: stored.commit(c, outcome("c")))
    after = await store.read(lambda c: stored.load(c, asked()))
    assert after.position.step == "b"


async def test_of_two_first_turns_one_is_refused(store):
    """Two turns of a person without a dialogue: one begins it, the other loses the race."""
    stored = Turns(Codec(SEAL), PSEUDONYMS)
    loaded = await store.read(lambda c: stored.load(c, asked()))
    decision = Decision(position=Position(flow="f", step="a", version=1))
    outcome = Outcome(person=ME, chat=ME, loaded=loaded, decision=decision, updates=(), now=NOW)
    results = await asyncio.gather(
        *(store.write(lambda c: stored.commit(c, outcome)) for _ in range(2)),
        return_exceptions=True,
    )
    assert sorted(type(r).__name__ for r in results) == ["LostRaceError", "NoneType"]


async def test_a_failing_job_takes_nobody_with_it(store):
    """Of jobs that share a commit, the failing one alone is rolled back."""

    def bad(connection):
        inbox.keep(connection, SEAL, [(99, "x")], NOW)
        raise ValueError

    jobs = [store.write(lambda c, n=n: inbox.keep(c, SEAL, [(n, "{}")], NOW)) for n in range(5)]
    jobs.insert(2, store.write(bad))
    results = await asyncio.gather(*jobs, return_exceptions=True)
    assert [type(r).__name__ for r in results].count("ValueError") == 1
    assert [key for key, _ in await store.read(lambda c: inbox.pending(c, SEAL))] == [0, 1, 2, 3, 4]


async def test_a05_a_known_update_is_not_kept_again(store):
    """The same id twice, also after it is done, kept or not: new only once."""
    assert await store.write(lambda c: inbox.keep(c, SEAL, [(1, "a"), (2, "b")], NOW)) == {1, 2}
    await store.write(lambda c: inbox.done(c, [1, 4], NOW))
    assert await store.write(lambda c: inbox.keep(c, SEAL, [(4, "d")], NOW)) == set()
    with pytest.raises(inbox.AlreadyDoneError):
        await store.write(lambda c: inbox.done(c, [4], NOW))
    assert await store.write(lambda c: inbox.keep(c, SEAL, [(1, "a"), (3, "c")], NOW)) == {3}
    assert [key for key, _ in await store.read(lambda c: inbox.pending(c, SEAL))] == [2, 3]


async def test_the_content_goes_with_the_turn(store):
    """A handled update leaves its id, no content; after seven days not even that."""
    await store.write(lambda c: inbox.keep(c, SEAL, [(1, "geheim")], NOW))
    await decide(store, Decision(position=Position(flow="f", step="s", version=1)), updates=(1,))

    def rows(connection):
        return connection.execute(text("SELECT update_id, content FROM inbox")).fetchall()

    assert await store.read(rows) == [(1, None)]
    late = NOW + timedelta(days=7, seconds=1)
    assert await store.write(lambda c: inbox.sweep(c, late)) == 1
    assert await store.read(rows) == []


async def test_a_parked_update_keeps_its_class_alone(store):
    """Id, class and code stay of an update that was given up."""
    await store.write(lambda c: inbox.keep(c, SEAL, [(1, "geheim")], NOW))
    await store.write(lambda c: inbox.park(c, [1], "ValueError", "7F3K", NOW))

    def row(connection):
        return connection.execute(text("SELECT content, error, code FROM inbox")).one()

    assert tuple(await store.read(row)) == (None, "ValueError", "7F3K")
    assert await store.read(lambda c: inbox.pending(c, SEAL)) == []


async def test_acknowledgements_never_go_back(store):
    """An older acknowledgement changes nothing; a card that was never taken stands out."""
    await decide(store, Decision(position=Position(flow="f", step="s", version=5)))
    assert await store.read(cards.behind) == [(ME, ME)]
    await store.write(lambda c: cards.acknowledge(c, [(ME, ME, Shown(version=5, card=50))]))
    await store.write(lambda c: cards.acknowledge(c, [(ME, ME, Shown(version=4, card=40))]))
    assert await store.read(cards.behind) == []
    loaded = await decide(store, Decision())
    assert (loaded.shown, loaded.card) == (5, 50)


async def test_a_letter_from_order_to_delivery(store):
    """Ordered and wanted in a turn, written once, delivered, filed: each step is seen."""
    codec = Codec(SEAL)
    order = LetterOrder(
        id=LetterId("l1"), draft=DraftId("d1"), title="T", version=1, letter=letter_of(["x"])
    )
    deliver = Deliver(letter=order.id, formats=("pdf",))
    decision = Decision(
        position=Position(flow="f", step="s", version=1), orders=(order,), replies=(deliver,)
    )
    await decide(store, decision)
    (errand,) = await store.read(letters.errands)
    assert (errand.id, errand.chat, errand.formats) == ("l1", ME, ("pdf",))
    assert await store.read(lambda c: letters.content(c, codec, order.id)) == order.letter
    file = StoredFile(format="pdf", name="n", mime="m", sha256="s", content=b"\x00\xff")
    await store.write(lambda c: letters.written(c, codec, order.id, [file], NOW))
    await store.write(lambda c: letters.written(c, codec, order.id, [file, file], NOW))
    await store.write(lambda c: letters.delivered(c, order.id, ME, {"pdf": "copy"}))
    (kept,) = await store.read(lambda c: letters.files(c, codec, order.id))
    assert (kept.content, kept.file_id) == (b"\x00\xff", "copy")
    assert await store.read(letters.errands) == []
    loaded = await decide(store, Decision(filings=((order.id, Filing(day=NOW.date())),)))
    assert loaded.letters[0].filed == Filing(day=NOW.date())


async def test_nobody_gets_a_strangers_letter(store):
    """A reply that names another person's letter sends nothing."""
    order = LetterOrder(
        id=LetterId("l1"), draft=DraftId("d1"), title="T", version=1, letter=letter_of(["x"])
    )
    await decide(store, Decision(position=Position(flow="f", step="s", version=1), orders=(order,)))
    forged = Decision(
        position=Position(flow="f", step="s", version=1), replies=(Deliver(letter=order.id),)
    )
    await decide(store, forged, person=PersonId(8))
    assert await store.read(letters.errands) == []


async def test_erasing_leaves_nothing(store):
    """After an erasure no table holds a row of the person, and others keep theirs."""
    order = LetterOrder(
        id=LetterId("l1"), draft=DraftId("d1"), title="T", version=1, letter=letter_of(["x"])
    )
    everything = Decision(
        member=member(),
        position=Position(flow="f", step="s", version=1),
        drafts=(draft(),),
        orders=(order,),
    )
    await decide(store, everything)
    file = StoredFile(format="pdf", name="n", mime="m", sha256="s", content=b"x")
    codec = Codec(SEAL)
    await store.write(lambda c: letters.written(c, codec, order.id, [file], NOW))
    await decide(
        store, Decision(position=Position(flow="f", step="s", version=1)), person=PersonId(8)
    )
    await decide(store, Decision(erase=True))

    def count(connection):
        tables = ("member", "dialogue", "draft", "letter", "letter_file")
        return [connection.execute(text(f"SELECT count(*) FROM {t}")).scalar() for t in tables]

    assert await store.read(count) == [0, 1, 0, 0, 0]


async def test_drafts_come_newest_first(store):
    """All drafts of the person, the latest touched first."""
    for number in (1, 3, 2):
        await decide(
            store,
            Decision(position=Position(flow="f", step="s", version=1), drafts=(draft(number),)),
        )
    loaded = await decide(store, Decision(deleted=(DraftId("d2"),)))
    assert [one.id for one in loaded.drafts] == ["d3", "d1"]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_e01_a_locked_database_is_named(store, tmp_path):
    """Locked by somebody else for longer than the wait: an error of its own, reads go on."""
    blocker = sqlite3.connect(tmp_path / "kimbot.sqlite3", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    jobs = [store.write(lambda c, n=n: inbox.keep(c, SEAL, [(n, "{}")], NOW)) for n in range(3)]
    results = await asyncio.gather(*jobs, return_exceptions=True)
    assert {type(r) for r in results} == {StoreBusyError}
    assert await store.read(lambda c: inbox.pending(c, SEAL)) == []
    blocker.execute("ROLLBACK")
    blocker.close()
    assert await store.write(lambda c: inbox.keep(c, SEAL, [(1, "{}")], NOW)) == {1}
