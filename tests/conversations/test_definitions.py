"""Definitions are read as they are, or refused with file, line, key and reason."""

from datetime import date

import pytest

from conversations.rules.answers import Route
from conversations.rules.definitions import DefinitionsRefusedError, Problem, messages, read
from tests.conversations.papers import EVERY, TEMPLATES, definition, library

SMALL = """\
id = "small"
version = 1
paper = "small"
variant = ""
kind = "inquiry"
title = "Kleine Anfrage"
summary = "Fragt etwas."
stand = 2026-11-01
kinds = []
route = "own"

[source]
title = "Eigene"
stand = "2026"
faithful = false
note = "Eigene Vorlage."

[wording]
type = "Anfrage"
subject = "Etwas in {{ town.bare }}"
intro = ["worum es geht."]
request_chair = "Bitte fragen Sie:"
request_head = "Bitte antworten Sie:"

[[fields]]
name = "year"
type = "year"
ask = "Welches Jahr?"
default = "{{ today.year }}"

[[points]]
id = "1"
title = "Erste"
text = "Was war {{ year }}?"

[[points]]
id = "2"
title = "Zweite"

[[points.parts]]
id = "a"
text = "Und?"

[[points.parts]]
id = "b"
text = "Und dann?"

[[reasons]]
text = "Weil. {{ fact('one') }}"

[[facts]]
id = "one"
title = "Eine Zahl"
text = "Es sind 7."
stand = 2026-01-01
source = "Zählung"
"""
FILE = "small/1.toml"


def refused(text: str, file: str = FILE) -> tuple[Problem, ...]:
    """The problems a file is refused for."""
    with pytest.raises(DefinitionsRefusedError) as error:
        read({file: text})
    return error.value.problems


def test_a_sound_file_is_read() -> None:
    """The small file every other test breaks is sound itself."""
    catalogue = read({FILE: SMALL})
    assert [one.id for one in catalogue] == ["small"]


@pytest.mark.parametrize(
    ("old", "new", "key", "line", "reason"),
    [
        ('summary = "Fragt etwas."\n', "", "summary", None, "required"),
        ('variant = ""', 'varant = ""', "varant", 4, "Unexpected"),
        ("version = 1", 'version = "1"', "version", 2, "integer"),
        ('kind = "inquiry"', 'kind = "question"', "kind", 5, "'inquiry'"),
        ("stand = 2026-11-01", 'stand = "soon"', "stand", 8, "date"),
        ("kinds = []", 'kinds = ["Dorf"]', "kinds.0", 9, "no such kind"),
        ("{{ town.bare }}", "{{ town.bear }}", "wording.subject", 20, "bear"),
        ("{{ town.bare }}", "{{ twon }}", "wording.subject", 20, "twon"),
        ("{{ town.bare }}", "{{ town.bare", "wording.subject", 20, "TemplateSyntaxError"),
        ("{{ town.bare }}", "{{ district.nom }}", "wording.subject", 20, "nom"),
        ("{{ today.year }}", "{{ today.yaer }}", "fields.0.default", 29, "yaer"),
        ("{{ today.year }}", "bald", "fields.0.default", 29, "not a year"),
        ('name = "year"', 'name = "town"', "fields.0.name", 26, "not a name"),
        ('id = "2"', 'id = "1"', "points.1.id", 37, "twice"),
        ('id = "b"', 'id = "c"', "points.1.parts.1.id", 45, "expected 'b'"),
        ('id = "2"', 'id = "Zwei!"', "points.1.id", 37, "not an id"),
        ("fact('one')", "fact('two')", "reasons.0.text", 49, "unknown fact: 'two'"),
        ('text = "Und?"', 'text = "{{ fact(\\"one\\").x }}"', "points.1.parts.0.text", 42, "x"),
        ('title = "Erste"', f'title = "{"x" * 61}"', "points.0.title", 33, "too long"),
        ("worum es geht.", "worum \ue000 geht.", "wording.intro.0", 21, "private-use"),
        ('ask = "Welches Jahr?"', "ask = 3", "fields.0.ask", 28, "string"),
        ('type = "year"', 'type = "choice"', "fields.0.choices", 25, "needs choices"),
        ('id = "small"', 'id = "other"', "id", 1, "folder says 'small'"),
        ("version = 1", "version = 2", "version", 2, "file's name says 1"),
        ("[[points]]", "[[points]", "", 31, "not TOML"),
    ],
)
def test_a_bad_file_is_refused(old: str, new: str, key: str, line: int | None, reason: str) -> None:
    """Each fault is named with its file, its key, its line and what is wrong."""
    assert old in SMALL
    problem = next(p for p in refused(SMALL.replace(old, new, 1)) if p.key == key)
    assert problem.file == FILE
    assert problem.line == line
    assert reason in problem.reason


def test_every_fault_is_named_at_once() -> None:
    """Two faults in two files are both reported."""
    broken = SMALL.replace('variant = ""', "variant = 1")
    with pytest.raises(DefinitionsRefusedError) as error:
        read({FILE: broken, "other/1.toml": "id = 1"})
    assert {problem.file for problem in error.value.problems} == {FILE, "other/1.toml"}


@pytest.mark.parametrize("file", ["small.toml", "small/one.toml", "Small/1.toml", "a/b/1.toml"])
def test_a_file_in_the_wrong_place_is_refused(file: str) -> None:
    """Only <id>/<version>.toml is a definition."""
    assert "must be named" in refused(SMALL, file)[0].reason


def test_two_variants_for_one_kind_are_refused() -> None:
    """A municipality must never have two variants of one paper to get."""
    twin = SMALL.replace('id = "small"', 'id = "twin"')
    with pytest.raises(DefinitionsRefusedError, match="is the variant for"):
        read({FILE: SMALL, "twin/1.toml": twin})


def test_no_definition_at_all_is_refused() -> None:
    """A bot without papers has nothing to offer."""
    with pytest.raises(DefinitionsRefusedError, match="no definition"):
        read({})


def test_versions_stand_side_by_side() -> None:
    """A draft keeps its version; new drafts take the latest."""
    newer = SMALL.replace("version = 1", "version = 12")
    catalogue = read({FILE: SMALL, "small/12.toml": newer})
    latest, exact = catalogue.latest("small"), catalogue.exact("small", 1)
    assert latest is not None
    assert exact is not None
    assert (latest.version, exact.version) == (12, 1)
    gone = catalogue.pinned("small", 7)
    assert gone is not None
    assert gone.version == 12


def test_a_dropped_in_paper_needs_no_code() -> None:
    """A new folder is a paper in the menu, for every municipality."""
    files = {
        path.relative_to(TEMPLATES / "inquiries").as_posix(): path.read_text()
        for path in (TEMPLATES / "inquiries").glob("*/*.toml")
    }
    catalogue = read({**files, FILE: SMALL})
    assert [paper.key for paper in catalogue.papers()] == ["kim-anfrage", "kim-resolution", "small"]
    assert all(catalogue.variant_for("small", one) for one in library().register)


def test_every_body_has_its_variant() -> None:
    """All 427 bodies get an inquiry and a resolution; only B, C and Aachen have two routes."""
    catalogue = library().catalogue
    for one in library().register:
        assert catalogue.variant_for("kim-anfrage", one)
        assert catalogue.variant_for("kim-resolution", one)
        between = not one.is_district and one.kind != "kreisfreie Stadt"
        routes = catalogue.routes("kim-anfrage", one)
        assert (len(routes) == 2) == between


@pytest.mark.parametrize(
    ("ags", "own", "district"),
    [
        ("05513000", "A", None),
        ("05334002", "A", "D"),
        ("05978024", "B", "D"),
        ("05978020", "C", "D"),
        ("05154", "D", "D"),
    ],
)
def test_the_variant_follows_from_the_municipality(
    ags: str, own: str, district: str | None
) -> None:
    """Kreisfrei and Aachen A, große B, others C, to the Kreis D; a Kreis itself always D."""
    one = library().register.get(ags)
    assert one is not None
    found = [library().catalogue.variant_for("kim-anfrage", one, route) for route in Route]
    assert [variant.variant if variant else None for variant in found] == [own, district]


@pytest.mark.parametrize("id_", sorted({id_ for id_, _ in EVERY}))
def test_own_adaptations_say_so(id_: str) -> None:
    """Only variant A claims to follow its source; every other one tells the member it is ours."""
    paper = definition(id_)
    assert paper.source.faithful == (paper.variant == "A")
    assert paper.source.faithful or "eigene Bearbeitung" in paper.source.note


@pytest.mark.parametrize("id_", sorted({id_ for id_, _ in EVERY}))
def test_suggestions_are_marked_and_off(id_: str) -> None:
    """Extra points say that they are ours; none of them stands in a letter by default."""
    for point in definition(id_).points:
        assert point.extra == ("Vorschlag von uns" in point.help)


@pytest.mark.parametrize("id_", sorted({id_ for id_, _ in EVERY}))
def test_every_point_is_explained(id_: str) -> None:
    """«Was heißt das?» has an answer everywhere."""
    assert all(len(point.help) > 60 for point in definition(id_).points)


def test_what_members_read_can_be_translated() -> None:
    """Titles, questions and explanations are message ids; the letter's own texts are not."""
    paper = definition("kim-anfrage-kreisfrei")
    found = list(messages(paper))
    assert paper.title in found
    assert paper.points[0].help in found
    assert paper.fields[0].ask in found
    assert paper.facts[1].title in found
    assert paper.points[0].text not in found
    assert len(found) == len(set(found))


def test_no_day_is_a_constant_in_code() -> None:
    """The frame knows the body's name by date, up to the last day there is."""
    names = [name.until for name in library().texts.frame.bodies]
    assert names == sorted(names)
    assert names[-1] == date.max


def test_templates_cannot_reach_out() -> None:
    """A text that reaches for Python's insides is refused, not run."""
    evil = SMALL.replace("{{ town.bare }}", "{{ town.__class__.__mro__ }}")
    assert any(problem.key == "wording.subject" for problem in refused(evil))
