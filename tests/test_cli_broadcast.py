"""`kimbot broadcast`: seen and steered beside a running bot, on both databases, without a word of
what it says."""

import base64
import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select, update
from typer.testing import CliRunner

from bot.cli import build
from bot.store import ledger, schema
from bot.store.opening import engine_for
from bot.store.secrets import unlocked
from conversations.broadcasts import Audience, Broadcast, BroadcastId, Content, Stage
from conversations.broadcasts.posts import Post
from tests.shell import SEAL
from tests.store.people import HERE, council
from tests.store.test_broadcast_states import part, row_of

MADE = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECRET = "Wortlaut, den niemand sehen soll"
ID = "b-one"
OPERATOR = 1


@pytest.fixture
def database(url):
    """An empty database with a council, open for tests."""
    engine = engine_for(url)
    unlocked(engine, SEAL)
    with engine.begin() as connection:
        council(connection)
        connection.execute(insert(schema.operator), {"person": OPERATOR, "since": 0})
    yield engine
    engine.dispose()


@pytest.fixture
def kimbot(tmp_path, monkeypatch, url):
    """Run a command on that database; gives exit code and output."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KIMBOT_DATABASE_URL", url)
    monkeypatch.setenv("KIMBOT_KEY", base64.b64encode(b"a key for tests, 32 bytes long..").decode())
    runner = CliRunner()

    def run(*args, answer=""):
        result = runner.invoke(build(), ["broadcast", *args], input=answer)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.exit_code, result.output

    return run


def put(engine, stage=Stage.RUNNING, states=("planned",), *, id_=ID, reason="", **values):
    """A broadcast with rows in these states."""
    one = Broadcast(
        id=BroadcastId(id_),
        stage=stage,
        made=MADE,
        due=MADE,
        content=Content(posts={"de": Post(text=SECRET)}, audience=Audience()),
    )
    with engine.begin() as connection:
        connection.execute(insert(schema.broadcast), {**row_of(one), **values})
        for number, state in enumerate(states):
            wish = part(number, id_=id_, start=MADE)
            ledger.insert(connection, [wish])
            mine = schema.delivery.c.subject == wish.subject
            connection.execute(
                update(schema.delivery)
                .where(mine, schema.delivery.c.chat == wish.chat)
                .values(state=state, reason=reason if state == "failed" else "")
            )


def rows(engine):
    """The states of all rows of the ledger, sorted."""
    with engine.connect() as connection:
        return sorted(connection.execute(select(schema.delivery.c.state)).scalars())


def stage(engine):
    """Where it stands."""
    with engine.connect() as connection:
        return connection.execute(select(schema.broadcast.c.stage)).scalar_one()


def audited(engine):
    """The audit log: council, action and object."""
    table = schema.audit
    with engine.connect() as connection:
        found = connection.execute(select(table.c.council, table.c.action, table.c.object))
        return [tuple(row) for row in found]


def test_the_list_says_how_far_each_is_and_nothing_it_says(kimbot, database):
    """What goes on stands first; drafts are their authors' own."""
    put(database, Stage.DONE, ("sent", "failed"), id_="b-over", reason="blocked")
    put(database, Stage.RUNNING, ("sent", "planned", "uncertain"), council=HERE)
    put(database, Stage.DRAFT, (), id_="b-draft")
    code, output = kimbot("list")
    lines = [re.split(r"\s{2,}", line) for line in output.splitlines()]
    assert code == 0
    assert lines[1:] == [
        [ID, "running", "Herne", "2026-11-22 13:00 CET", "1/3", "1", "1", "0"],
        ["b-over", "done", "all councils", "2026-11-22 13:00 CET", "1/2", "0", "0", "1"],
    ]


def test_an_empty_list_is_a_sentence(kimbot, database):
    """Not only the heads of columns."""
    assert kimbot("list") == (0, "There is no broadcast.\n")


def test_one_is_shown_with_its_reasons_and_nothing_it_says(kimbot, database):
    """Times, counts, why something could not be delivered, what to do about unclear ones."""
    states = ("sent", "sent", "failed", "uncertain", "cancelled", "held")
    put(database, Stage.PAUSED, states, reason="blocked", why="role")
    code, output = kimbot("show", ID)
    assert code == 0
    assert "paused: its author may not send it any more" in output
    assert "6: 2 sent, 1 waiting, 1 not delivered, 1 dropped" in output
    assert "1 blocked" in output
    assert "resend-unclear" in output
    assert SECRET not in output


@pytest.mark.parametrize("pinned", [0, 1])
def test_what_newcomers_get_is_shown_as_it_is_now(kimbot, database, pinned):
    """Whatever its author had in mind when it was written."""
    put(database, Stage.DONE, ("sent",), pinned=pinned)
    assert ("get it, too" in kimbot("show", ID)[1]) is bool(pinned)


def test_paused_and_resumed_it_is_as_before(kimbot, database):
    """Held and freed, each with a line in the audit log."""
    put(database, states=("planned", "sent"), author=OPERATOR)
    assert kimbot("pause", ID)[0] == 0
    assert (stage(database), rows(database)) == ("paused", ["held", "sent"])
    assert kimbot("resume", ID)[0] == 0
    assert (stage(database), rows(database)) == ("running", ["planned", "sent"])
    thing = f"broadcast:{ID}"
    assert audited(database) == [(None, "pause", thing), (None, "resume", thing)]


def test_what_lost_its_author_is_not_resumed_from_here(kimbot, database):
    """Somebody who may send it takes it over, in the chat; else it would stop at once."""
    put(database, Stage.PAUSED, states=("held",), author=OPERATOR + 1, why="role")
    code, output = kimbot("resume", ID)
    assert (code, "in the chat" in output) == (2, True)
    assert (stage(database), rows(database), audited(database)) == ("paused", ["held"], [])


def test_cancelling_asks_first(kimbot, database):
    """It can't be taken back; `--yes` doesn't ask."""
    put(database, states=("planned", "sent"), council=HERE)
    assert kimbot("cancel", ID, answer="n\n")[0] == 1
    assert stage(database) == "running"
    code, output = kimbot("cancel", ID, "--yes")
    assert (code, "1 were sent, 1 never will be" in output) == (0, True)
    assert (stage(database), rows(database)) == ("cancelled", ["cancelled", "sent"])
    assert audited(database) == [(HERE, "cancel", f"broadcast:{ID}")]


@pytest.mark.parametrize(
    ("command", "after", "stands"),
    [
        ("resend-unclear", ["pending", "sent"], "running"),
        ("let-unclear", ["closed", "sent"], "done"),
    ],
)
def test_what_is_unclear_is_decided_once(kimbot, database, command, after, stands):
    """Sent once more or left; the second time there is nothing to decide."""
    put(database, Stage.DONE, ("uncertain", "sent"))
    code, output = kimbot(command, ID)
    assert (code, "1 messages" in output) == (0, True)
    assert (stage(database), rows(database)) == (stands, after)
    code, output = kimbot(command, ID)
    assert (code, "Nothing of it is unclear" in output) == (2, True)
    assert audited(database) == [(None, "settle", f"broadcast:{ID}")]


@pytest.mark.parametrize("command", ["pause", "resume", "cancel", "resend-unclear", "let-unclear"])
def test_what_cannot_be_done_is_a_sentence_and_leaves_no_line(kimbot, database, command):
    """The sentence says where it stands."""
    put(database, Stage.CANCELLED, ("sent",))
    code, output = kimbot(command, ID, *(["--yes"] if command == "cancel" else []))
    assert (code, f"broadcast {ID} is cancelled." in output) == (2, True)
    assert (stage(database), audited(database)) == ("cancelled", [])


@pytest.mark.parametrize("command", ["show", "pause", "resume", "resend-unclear", "let-unclear"])
def test_an_unknown_id_is_a_sentence(kimbot, database, command):
    """One, with what shows the right ones."""
    words = "There is no broadcast b-x; `kimbot broadcast list` shows them.\n"
    assert kimbot(command, "b-x") == (2, words)


@pytest.mark.parametrize("key", [base64.b64encode(b"a key for tests, 32 bytes long.."), b""])
@pytest.mark.parametrize("command", [["broadcast", "list"], ["export", "5"], ["backup"]])
def test_without_a_database_nothing_is_made(tmp_path, monkeypatch, command, key):
    """One sentence and exit code 2; that there is no key yet either is no trouble of its own."""
    monkeypatch.chdir(tmp_path)
    if key:
        monkeypatch.setenv("KIMBOT_KEY", key.decode())
    result = CliRunner().invoke(build(), command)
    assert (result.exit_code, "There is no database" in result.output) == (2, True)
    assert list(tmp_path.iterdir()) == []
