"""What was typed stands in the letter exactly as it was typed."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.rules.answers import Address, Answers, Council, Meeting, Person, Sender
from conversations.rules.cleaning import clean
from conversations.rules.letter import texts
from tests.conversations.papers import letter, written

A = "kim-anfrage-kreisfrei"
HOSTILE = (
    '& < > " {{7*7}} {% raw %} #read("x") $x$ \\ </w:t> \ue000 İı مرحبا Привет می‌خواهم § 27 GO'
)


def everywhere(value: str) -> Answers:
    """Answers with the same typed value in every place."""
    return Answers(
        council=Council(
            ags="05513000",
            body=value,
            chair=Person(name=value, address=Address.FRAU),
            head=Person(name=value, address=Address.HERR),
            office_name=value,
            office_address=value,
            office_email=value,
            section=value,
        ),
        meeting=Meeting(day=date(2027, 1, 14), place=value),
        place=value,
        texts={"3": value, "2a": value, "fact:mittel-2025": value},
        own=(value,),
        own_reason=value,
        sender=Sender(
            name=value, function=value, group=value, address=value, email=value, cosigners=(value,)
        ),
    )


@pytest.mark.parametrize("id_", [A, "kim-resolution"])
def test_hostile_values_stand_exactly_as_typed(id_: str) -> None:
    """Markup, templates and foreign scripts are values, and marked as typed."""
    shown = HOSTILE.replace("\ue000", "")
    given = everywhere(HOSTILE)
    if id_ != A:
        given = replace(given, texts={"1": HOSTILE})
    found = [span for text in texts(letter(id_, given)) for span in text if shown in span.text]
    assert len(found) >= 12
    assert all(span.typed for span in found)
    assert "49" not in written(id_, given)


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1, max_size=300).map(clean).filter(bool))
def test_any_text_stands_exactly_as_typed(value: str) -> None:
    """Whatever is typed as own reason and own point is found again, character by character."""
    made = letter(A, everywhere(value))
    typed = [span.text for text in texts(made) for span in text if span.typed]
    assert typed.count(value) >= 4
