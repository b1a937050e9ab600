"""Every clause of the source papers has its place, and none of their mistakes is left."""

import re
from pathlib import Path

import pytest

from conversations.rules.checking import known_ids
from conversations.rules.definition import Definition
from tests.conversations.papers import EVERY, all_in, answers, definition, written

PAGE = (Path(__file__).parents[2] / "docs" / "fidelity.md").read_text("utf-8")
PLACES = re.findall(r"`([a-z-]+) › ([\w:.-]+)`", PAGE)
A = "kim-anfrage-kreisfrei"


def exists(paper: Definition, place: str) -> bool:
    """Whether a paper has such a place."""
    name, _, number = place.partition(".")
    wording, annex = paper.wording, paper.annex
    if name == "annex" and annex is not None:
        return number in {"title", "signed"} or 1 <= int(number) <= len(annex.before)
    many = {"intro": wording.intro, "decision": wording.decision, "reasons": paper.reasons}
    if name in many:
        return 1 <= int(number) <= len(many[name])
    return place in known_ids(paper) or bool(getattr(wording, name, ""))


@pytest.mark.parametrize(("id_", "place"), sorted(set(PLACES)))
def test_every_place_named_exists(id_: str, place: str) -> None:
    """The page names only what is there."""
    assert exists(definition(id_), place)


@pytest.mark.parametrize("id_", [A, "kim-resolution"])
def test_every_point_is_accounted_for(id_: str) -> None:
    """No point, part or fact of the two source papers' editions is missing on the page."""
    named = {place for paper, place in PLACES if paper == id_}
    ids = known_ids(definition(id_)) - {"2", "fact:rheine"}
    assert ids <= named


@pytest.mark.parametrize("id_", sorted({id_ for id_, _ in EVERY if "anfrage" in id_}))
def test_same_seven_topics_in_order(id_: str) -> None:
    """Each variant has 1 to 7 with the parts 2a–2d, 6a–6b, 7a–7b."""
    points = [point for point in definition(id_).points if not point.extra]
    assert [point.id for point in points] == list("1234567")
    parts = ["".join(part.id for part in point.parts) for point in points]
    assert parts == ["", "abcd", "", "", "", "ab", "ab"]


SUBSTANCE = {
    "1": ["Fördermittel", "2020 bis 2026"],
    "2": ["eingesetzt", "Stellen", "zuständig", "Familiengeschichte", "interkulturelle"],
    "3": ["Förderskizze", "beantragt"],
    "4": ["Folgejahre", "geplant"],
    "5": ["Lenkungsgruppe", "Verwaltung", "außerhalb"],
    "6": ["Handlungskonzept", "Projektgruppen", "weitere Gremien", "vertreten"],
    "7": ["regelmäßig", "strategischen Steuerung", "politisch", "Informations- und Beschluss"],
}


@pytest.mark.parametrize("number", SUBSTANCE)
def test_substance_of_each_question(number: str) -> None:
    """What question n of the source asks for is asked for in ours."""
    text = written(A, answers())
    start = text.index(f"\n{number}. ")
    end = text.find(f"\n{int(number) + 1}. ")
    question = text[start : end if end > 0 else text.index("\nBitte setzen")]
    assert [word for word in SUBSTANCE[number] if word not in question] == []


@pytest.mark.parametrize(
    "word",
    [
        "Kommunale Integrationszentrum",
        "Ämter",
        "Arbeitsagentur",
        "Jobcenter",
        "Freie Wohlfahrtspflege",
        "bürgerschaftliche Engagement",
        "Sprachkursen",
        "Migrantenselbstorganisationen",
        "Vertretungen der Zielgruppe",
        "25,7 Mio. €",
        "39,3 Mio. €",
        "10 Mio. €",
        "75 Mio. €",
        "schon länger",
    ],
)
def test_substance_of_the_reasons(word: str) -> None:
    """Everybody the source names is named, every figure is given."""
    assert word in written(A, answers()).split("\nBegründung\n")[1]


MISTAKES = {
    "1 zu Umsetzung": r"\bzu Umsetzung",
    "2 betreffende Herausforderungen": r"betreffende Herausforderungen",
    "3 zur … und den Betrieb": r"zur \w+ und den Betrieb",
    "4 Mittel doubled": r"Mittel in den Jahren \S+ Fördermittel",
    "6 des Förderskizze": r"des Förderskizze",
    "7 laut Handlungskonzeptes": r"laut Handlungskonzeptes",
    "8 aller relevanter": r"aller \w+ relevanter",
    "10 mixed gender forms": r"\w/innen|\w\*innen|\w_innen|\wInnen\b|/r\b",
    "11 template's title": r"MUSTER|Musteranfrage|06/23|Kreisfreie Städte",
    "12 old range": r"2020\s?[-–]\s?2023",
    "13 laufende Jahr 2022": r"laufende Jahr 2022",
    "14 sukzessive": r"sukzessive",
    "15 old name": r"Integrationsr[aä]t(?!es der Lenkungsgruppe)",
    "16 Implementierung": r"Implementierung",
    "18 double salutation": r"geehrte/r",
    "20 placeholder": r"XY",
    "23 markers": r"\*",
    "R fordern mahnen": r"fordern mahnen",
    "R und den Verbindungen": r"und den Verbindungen",
    "R Umsetzungstand": r"Umsetzungstand",
    "R Akteur/innen": r"Akteur/innen",
}


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize(("id_", "ags"), EVERY)
def test_mistakes_are_gone(mistake: str, id_: str, ags: str) -> None:
    """None of the sources' mistakes stands in any letter of ours."""
    text = written(id_, all_in(id_, ags))
    if mistake.startswith("15"):  # the umbrella body keeps its name; Rheine's was one in 2021
        text = text.replace("Landesintegrationsrat", "").replace(
            "Vorsitz des Integrationsrates", ""
        )
    assert not re.search(MISTAKES[mistake], text)


@pytest.mark.parametrize(("id_", "ags"), EVERY)
def test_every_question_ends_as_one(id_: str, ags: str) -> None:
    """5: each question has its question mark; what follows it is a request."""
    for line in written(id_, all_in(id_, ags)).split("\n"):
        if re.match(
            r"(?:Wie|Was|Wer|Welche\w*|Wofür|Wurden|Gibt|Bekommt|Bekommen|Nach)\b", line[3:]
        ):
            assert re.search(r"\?(?: Bitte [^?]+\.)?$", line), line


def test_quoted_name_is_spelt_one_way() -> None:
    """9: the programme's name is quoted once, then abbreviated; never another style."""
    text = written(A, answers())
    assert (
        text.count("„Kommunales Integrationsmanagement“ (KIM)") == 2
    )  # subject and first sentence
    assert "Kommunalen Integrationsmanagement" not in text


def test_what_the_source_lacked_is_there() -> None:
    """17 and 24: the legal base, and everything a letter needs to be filed."""
    text = written(A, answers())
    for piece in (
        "1. Januar 2022 ist es in § 9 TIntG NRW",
        "22. November 2026",
        "Mehmet Kaya",
        "Sitzung am: 14. Januar 2027",
        "§ 4 der Geschäftsordnung",
        "schriftliche Antwort",
        "Mit freundlichen Grüßen",
        "Umsetzung des Landesprogramms",
    ):
        assert piece in text


def test_town_and_district_are_named_right() -> None:
    """20: Stadt, Gemeinde and Kreis each by their own word."""
    assert "die Stadt Gelsenkirchen" in written(A, answers("05513000"))
    assert "die Gemeinde Alfter" in written("kim-anfrage-kreisangehoerige", answers("05382004"))
    assert "Der Kreis Kleve" in written("kim-anfrage-kreis", answers("05154036"))
    assert "Die Städteregion Aachen" in written("kim-anfrage-kreis", answers("05334002"))


def test_missing_questions_are_offered() -> None:
    """25: Eigenanteil, money per Baustein, posts filled, how often reported, the Kreis's part."""
    for id_ in ("kim-anfrage-kreisangehoerige", "kim-anfrage-grosse-kreisangehoerige"):
        extras = {point.id for point in definition(id_).points if point.extra}
        assert {
            "eigenanteil",
            "bausteine",
            "besetzung",
            "berichte",
            "controlling",
            "kreis",
        } <= extras
