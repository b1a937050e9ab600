"""The scene that a demo starts with."""

from pathlib import Path

import pytest

from bot.demo.engine.chats import Status
from bot.demo.scene import furnish

_SHIPPED = Path(__file__).parents[2] / "templates" / "demo" / "scene.toml"


def test_the_shipped_scene_has_the_three_roles() -> None:
    """Member, council admin, operator and a guest are there; none has started the bot yet."""
    engine = furnish(_SHIPPED)
    roles = [person.role for person in engine.people.values()]
    assert roles == ["member", "council_admin", "operator", "guest"]
    assert not any(chat.messages for chat in engine.chats.values())


def test_chats_and_topics_can_be_added(tmp_path: Path) -> None:
    """A forum with members and topics needs no code."""
    more = """
[[chats]]
id = -1000000000103
kind = "supergroup"
title = "Rat"
is_forum = true
topics = ["KIM"]
members = { 5201 = "creator" }
"""
    file = tmp_path / "scene.toml"
    file.write_text(_SHIPPED.read_text(encoding="utf-8") + more, encoding="utf-8")
    chat = furnish(file).chats[-1000000000103]
    assert [topic.name for topic in chat.topics.values()] == ["KIM"]
    assert chat.members[5201].status is Status.CREATOR


def test_a_wrong_scene_is_named(tmp_path: Path) -> None:
    """A misspelt key is an error that names it."""
    file = tmp_path / "scene.toml"
    file.write_text("peeple = []\n", encoding="utf-8")
    with pytest.raises(ValueError, match="peeple"):
        furnish(file)
