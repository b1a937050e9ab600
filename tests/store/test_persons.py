"""Own data: complete in the export, gone after the erasure, gone again after a restore."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot.erased import ErasedFile
from bot.store import letters, schema
from bot.store.codec import stamp
from bot.store.holdings import HOLDINGS
from bot.store.persons import Persons
from bot.store.worker import StoreFullError
from conversations.core import LetterId
from conversations.rules.letter import plain, texts
from conversations.standing import PersonId
from tests.store.people import (
    CODEC,
    HERE,
    NOW,
    PSEUDONYMS,
    changed,
    council,
    letter,
    opened,
    populate,
    seat,
    tag,
)

ME, OTHER = PersonId(7007001), PersonId(7007002)
MARKS = [
    str(ME),
    f"Name{ME}",
    f"Rufname{ME}",
    f"Weg {ME}",
    f"mail{ME}",
    f"Eigenes{ME}",
    f"Warte{ME}",
]


@pytest.fixture
def erased(tmp_path):
    """The list outside the database."""
    return ErasedFile(tmp_path / "erased.txt")


@pytest.fixture
def persons(erased):
    """The jobs."""
    return Persons(codec=CODEC, pseudonyms=PSEUDONYMS, erased=erased, unnamed="Mitglied")


@pytest.fixture
async def town(store):
    """A store with a council and two people, each with rows in every table."""

    def settle(connection):
        council(connection)
        for person in (ME, OTHER):
            populate(connection, person)

    await store.write(settle)
    return store


def test_every_table_and_column_is_in_the_register():
    """A new table or column has to say whether it is a person's, how exported, how erased."""
    registered = {one.table.name: one for one in HOLDINGS}
    assert set(registered) == set(schema.metadata.tables)
    for name, table in schema.metadata.tables.items():
        holding = registered[name]
        assert holding.personal | holding.other == {column.name for column in table.c}, name
        assert not holding.personal & holding.other, name
        assert holding.why or (holding.export and holding.erase), name
        assert not holding.export or holding.section, name


def test_what_looks_personal_is_registered_as_personal():
    """Numbers of people, sealed fields and pseudonyms are never among the other columns."""
    looks = {"person", "chat", "content", "actor", "object", "by", "title", "card", "file_id"}
    for one in HOLDINGS:
        bodies = {"body"} if one.table is not schema.secret else set()
        assert not one.other & (looks | bodies), one.table.name


async def test_g03_the_export_holds_all_that_a_scan_finds(town, persons):
    """Every text that any row of the person holds, opened, stands in the export, too."""
    found = await town.read(lambda c: persons.export(c, ME, NOW))
    exported = json.dumps(found, ensure_ascii=False)
    rows = await town.read(opened)
    mine = [row for _, row in rows if any(mark in row for mark in MARKS)]
    assert len(mine) >= 8
    for mark in [
        *MARKS,
        f"Wortlaut{tag(ME)}",
        f"brief{tag(ME)}.txt",
        f"i{tag(ME)}",
        f"filed{tag(ME)}",
        f"alone{tag(ME)}",
    ]:
        assert mark in exported, mark
    assert str(OTHER) not in exported
    assert all(found[one.section] for one in HOLDINGS if one.export and one.section != "councils")


async def test_the_export_tells_nobody_else(town, persons):
    """Who else stands in the audit log is neither named nor numbered."""
    found = await town.read(lambda c: persons.export(c, ME, NOW))
    assert [(one["by_you"], one["object"]) for one in found["records"]] == [
        (True, "badge"),
        (False, "you"),
        (True, "somebody"),
    ]
    assert not any(PSEUDONYMS.of(one) in json.dumps(found) for one in (98, 99, OTHER))


async def test_the_export_says_where_a_council_names_the_person(town, persons):
    """Somebody who is the chair in the council's particulars learns that."""
    await town.write(lambda c: council(c, "c2", chair=f"Name{ME} Wohlgemuth"))
    await town.write(lambda c: seat(c, ME, "c2"))
    found = await town.read(lambda c: persons.export(c, ME, NOW))
    assert found["councils"] == [{"council": "c2", "place": "05916000", "named_in": ["chair.name"]}]


async def test_an_export_of_nobody_is_empty(town, persons):
    """Of a person who is not there nothing is found, and nothing fails."""
    found = dict(await town.read(lambda c: persons.export(c, PersonId(5), NOW)))
    assert found.pop("about")["person"] == 5
    assert not any(found.values())


async def test_erasing_takes_the_person_out_of_every_table(town, persons):
    """Afterwards no row holds number, names, address or words, but the filed letter's wording."""
    await town.write(lambda c: persons.erase(c, ME, NOW))
    rows = await town.read(opened)
    assert [row for row in rows if any(mark in row[1] for mark in MARKS)] == []
    assert [table for table, row in rows if f"Wortlaut{tag(ME)}" in row] == ["letter"]


async def test_erasing_one_leaves_the_others_alone(town, persons):
    """All rows of another person are there as before."""
    before = [row for row in await town.read(opened) if str(OTHER) in row[1]]
    await town.write(lambda c: persons.erase(c, ME, NOW))
    after = [row for row in await town.read(opened) if str(OTHER) in row[1]]
    assert after == before
    assert len(before) >= 8


async def test_a_filed_letter_is_signed_by_the_function(town, persons):
    """What the council filed stays, with the function where the name was, without address."""
    await town.write(lambda c: persons.erase(c, ME, NOW))
    kept = await town.read(lambda c: letters.content(c, CODEC, LetterId(f"filed{tag(ME)}")))
    said = [plain(text) for text in texts(kept)]
    assert said[:2] == ["Schriftführung", "Liste Miteinander"]
    assert f"Wortlaut{tag(ME)} bleibt, fragt Schriftführung." in said
    assert kept.signature == letter(ME).signature[1:]
    assert kept.mail.text == "Grüße\nSchriftführung, Liste Miteinander"
    assert (kept.return_line, kept.mail.sender, kept.author) == ((), "", "Schriftführung")
    assert kept.recipient == letter(ME).recipient


async def test_a_filed_letters_files_are_made_again(town, persons):
    """Its files with the name are gone, and nobody waits for them."""
    await town.write(lambda c: persons.erase(c, ME, NOW))
    assert await town.read(lambda c: letters.files(c, CODEC, LetterId(f"filed{tag(ME)}"))) == ()
    row = await town.read(
        lambda c: c.execute(
            select(schema.letter).where(schema.letter.c.id == f"filed{tag(ME)}")
        ).one()
    )
    assert (row.person, row.written, row.draft) == (None,) * 3


async def test_a_colleague_who_waits_for_a_letter_still_gets_it(town, persons):
    """The letter somebody else of the council asked for just now stays on its way to them; what
    was sent to the one who is erased leaves no trace with other people's letters."""

    def ask(connection):
        for whose, who in ((ME, OTHER), (OTHER, ME)):
            row = {"letter": f"filed{tag(whose)}", "chat": who, "formats": "pdf"}
            connection.execute(insert(schema.errand), {**row, "since": 0, "failures": 0})

    await town.write(ask)
    await town.write(lambda c: persons.erase(c, ME, NOW))
    waiting = await town.read(letters.errands)
    assert {(one.id, one.chat) for one in waiting} == {
        (f"filed{tag(whose)}", OTHER) for whose in (ME, OTHER)
    }


async def test_files_made_meanwhile_of_the_letter_with_the_name_are_not_kept(town, persons):
    """A writer that was at work during the erasure brings the name back into no file."""
    id_ = LetterId(f"filed{tag(ME)}")
    named = await town.read(lambda c: letters.content(c, CODEC, id_))
    await town.write(lambda c: persons.erase(c, ME, NOW))
    file = letters.StoredFile(format="txt", name="n", mime="m", sha256="s", content=b"x")
    await town.write(lambda c: letters.written(c, CODEC, id_, [file], NOW, of=named))
    assert await town.read(lambda c: letters.files(c, CODEC, id_)) == ()


async def test_erasing_twice_changes_nothing(town, persons, erased):
    """The second time nothing is found, and the list does not grow."""
    await town.write(lambda c: persons.erase(c, ME, NOW))
    before = await town.read(opened), erased.all()
    gone = await town.write(lambda c: persons.erase(c, ME, NOW + timedelta(hours=1)))
    assert not any(gone.values())
    assert (await town.read(opened), erased.all()) == before


async def test_an_erasure_that_cannot_be_listed_is_none(town, tmp_path):
    """Without the line in the list nothing is erased: a restore could bring it back."""
    nowhere = ErasedFile(tmp_path / "no folder" / "erased.txt")
    persons = Persons(codec=CODEC, pseudonyms=PSEUDONYMS, erased=nowhere, unnamed="Mitglied")
    before = await town.read(opened)
    with pytest.raises(StoreFullError):
        await town.write(lambda c: persons.erase(c, ME, NOW))
    assert await town.read(opened) == before


async def test_a_crash_between_list_and_commit_erases_at_the_next_start(town, persons, erased):
    """The list is written first: what was lost with the transaction is done again."""

    def crashing(connection):
        persons.erase(connection, ME, NOW)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await town.write(crashing)
    assert any(str(ME) in row for _, row in await town.read(opened))
    assert await town.write(lambda c: persons.erase_again(c, NOW + timedelta(hours=1))) == 1
    assert not any(str(ME) in row for _, row in await town.read(opened))


async def test_who_came_back_after_the_erasure_stays(town, persons):
    """A consent that is newer than the line in the list is honoured at the next start."""
    await town.write(lambda c: persons.erase(c, ME, NOW))
    later = NOW + timedelta(days=1)
    await town.write(lambda c: populate_again(c, later))
    assert await town.write(lambda c: persons.erase_again(c, later)) == 0
    assert any(str(ME) in row for _, row in await town.read(opened))


def populate_again(connection, at):
    """The person agrees once more."""
    connection.execute(
        insert(schema.member),
        {
            "person": ME,
            "format": schema.FORMAT,
            "body": CODEC.member.write(
                changed(ME, consent=changed(ME).consent.__class__(version=2, at=at, text_hash="")),
                ME,
            ),
        },
    )


async def test_people_without_consent_are_erased_again_by_their_role(town, persons, erased):
    """A restored operator or member without a consent row goes, too; one named later stays."""
    erased.add(PSEUDONYMS.of(501), NOW)
    erased.add(PSEUDONYMS.of(502), NOW)
    for person, at in ((501, NOW), (502, NOW + timedelta(days=1))):
        values = {"person": person, "since": stamp(at)}
        await town.write(lambda c, values=values: c.execute(insert(schema.operator), values))
    await town.write(lambda c: persons.erase_again(c, NOW + timedelta(days=2)))
    left = await town.read(lambda c: c.execute(select(schema.operator.c.person)).scalars().all())
    assert sorted(left) == [502, ME, OTHER]


async def test_after_the_persons_own_word_what_waits_is_answered(town, persons):
    """What somebody wrote behind their «erase» is a stranger's, and still gets its answer."""
    await town.write(lambda c: persons.erase(c, ME, NOW, waiting=False))
    rows = await town.read(opened)
    assert [table for table, row in rows if str(ME) in row] == ["inbox"]


async def test_a_former_members_things_of_that_council_go(town, persons):
    """Seat, drafts and letters not filed go; the filed one loses the name; the rest stays."""
    await town.write(lambda c: persons.release(c, ME, HERE, NOW))
    rows = await town.read(opened)
    mine = {table for table, row in rows if str(ME) in row}
    assert mine == {"dialogue", "inbox", "letter", "letter_file", "member", "operator"}
    stored = await town.read(lambda c: c.execute(select(schema.letter)).all())
    owners = {row.id: row.person for row in stored if tag(ME) in row.id}
    assert owners == {f"filed{tag(ME)}": None, f"alone{tag(ME)}": ME}


async def test_nothing_is_listed_where_there_is_no_list(town):
    """A demo that keeps nothing erases all the same."""
    persons = Persons(codec=CODEC, pseudonyms=PSEUDONYMS, unnamed="Mitglied")
    gone = await town.write(lambda c: persons.erase(c, ME, NOW))
    assert gone["member"] == 1
    assert await town.write(lambda c: persons.erase_again(c, NOW)) == 0


async def test_no_number_stands_in_the_list(town, persons, tmp_path):
    """Who holds the list alone finds nobody by it."""
    await town.write(lambda c: persons.erase(c, ME, NOW))
    (line,) = (tmp_path / "erased.txt").read_text().splitlines()
    assert line == f"{PSEUDONYMS.of(ME)} {NOW.isoformat()}"
    assert str(ME) not in line
