"""What stands for a placeholder in one council."""

from dataclasses import replace
from datetime import time

import pytest

from conversations.rules.answers import FilingRule
from conversations.rules.graphemes import units
from conversations.rules.knowledge import Knowledge
from conversations.rules.placeholders import NAMES, values
from conversations.rules.posting import VALUE
from conversations.rules.profile import CouncilRule, NamedBody, PaperKind, Profile
from tests.conversations.agendas import RULES, at, facts, meeting, report

PROFILE = Profile(ags="05513000", rules=RULES)
NOW = at("2026-11-22")


def ruled(cutoff: time | None = None) -> dict[PaperKind, CouncilRule]:
    return {PaperKind.INQUIRY: CouncilRule(count=FilingRule(number=21, cutoff=cutoff))}


def test_everything_that_is_known(know: Knowledge) -> None:
    """Place, body, next meeting, its filing deadline, the days left and the last report."""
    profile = replace(PROFILE, rules=ruled())
    found = facts(meeting("2027-01-14"), reports=(report("2026-03-02"),), profile=profile)
    assert values(know, found, NOW, "de") == {
        "kommune": "Gelsenkirchen",
        "gremium": "Ausschuss für Chancengerechtigkeit und Integration",
        "sitzung": "Do 14.01.2027",
        "frist": "Do 24.12.2026",
        "tage": "in 32 Tagen",
        "bericht": "Mo 02.03.2026",
    }


def test_nothing_is_known(know: Knowledge) -> None:
    """Without meetings, rules and reports the words say so, and no date is invented."""
    found = values(know, facts(profile=replace(PROFILE, rules={})), NOW, "de")
    assert [found[name] for name in ("sitzung", "frist", "tage", "bericht")] == [
        "noch ohne Termin",
        "noch nicht eingetragen",
        "Frist noch nicht eingetragen",
        "noch keiner eingetragen",
    ]


def test_a_deadline_that_is_over_is_not_called_for(know: Knowledge) -> None:
    """When the deadline of the next meeting has passed, the words say that it has."""
    found = facts(meeting("2026-12-01"), profile=replace(PROFILE, rules=ruled()))
    said = values(know, found, NOW, "de")
    assert (said["frist"], said["tage"]) == ("war am Di 10.11.2026", "schon vorbei")


def test_the_hour_of_the_deadline(know: Knowledge) -> None:
    """A cut-off belongs to the deadline; on its day it is "heute" until then."""
    profile = replace(PROFILE, rules=ruled(time(12)))
    found = facts(meeting("2026-12-13"), profile=profile)
    said = values(know, found, at("2026-11-22", 11), "de")
    assert (said["frist"], said["tage"]) == ("So 22.11.2026, 12:00 Uhr", "heute")


def test_a_cancelled_meeting_is_not_the_next_one(know: Knowledge) -> None:
    """The next meeting is the next that takes place."""
    found = facts(meeting("2026-12-01", cancelled=True), meeting("2027-01-14"), profile=PROFILE)
    assert values(know, found, NOW, "de")["sitzung"] == "Do 14.01.2027"


def test_the_bodys_own_name_of_that_day(know: Knowledge) -> None:
    """A body that kept its own name is called by it."""
    profile = replace(PROFILE, bodies=(NamedBody(name="Integrationsrat"),))
    assert values(know, facts(profile=profile), NOW, "de")["gremium"] == "Integrationsrat"


@pytest.mark.parametrize(
    ("ags", "said"),
    [("05513000", "Gelsenkirchen"), ("05154", "Kreis Kleve"), ("05162", "Rhein-Kreis Neuss")],
)
def test_a_place_reads_well_after_a_preposition(know: Knowledge, ags: str, said: str) -> None:
    """People write "in {kommune}"; only a Kreis needs its title."""
    found = facts(profile=replace(PROFILE, ags=ags))
    assert values(know, found, NOW, "de")["kommune"] == said


def test_a_place_that_left_the_register(know: Knowledge) -> None:
    """An unknown key is no name of a place."""
    found = facts(profile=replace(PROFILE, ags="99999999"))
    assert values(know, found, NOW, "de")["kommune"] == "Ihre Kommune"


@pytest.mark.parametrize("ags", ["05513000", "99999999"])
def test_no_value_is_cut(know: Knowledge, ags: str) -> None:
    """Every name has a value, and what we say ourselves fits into its room."""
    found = values(know, facts(profile=replace(PROFILE, ags=ags)), NOW, "de")
    assert tuple(found) == NAMES
    assert all(0 < units(value) <= VALUE for value in found.values())


def test_no_place_is_too_long(know: Knowledge) -> None:
    """The longest name in the register fits into a placeholder's room."""
    assert max(units(know.letters.named(place)) for place in know.register) <= VALUE
