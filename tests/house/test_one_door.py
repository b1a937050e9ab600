"""P5 by the look of the code: councils' tables are reached through the scope alone."""

import ast
from pathlib import Path

import pytest

from tests.house.test_house import ROOT, SOURCES, place

TABLES = {
    *("council", "membership", "operator", "invitation", "audit"),
    *("meeting", "report", "steering", "filing", "calendar", "feed", "chat_link", "link_offer"),
    *("broadcast", "answer"),
}
DOOR = "bot/store/scope/"
BESIDE = {
    "bot/store/operators.py": "the first operator, before there is anybody",
    "bot/store/broadcasts/exchange.py": "who may read an answer, as the door and the sender ask",
    "bot/store/broadcasts/holding.py": "own data: what somebody sent to many, or answered",
    "bot/store/broadcasts/states.py": "stages as the bot by itself, and the door, move them",
    "bot/store/broadcasts/steering.py": "broadcasts from the command line, at the machine",
    "bot/store/broadcasts/watching.py": "what shows authors how far their broadcasts are",
    "bot/store/broadcasts/asking.py": "what a second person is asked when the bot sends it",
    "bot/store/broadcasts/looking.py": "what a broadcast's row rests on when the bot sends it",
    "bot/store/broadcasts/reaching.py": "whether its author and reader are still what they were",
    "bot/store/holdings.py": "own data: what is stored about whom",
    "bot/store/persons.py": "own data: export and erasure",
    "bot/store/exporting.py": "own data: what is stored about one person",
    "bot/store/erasing.py": "own data: how a person goes",
    "bot/store/whom.py": "own data: the names of one person",
    "bot/store/sweeping.py": "the sweep of what is old",
    "bot/store/planning.py": "what the bot does by itself: reminders, calendars, feeds",
    "bot/store/keeping.py": "files that were named in a deed, fetched after it",
    "bot/store/linking.py": "links used in groups, where nobody has a scope",
    "bot/store/opening.py": "all tables, without looking inside",
    "bot/store/rekeying.py": "all tables, without looking inside",
    "bot/store/chats.py": "what becomes of chats by Telegram's own word",
    "bot/store/council_files.py": "councils by file, at the machine",
    "bot/store/sample.py": "the people of the demo, before anybody is there",
}
"""Who else may name these tables, and why; none of it acts on anybody's behalf in the chat."""
_SCHEMA = "bot.store.schema"


def _named(path: Path) -> set[str]:
    """The tables a module takes from the schema; all of them if it takes the schema whole."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.ImportFrom(module="bot.store", names=names):
                found |= TABLES if any(one.name == "schema" for one in names) else set()
            case ast.ImportFrom(module=str(module), names=names) if (module + ".").startswith(
                _SCHEMA + "."
            ):
                found |= TABLES & {one.name for one in names}
                found |= TABLES if any(one.name in ("metadata", "*") for one in names) else set()
            case ast.Import(names=names) if any(one.name.startswith(_SCHEMA) for one in names):
                found |= TABLES
    return found


def _sql(path: Path) -> set[str]:
    """The tables that stand in SQL written as text."""
    words: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value.upper()
            if any(verb in text for verb in ("SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM")):
                words |= {one for one in TABLES if f" {one.upper()} " in f" {text} "}
    return words


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_p5_councils_tables_are_named_behind_the_door_only(path: Path) -> None:
    """No other module reads or writes councils, seats, operators, invitations or the audit log."""
    where = place(path)
    if where.startswith((DOOR, "bot/store/migrations/", "bot/store/schema/")) or where in BESIDE:
        return
    assert not _named(path), f"{where} names {_named(path)}"
    if where.startswith("bot/store/"):
        assert not _sql(path), f"{where} has SQL on {_sql(path)}"


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_p5_behind_the_door_nobody_is_let_in_by_the_window(path: Path) -> None:
    """From outside the package only what it exports is imported."""
    where = place(path)
    if where.startswith(DOOR) or where in BESIDE:
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            assert not node.module.startswith("bot.store.scope."), f"{where}: {node.module}"


@pytest.mark.parametrize("path", sorted((ROOT / DOOR).glob("*.py")), ids=place)
def test_p5_nothing_behind_the_door_works_without_a_principal(path: Path) -> None:
    """Every function there takes a principal, or is the scope itself."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        takes = {ast.unparse(one.annotation) for one in node.args.args if one.annotation}
        own = _needs_none(path, node.name)
        assert "Principal" in takes or own, f"{place(path)}: {node.name}"


def _needs_none(path: Path, name: str) -> bool:
    """The few that make the principal, touch no row, or only name something."""
    return (path.name, name) in {
        ("standings.py", "read"),
        ("standings.py", "holds"),
        ("door.py", "queue_up"),
        ("doing.py", "council_of"),
        ("invitations.py", "named"),
    }


@pytest.mark.parametrize("where", BESIDE)
def test_the_list_of_those_beside_the_door_is_true(where: str) -> None:
    """Each of them is there, and does name a table."""
    assert _named(ROOT / where)


def test_the_audit_log_is_only_ever_added_to() -> None:
    """No statement anywhere changes or deletes a line of it."""
    for path in SOURCES:
        text = path.read_text("utf-8")
        for verb in ("update(audit", "delete(audit", "UPDATE audit", "DELETE FROM audit"):
            assert verb not in text, f"{place(path)}: {verb}"
