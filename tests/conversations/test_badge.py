"""How a person stands in letters and in the council's list."""

from dataclasses import replace

from conversations.deeds import Wear
from conversations.dialogues import Dialogues
from conversations.events import Pressed
from conversations.standing import Badge
from tests.conversations.joining import (
    COUNCILS,
    GELSENKIRCHEN,
    TOKEN,
    badge,
    deeds,
    invited,
    newcomer,
    seated,
    stored,
)
from tests.conversations.walk import Member


def test_the_function_in_letters_is_german_in_every_language(house: Dialogues) -> None:
    """Letters are German: so is the function, whatever the chat speaks."""
    person = newcomer(house, invited()).call("start", TOKEN).press("English").press("I agree")
    person.press("Mehmet Kaya").send(Pressed(data=f"{_version(person)}.function:function_chair_f"))
    assert badge(person).function == "Vorsitzende"


def _version(member: Member) -> int:
    assert member.state.position is not None
    return member.state.position.version


def test_typed_words_are_cleaned_and_measured(house: Dialogues) -> None:
    """A name of 300 characters is refused and kept; direction marks do not get in."""
    person = newcomer(house, invited()).call("start", TOKEN).press("Einverstanden")
    person.type("x" * 300)
    assert "Zeichen" in person.html
    person.type("Aylin\u202e  Demir").type("Beisitzerin").type("Bunte Liste")
    assert badge(person) == Badge(name="Aylin Demir", function="Beisitzerin", group="Bunte Liste")


def test_the_name_also_signs_letters(house: Dialogues) -> None:
    """What stands in the council stands under letters."""
    sender = stored(seated(house)).sender
    assert (sender.name, sender.function, sender.group) == ("Mehmet Kaya", "Mitglied", "")


def test_an_answer_that_changes_nothing_is_no_deed(house: Dialogues) -> None:
    """«Ohne Liste» for somebody without one writes no line into the audit log."""
    person = newcomer(house, invited()).call("start", TOKEN).press("Einverstanden")
    person.press("Mehmet Kaya").press("Mitglied").press("Ohne Liste")
    assert deeds(person) == []
    person.press("Einstellungen").press("Mein Name").press("Liste ändern").press("Miteinander")
    assert deeds(person) == [Wear]


def test_a_list_that_is_gone_meanwhile_is_not_taken(house: Dialogues) -> None:
    """An admin removed the list between card and press: the question comes again."""
    person = newcomer(house, invited()).call("start", TOKEN).press("Einverstanden")
    person.press("Mehmet Kaya").press("Mitglied")
    council = COUNCILS[GELSENKIRCHEN]
    bare = replace(council, profile=replace(council.profile, groups=()))
    person.councils[GELSENKIRCHEN] = bare
    person.press("Miteinander")
    assert deeds(person) == []
    assert "Für welche Liste" in person.html
