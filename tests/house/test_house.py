"""The rules of the house that no other tool checks."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conversations.rules.municipalities import KINDS as KINDS_OF_MUNICIPALITY
from conversations.rules.municipalities import KREISE

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "conversations").rglob("*.py")])
HOME: dict[str, str | tuple[str, ...]] = {
    "telegram": "bot/telegram",
    "sqlalchemy": "bot/store",
    "alembic": "bot/store",
    "apscheduler": "bot/clock",
    "typst": "bot/paper",
    "docx": "bot/paper",
    "icalendar": ("bot/paper", "bot/calendars"),
    "recurring_ical_events": "bot/calendars",
}
PURE = {"jinja2", "markupsafe", "pydantic", "babel", "holidays", "rapidfuzz", "conversations"}
IMPURE_STDLIB = {"asyncio", "os", "pathlib", "socket", "sqlite3", "subprocess", "threading", "time",
                 "urllib", "http", "random", "secrets", "shutil", "tempfile"}  # fmt: skip


def imports(path: Path) -> Iterator[str]:
    """Full names of the modules a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module


def place(path: Path) -> str:
    """The file's path inside the project."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_a_library_is_imported_in_its_own_room_only(path: Path) -> None:
    """Telegram, SQL, the scheduler and the writers stay behind their folder's walls."""
    for name in imports(path):
        home = HOME.get(name.partition(".")[0])
        assert home is None or place(path).startswith(home), f"{name} belongs to {home}"


@pytest.mark.parametrize("path", sorted((ROOT / "conversations").rglob("*.py")), ids=place)
def test_the_dialogues_are_pure(path: Path) -> None:
    """conversations/ imports only itself, pure libraries and the pure part of the standard one."""
    for name in imports(path):
        top = name.partition(".")[0]
        assert top in PURE or (top in sys.stdlib_module_names and top not in IMPURE_STDLIB), name


KINDS = {*KINDS_OF_MUNICIPALITY, *KREISE}
"""Values of the register, by which definitions name whom they are for."""
ROOMS = ("telegram", "clock", "paper", "calendars", "demo")


@pytest.mark.parametrize("path", [p for p in SOURCES if place(p).startswith("bot/")], ids=place)
def test_the_rooms_of_the_shell_do_not_import_one_another(path: Path) -> None:
    """Wiring → {telegram, clock, paper, calendars, demo} → store → conversations, no way back."""
    room = place(path).split("/")[1] if place(path).count("/") > 1 else ""
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "bot" or not room:
            continue
        target = parts[1] if len(parts) > 1 else ""
        allowed = {room, "store", "logs"} if room in ROOMS else {room, "logs"}
        assert target in allowed, f"{place(path)} imports {name}"


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_every_module_says_what_it_is_for_and_stays_small(path: Path) -> None:
    """A docstring at the top; no file over 300 lines."""
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), "no docstring"
    assert text.count("\n") <= 300


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_no_german_sentence_stands_in_code(path: Path) -> None:
    """What people read lives in templates/: a string with blanks and umlauts is a leak."""
    tree = ast.parse(path.read_text("utf-8"))
    texts = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in texts:
            if node.value in KINDS:
                continue
            words = re.search(r"[a-zäöüß]{2,} [a-zäöüß]{2,}", node.value, re.IGNORECASE)
            german = words and re.search("[äöüß]", node.value, re.IGNORECASE)
            assert not german, f"line {node.lineno}: {node.value!r}"


def test_the_lock_files_name_no_address() -> None:
    """Requirements hold versions and hashes only."""
    for path in (ROOT / "requirements").iterdir():
        assert "://" not in path.read_text("utf-8"), path.name


def test_the_top_level_is_the_agreed_one() -> None:
    """The folders the customer named are there."""
    for name in ("bot", "conversations", "templates", "tests", "pyproject.toml", ".env.example"):
        assert (ROOT / name).exists(), name
