"""Finding the municipality a member means."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.rules.grammar import decline
from conversations.rules.municipalities import KINDS, Match, Municipality, Tie
from tests.conversations.papers import library

REGISTER = library().register
EVERY = list(REGISTER)


def found(text: str) -> list[str]:
    """Keys of what the search offers."""
    match REGISTER.search(text):
        case Match(municipality=one):
            return [one.ags]
        case Tie(candidates=candidates):
            return [one.ags for one in candidates]
        case None:
            return []


def test_register_holds_every_body() -> None:
    """396 Gemeinden and 31 Kreise, each kind known."""
    assert sum(not one.is_district for one in EVERY) == 396
    assert sum(one.is_district for one in EVERY) == 31
    assert {one.kind for one in EVERY} == KINDS


def test_every_district_town_names_its_district() -> None:
    """Whoever is not kreisfrei belongs to a Kreis of the register."""
    for one in EVERY:
        alone = one.is_district or one.kind == "kreisfreie Stadt"
        assert (REGISTER.district_of(one) is None) == alone


def test_every_body_is_found_by_title_and_name() -> None:
    """Title and name together are never a tie, whatever other body shares the name."""
    others = [one for one in EVERY if found(f"{one.title} {one.name}") != [one.ags]]
    assert others == []


def test_every_body_is_found_by_its_key() -> None:
    """The AGS is clear by itself."""
    assert [one for one in EVERY if found(one.ags) != [one.ags]] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kleve", {"Kleve"}),
        ("Aachen", {"Aachen", "Städteregion Aachen"}),
        ("Nenkirchen", {"Neunkirchen", "Neuenkirchen"}),
        ("Verne", {"Herne", "Werne"}),
        ("Erl", {"Verl", "Werl"}),
        ("Gladbach", {"Mönchengladbach", "Bergisch Gladbach"}),
        ("Recklinhausen", {"Recklinghausen"}),
    ],
)
def test_what_could_be_two_is_asked(text: str, names: set[str]) -> None:
    """Twins and near twins are a tie between exactly these."""
    tie = REGISTER.search(text)
    assert isinstance(tie, Tie)
    assert {one.name for one in tie.candidates} == names
    assert len(tie.candidates) == 2


@pytest.mark.parametrize(
    ("text", "ags"),
    [
        ("Gelsenkirhen", "05513000"),
        ("gelsenkirchen", "05513000"),
        ("Stadt Kleve", "05154036"),
        ("Kreis Kleve", "05154"),
        ("Neuss", "05162024"),
        ("Neuß", "05162024"),
        ("Kreis Neuss", "05162"),
        ("St. Augustin", "05382056"),
        ("Halle Westfalen", "05754012"),
        ("Mülheim", "05117000"),
        ("Muelheim an der Ruhr", "05117000"),
        ("Solingen, Klingenstadt", "05122000"),
        ("Märkischen Kreis", "05962"),
        ("Hochsauerland", "05958"),
        ("Städteregion Aachen", "05334"),
        ("Dusseldorf", "05111000"),
        ("KÖLN", "05315000"),
    ],
)
def test_spellings_that_people_use(text: str, ags: str) -> None:
    """Umlauts, titles, suffixes, shortened names and small errors are forgiven."""
    assert found(text) == [ags]


@pytest.mark.parametrize("text", ["", " ", "xyz", "?!", "Stadt", "Kreis", "Bad", "\u200d", "日本"])
def test_what_names_nobody_finds_nobody(text: str) -> None:
    """Nothing is guessed from nothing."""
    assert REGISTER.search(text) is None


def test_a_place_elsewhere_is_never_taken_for_sure() -> None:
    """A name two errors away is asked about, not taken."""
    assert not isinstance(REGISTER.search("Hamburg"), Match)
    assert not isinstance(REGISTER.search("München"), Match)


@settings(deadline=None, max_examples=400)
@given(one=st.sampled_from(EVERY), data=st.data())
def test_one_typing_error_is_forgiven(one: Municipality, data: st.DataObject) -> None:
    """A letter lost, doubled, replaced or swapped: the body is among those offered, unless the
    error makes the exact name of another one."""
    typed = f"{one.title} {mistyped(one.name, data)}"
    match REGISTER.search(typed):
        case Match(municipality=taken) if taken != one:
            assert exact_name(typed, taken)
        case Match(municipality=taken):
            assert taken == one
        case Tie(candidates=candidates):
            assert one in candidates
        case None:
            pytest.fail(f"{typed!r} found nothing")


def exact_name(typed: str, taken: Municipality) -> bool:
    """Whether the error made another body's own name, or a piece that only that one holds."""
    bare = typed.partition(" ")[2].casefold()
    return bare in taken.name.casefold()


def mistyped(name: str, data: st.DataObject) -> str:
    """The name with one typing error in it."""
    place = data.draw(st.integers(1, len(name) - 2))
    letter = data.draw(st.sampled_from("aeinrst"))
    errors = (
        name[:place] + name[place + 1 :],
        name[:place] + name[place] + name[place:],
        name[:place] + letter + name[place + 1 :],
        name[: place - 1] + name[place] + name[place - 1] + name[place + 1 :],
    )
    return data.draw(st.sampled_from(errors))


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    """Nothing a person can type makes the search fail."""
    assert REGISTER.search(text) is None or found(text)


@pytest.mark.parametrize(
    ("ags", "forms"),
    [
        ("05513000", "die Stadt Gelsenkirchen|der Stadt Gelsenkirchen|in Gelsenkirchen"),
        ("05382004", "die Gemeinde Alfter|der Gemeinde Alfter|in Alfter"),
        ("05154", "der Kreis Kleve|des Kreises Kleve|im Kreis Kleve"),
        ("05962", "der Märkische Kreis|des Märkischen Kreises|im Märkischen Kreis"),
        ("05162", "der Rhein-Kreis Neuss|des Rhein-Kreises Neuss|im Rhein-Kreis Neuss"),
        ("05958", "der Hochsauerlandkreis|des Hochsauerlandkreises|im Hochsauerlandkreis"),
        ("05334", "die Städteregion Aachen|der Städteregion Aachen|in der Städteregion Aachen"),
    ],
)
def test_names_are_declined(ags: str, forms: str) -> None:
    """Every shape of name has its cases."""
    one = REGISTER.get(ags)
    assert one is not None
    made = decline(f"{one.title} {one.name}", library().texts.frame.places)
    assert f"{made.nom}|{made.gen}|{made.inside}" == forms


def test_every_name_can_be_declined() -> None:
    """No body's forms repeat its title ("Kreis Rhein-Kreis Neuss")."""
    for one in EVERY:
        made = decline(f"{one.title} {one.name}", library().texts.frame.places)
        assert made.nom.lower().count("kreis") <= 1
        assert "Städteregion Städteregion" not in made.bare
