"""A letter without its sender's name: the wording stays, the person goes."""

from dataclasses import replace

import pytest

from conversations.rules.letter import Paragraph, Span, plain, texts
from conversations.rules.unnamed import unnamed, without
from tests.paper.letters import bare, inquiry, resolution
from tests.store.people import letter

MADE = letter(7)
NAME = "Name7 Wohlgemuth"


def taken(one, *names, functions=("Schriftführung",)):
    """The letter without these names, beside its author's."""
    return unnamed(one, names=names, functions=functions, otherwise="Mitglied")


@pytest.mark.parametrize("make", [bare, inquiry, resolution, lambda: MADE])
def test_no_text_holds_the_name_any_more(make):
    """Neither head nor signature, nor the e-mail that goes with it."""
    made = make()
    after = taken(made)
    said = " ".join([*map(plain, texts(after)), plain(after.return_line), after.mail.text])
    assert not made.author or made.author not in said
    assert after.mail.sender == ""


@pytest.mark.parametrize("make", [bare, inquiry, resolution])
def test_the_rest_of_the_letter_stays_as_it_was(make):
    """Points, reasons, recipient, subject and day are what was filed."""
    made = make()
    after = taken(made)
    for part in ("recipient", "salutation", "subject", "blocks", "annexes", "dated", "slug"):
        assert getattr(after, part) == getattr(made, part), part


def test_the_function_is_the_one_that_the_letter_says():
    """An office taken up later does not slip into an old letter."""
    after = taken(MADE, functions=("Vorsitzende", "Schriftführung"))
    assert after.author == "Schriftführung"


def test_without_a_function_the_word_for_anybody_stands_there():
    """A letter that says no function is signed by the word given."""
    after = taken(MADE, functions=())
    assert [plain(line) for line in after.signature] == [
        "Mitglied",
        "Schriftführung, Liste Miteinander",
    ]


def test_address_and_mail_fall_away():
    """What leads to the person's door is no part of what the council filed."""
    after = taken(MADE)
    assert [plain(line) for line in after.sender] == ["Schriftführung", "Liste Miteinander"]
    assert after.return_line == ()


def test_the_name_goes_however_it_is_written():
    """Capitals and line breaks between its words hide no name."""
    said = (Span(text=f"gez. {NAME.upper()}, Name7\u00a0Wohlgemuth", typed=True),)
    after = taken(replace(MADE, blocks=(Paragraph(text=said),)))
    assert plain(after.blocks[0].text) == "gez. Schriftführung, Schriftführung"


def test_a_name_of_one_word_stays_in_sentences():
    """«Ali» in the text may be somebody else; where the sender stands, it goes."""
    made = replace(
        MADE,
        author="Ali",
        signature=((Span(text="Ali", typed=True),),),
        blocks=(Paragraph(text=(Span(text="Frau Ali Yilmaz fragt.", typed=True),)),),
    )
    after = taken(made)
    assert plain(after.blocks[0].text) == "Frau Ali Yilmaz fragt."
    assert plain(after.signature[0]) == "Schriftführung"


def test_part_of_a_longer_word_is_no_name():
    """A name inside another word is left alone."""
    assert without("An Bach Lore", names=["An Ba"], instead="x") == "An Bach Lore"


def test_other_signatures_stay():
    """Who signed along is a person of their own."""
    made = replace(MADE, signature=(*MADE.signature, (Span(text="Olga Weber", typed=True),)))
    assert plain(taken(made).signature[-1]) == "Olga Weber"
