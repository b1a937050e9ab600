"""The demo's further people."""

from pathlib import Path

import pytest

from bot.crowd import enter, read_crowd
from bot.demo.control import view
from bot.demo.engine.chats import Status
from bot.demo.refusals import RefusedError
from bot.demo.scene import furnish

_FOLDER = Path(__file__).parents[2] / "templates" / "demo"


@pytest.fixture(scope="module")
def crowd():
    """As shipped."""
    return read_crowd(_FOLDER / "crowd.toml")


@pytest.fixture
def engine(crowd):
    """The shipped scene with them."""
    made = furnish(_FOLDER / "scene.toml")
    enter(made, crowd)
    return made


def test_nobody_is_there_twice(crowd):
    """A hundred people, each with a name and a number of their own, in several councils."""
    assert len(crowd) > 100
    assert len({one.name for one in crowd}) == len({one.id for one in crowd}) == len(crowd)
    assert len({one.ags for one in crowd}) == 6


def test_no_number_is_one_of_the_scene(crowd):
    """Those whom the visitor plays keep theirs."""
    played = furnish(_FOLDER / "scene.toml").people
    assert not played.keys() & {one.id for one in crowd}


def test_the_page_shows_only_those_of_the_scene(engine):
    """The crowd has no view, and nobody needs to scroll for the four."""
    shown = view.state(engine, None)["people"]
    assert [one["role"] for one in shown] == ["member", "council_admin", "operator", "guest"]


def test_most_can_be_written_to_and_some_not(engine, crowd):
    """A result without anybody unreached would show less: some blocked the bot, some are gone."""
    refused = []
    for one in crowd:
        try:
            engine.chats[one.id].check_writable()
        except RefusedError as error:
            refused.append(error.description)
    assert len(refused) == sum(one.blocked or one.gone for one in crowd)
    assert len(set(refused)) == 2
    assert engine.chats[crowd[0].id].bot.status is Status.MEMBER
