"""The link below a broadcast that opens the inquiry: t.me/<bot>?start=anfrage."""

from conversations.events import Called

OPENED = Called(name="start", args="anfrage")


def test_the_link_opens_the_inquiry_as_the_command_does(settled):
    """The same card."""
    by_command = settled.call("anfrage").html
    assert settled.call("abbrechen").send(OPENED).html == by_command


def test_a_stranger_who_follows_it_is_asked_as_at_the_first_contact(stranger):
    """It is no invitation, so none is said to be bad; after the consent papers are offered."""
    card = stranger.send(OPENED).html
    assert "Einladung" not in card
    assert "Guten Tag" in card
    assert "Anfrage" in str(stranger.press("Einverstanden").labels)
