"""Letters made of answers: points, fields, facts, reasons, and what is missing."""

from dataclasses import replace
from datetime import date

import pytest

from conversations.rules.answers import Answers, Reasons, Sender
from conversations.rules.checking import Trouble, problems
from conversations.rules.composing import outdated
from conversations.rules.definition import Fact
from conversations.rules.letter import Listing, plain
from conversations.rules.points import numbering
from tests.conversations.papers import (
    EVERY,
    TODAY,
    all_in,
    answers,
    case,
    labels,
    letter,
    points,
    written,
)

A = "kim-anfrage-kreisfrei"
# --- points -----------------------------------------------------------------------------


def test_all_seven_with_their_parts() -> None:
    """1 to 7, with 2a–2d, 6a–6b and 7a–7b, whatever the variant."""
    expected = ["1", "2", "2a", "2b", "2c", "2d", "3", "4", "5", "6", "6a", "6b", "7", "7a", "7b"]
    for id_, ags in EVERY:
        if id_ != "kim-resolution":
            assert labels(letter(id_, answers(ags))) == expected


def test_numbers_have_no_gaps() -> None:
    """What is left out leaves no hole; ids keep their meaning for the records."""
    given = replace(answers(), dropped=("1", "2b", "5"), extras=("eigenanteil",), own=("Und?",))
    made = letter(A, given)
    assert labels(made)[:4] == ["1", "1a", "1b", "1c"]
    assert [item.label for item in points(made)] == ["1", "2", "3", "4", "5", "6", "7"]
    numbers = numbering(case(A, given).definition, given)
    assert (numbers["2"], numbers["2c"], numbers["7a"]) == ("1", "1b", "5a")
    assert (numbers["eigenanteil"], numbers["own1"]) == ("6", "7")
    assert "2b" not in numbers


def test_a_single_part_needs_no_letter() -> None:
    """One part left over joins its lead-in."""
    made = letter(A, replace(answers(), dropped=("2a", "2c", "2d")))
    assert points(made)[1].parts == ()
    assert plain(points(made)[1].text).startswith("Zur Verwendung der Mittel: Wie viele Stellen")


def test_a_point_without_parts_left_is_gone() -> None:
    """All parts dropped is the point dropped."""
    made = letter(A, replace(answers(), dropped=("6a", "6b")))
    assert len(points(made)) == 6


def test_own_wording_stands_as_typed() -> None:
    """An own text replaces a part or the whole point, and is never read as a template."""
    given = replace(
        answers(), texts={"3": "Wer {{town}}?", "2a": "Wofür § 27 GO NRW?", "6": "Und?"}
    )
    three, two, six = (points(letter(A, given))[n] for n in (2, 1, 5))
    assert (plain(three.text), three.text[0].typed) == ("Wer {{town}}?", True)
    assert plain(two.parts[0].text) == "Wofür § 27 GO NRW?"
    assert (plain(six.text), six.parts) == ("Und?", ())


def test_aachen_is_offered_its_own_question() -> None:
    """The StädteRegion's interfaces concern the Stadt Aachen only."""
    assert "Ausländeramt" in written(A, all_in(A, "05334002"))
    assert problems(case(A, replace(answers(), extras=("staedteregion",)))) != ()


# --- fields, facts, reasons -------------------------------------------------------------


def test_years_follow_the_day() -> None:
    """Funding up to the current year, planning from the year of the meeting."""
    text = written(A, answers())
    assert "in den Jahren 2020 bis 2026 vom Land" in text
    assert "für das Jahr 2027 und die Folgejahre" in text
    later = written(A, replace(answers(), meeting=None), date(2029, 3, 1))
    assert "in den Jahren 2020 bis 2029 vom Land" in later
    assert "für das laufende Jahr 2029 und die Folgejahre" in later


def test_one_year_is_not_a_range() -> None:
    """2024 to 2024 reads as one year."""
    text = written(A, replace(answers(), fields={"funding_from": 2024, "funding_to": 2024}))
    assert "im Jahr 2024 vom Land" in text
    assert "für jedes Jahr" not in text


def test_facts_can_be_dropped_and_reworded() -> None:
    """A dropped fact takes only its own sentence along; an own wording stands as typed."""
    dropped = written(A, replace(answers(), dropped=("fact:mittel-2022", "fact:mittel-2025")))
    assert "stellt Nordrhein-Westfalen erhebliche Mittel bereit.\n" in dropped
    assert "Mio." not in dropped
    own = written(A, replace(answers(), texts={"fact:mittel-2025": "Für 2025: 70 {{Mio}}."}))
    assert "Für 2025: 70 {{Mio}}." in own


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2025, 12, 17), False), (date(2025, 12, 18), True), (date(2026, 11, 22), True)],
)
def test_facts_age(today: date, expected: bool) -> None:
    """A fact is out of date after its months, to the day; a historical one never is."""
    fact = Fact(
        id="x",
        title="x",
        text="x",
        stand=date(2024, 12, 18),
        source="x",
        months=12,
        permanent=False,
    )
    assert outdated(fact, today) == expected
    assert not outdated(replace(fact, permanent=True), today)


def test_dated_figures_carry_their_date() -> None:
    """What may have changed says when it was true."""
    assert "(Stand: 18. Dezember 2024)" in written(A, answers())


@pytest.mark.parametrize("reasons", list(Reasons))
def test_reasons_long_short_none(reasons: Reasons) -> None:
    """The heading goes with the reasons."""
    text = written(A, replace(answers(), reasons=reasons))
    assert ("\nBegründung\n" in text) == (reasons is not Reasons.NONE)
    assert ("Mio. €" in text) == (reasons is Reasons.LONG)


def test_own_paragraph_stands_behind_the_reasons() -> None:
    """Even when no other reason is given."""
    text = written(A, replace(answers(), reasons=Reasons.NONE, own_reason="Bei uns\nfehlt viel."))
    assert "Begründung\nBei uns\nfehlt viel.\nMit freundlichen" in text


def test_own_paragraph_of_a_resolution_stands_in_its_text() -> None:
    """The local paragraph is part of what the body adopts, right before the demands."""
    made = letter("kim-resolution", replace(answers(), own_reason="Bei uns."))
    blocks = [
        plain(block.text) for block in made.annexes[0].blocks if not isinstance(block, Listing)
    ]
    assert blocks[-2:] == ["Bei uns.", "Wir fordern deshalb:"]


# --- what is missing --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "key", "trouble"),
    [
        (replace(answers(), sender=Sender()), "sender.name", Trouble.MISSING),
        (replace(answers(), dropped=tuple("1234567")), "dropped", Trouble.NOTHING_LEFT),
        (replace(answers(), dropped=("9",)), "dropped", Trouble.UNKNOWN),
        (replace(answers(), texts={"2e": "x"}), "texts.2e", Trouble.UNKNOWN),
        (replace(answers(), extras=("kreis",)), "extras", Trouble.UNKNOWN),
        (replace(answers(), fields={"funding_to": 2019}), "fields.funding_to", Trouble.UNFIT),
        (replace(answers(), fields={"year": 2019}), "fields.year", Trouble.UNKNOWN),
        (replace(answers(), fields={"funding_to": "x"}), "fields.funding_to", Trouble.UNFIT),
        (
            replace(answers(), fields={"funding_from": 2025, "funding_to": 2024}),
            "fields.funding_to",
            Trouble.UNFIT,
        ),
    ],
)
def test_what_keeps_a_letter_from_being_written(given: Answers, key: str, trouble: Trouble) -> None:
    """Each problem names the answer and what is wrong with it."""
    assert [(one.key, one.trouble) for one in problems(case(A, given))] == [(key, trouble)]


def test_nothing_is_missing_when_all_is_known() -> None:
    """The example answers are complete, for every paper."""
    for id_, ags in EVERY:
        assert problems(case(id_, all_in(id_, ags))) == ()


def test_the_same_answers_make_the_same_letter() -> None:
    """A letter is a value: equal, and with equal file names."""
    assert letter(A, answers(), TODAY) == letter(A, answers(), TODAY)
    assert letter("kim-anfrage-kreis", answers("05154036")).slug == (
        "kim-anfrage-kreis-kleve-2026-11-22"
    )
