"""Which reminder a press or a link stands under."""

import pytest

from conversations.events import Called, Pressed, Typed
from conversations.flows.arriving import reminder_of

ID = "abcDEF0123-_wxyz"


@pytest.mark.parametrize(
    ("event", "id_"),
    [
        (Pressed(data=f"r:later:{ID}"), ID),
        (Called(name="start", args=f"i_{ID}"), ID),
        (Pressed(data=f"r:later:{ID}x"), ""),
        (Pressed(data=f"3.r:later:{ID}"), ""),
        (Pressed(data=f"r::{ID}"), ""),
        (Called(name="start", args=f"i_{ID[1:]}"), ""),
        (Called(name="hilfe", args=f"i_{ID}"), ""),
        (Typed(text=f"i_{ID}"), ""),
    ],
)
def test_a_reminder_is_named_by_its_buttons_alone(event, id_):
    """By r:<action>:<id> and /start i_<id>, whole and nothing else."""
    assert reminder_of(event) == id_
