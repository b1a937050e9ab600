"""The conditions of an audience that have choices: which there are, and setting one."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import Final

from conversations.broadcasts import Audience, Circle
from conversations.flows.composing.kept import council_of
from conversations.flows.flow import Scene
from conversations.flows.placed import place_name
from conversations.rules.audience import placed
from conversations.rules.reporting import ClockState
from conversations.standing import Role

Choices = Iterator[tuple[str, str]]
"""Value and words of each."""
KEYS: Final[Mapping[str, str]] = {
    "roles": "audience_roles",
    "languages": "audience_languages",
    "kinds": "audience_kinds",
    "variants": "audience_variants",
    "clocks": "audience_clocks",
}
"""The label of each condition."""
_WITHIN_ONE: Final = ("roles", "languages")
"""The others tell councils apart: of no use within one."""


def offered(scene: Scene) -> tuple[str, ...]:
    """The conditions that make sense here."""
    return tuple(KEYS) if council_of(scene) is None else _WITHIN_ONE


def choices(scene: Scene, key: str) -> Choices:
    """The values that a condition may have, in words."""
    made: Mapping[str, Callable[[Scene], Choices]] = {
        "roles": _roles,
        "languages": _languages,
        "kinds": _kinds,
        "variants": _variants,
        "clocks": _clocks,
    }
    return made[key](scene)


def picked(audience: Audience, key: str) -> frozenset[str]:
    """The values that are chosen."""
    found: Mapping[str, Collection[str]] = {
        "roles": audience.roles,
        "languages": audience.languages,
        "kinds": audience.kinds,
        "variants": audience.variants,
        "clocks": audience.clocks,
    }
    return frozenset(str(one) for one in found[key])


def with_values(audience: Audience, key: str, values: frozenset[str]) -> Audience:
    """The audience with these values chosen."""
    match key:
        case "roles":
            return replace(audience, roles=frozenset(Role(one) for one in values))
        case "languages":
            return replace(audience, languages=values)
        case "kinds":
            return replace(audience, kinds=values)
        case "variants":
            return replace(audience, variants=values)
    return replace(audience, clocks=frozenset(ClockState(one) for one in values))


def said(scene: Scene, key: str, audience: Audience) -> list[str]:
    """What is chosen, in words."""
    values = picked(audience, key)
    return [words for value, words in choices(scene, key) if value in values]


def _roles(scene: Scene) -> Choices:
    for role, key in ((Role.MEMBER, "audience_members"), (Role.ADMIN, "audience_admins")):
        yield role, scene.know.texts.label(key, scene.language)


def _languages(scene: Scene) -> Choices:
    for one in scene.know.texts.languages:
        yield one, scene.know.texts.label("language_name", one)


def _kinds(scene: Scene) -> Choices:
    return ((kind, kind) for kind in sorted({one.kind for one in _circles(scene) if one.kind}))


def _variants(scene: Scene) -> Choices:
    """By the kinds of municipality that a variant is for; one for single places by those."""
    for id_ in sorted({one.variant for one in _circles(scene) if one.variant}):
        found = scene.know.catalogue.latest(id_)
        if found is not None:
            only = (place_name(scene, ags) for ags in sorted(found.only)[:2])
            yield id_, ", ".join(sorted(found.kinds)) or ", ".join(only) or found.title


def _clocks(scene: Scene) -> Choices:
    keys = {
        ClockState.NEVER: "audience_never",
        ClockState.OK: "audience_ok",
        ClockState.SOON: "audience_soon",
        ClockState.DUE: "audience_due",
        ClockState.OVERDUE: "audience_overdue",
    }
    for state, key in keys.items():
        yield state, scene.know.texts.label(key, scene.language)


def _circles(scene: Scene) -> tuple[Circle, ...]:
    return placed(scene.know, scene.state.broadcasts.public).circles
