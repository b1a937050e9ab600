"""What a turn among broadcasts has to load: everybody's names only where recipients are counted."""

import pytest

from conversations.core import Need
from conversations.dialogues import Dialogues
from conversations.events import Called, Event, Pressed, Rehearsed, Typed


@pytest.mark.parametrize(
    ("event", "flow"),
    [
        (Typed(text="Bitte lesen."), "composing"),
        (Rehearsed(broadcast="b1", revision=1), "composing"),
        (Pressed(data="3.open:b1"), "broadcasts"),
        (Pressed(data="3.cast_decline"), "broadcasts"),
        (Typed(text="1"), "broadcasts"),
        (Pressed(data="b:open:b1"), "inquiry"),
    ],
)
def test_the_public_is_loaded_where_it_is_counted(
    dialogues: Dialogues, event: Event, flow: str
) -> None:
    """While a broadcast is written, and where a draft may be opened."""
    assert {Need.BROADCASTS, Need.PUBLIC} <= dialogues.needs(event, flow)


@pytest.mark.parametrize(
    ("event", "flow"),
    [
        (Called(name="rundruf"), "home"),
        (Called(name="broadcast"), None),
        (Pressed(data="3.cast_refresh"), "broadcasts"),
        (Pressed(data="b:pause:b1"), "home"),
    ],
)
def test_a_list_and_its_buttons_load_no_public(
    dialogues: Dialogues, event: Event, flow: str | None
) -> None:
    """Looking how far it is reads nobody's row."""
    found = dialogues.needs(event, flow)
    assert Need.BROADCASTS in found
    assert Need.PUBLIC not in found


@pytest.mark.parametrize("flow", ["home", "inquiry", "meetings"])
def test_elsewhere_nothing_of_broadcasts_is_loaded(dialogues: Dialogues, flow: str) -> None:
    """A letter is as quick as before."""
    found = dialogues.needs(Typed(text="weiter"), flow)
    assert not {Need.BROADCASTS, Need.PUBLIC} & found
