"""To whom a broadcast goes: the conditions, each with its count at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from conversations.broadcasts import Audience
from conversations.flows.composing.kept import (
    away,
    council_of,
    count,
    draft_of,
    gone,
    here,
    reached,
    stored,
)
from conversations.flows.flow import Button, Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.flows.placed import place_name
from conversations.rules.audience import counted, placed, sample
from conversations.rules.reporting import ClockState
from conversations.standing import Role

_NAMED = 5
"""Names or places that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One of the conditions: which field of the audience it is, and its choices in words."""

    field: str
    choices: Callable[[Scene], Iterable[tuple[str, str]]]
    """Value and words."""


def _roles(scene: Scene) -> Iterable[tuple[str, str]]:
    for role, key in ((Role.MEMBER, "audience_members"), (Role.ADMIN, "audience_admins")):
        yield role, scene.know.texts.label(key, scene.language)


def _kinds(scene: Scene) -> Iterable[tuple[str, str]]:
    return ((kind, kind) for kind in sorted({one.kind for one in _circles(scene) if one.kind}))


def _variants(scene: Scene) -> Iterable[tuple[str, str]]:
    """By the kinds of municipality that a variant is for; one for single places by those."""
    for id_ in sorted({one.variant for one in _circles(scene) if one.variant}):
        found = scene.know.catalogue.latest(id_)
        if found is not None:
            only = (place_name(scene, ags) for ags in sorted(found.only)[:2])
            yield id_, ", ".join(sorted(found.kinds)) or ", ".join(only) or found.title


def _clocks(scene: Scene) -> Iterable[tuple[str, str]]:
    keys = {
        ClockState.NEVER: "audience_never",
        ClockState.OK: "audience_ok",
        ClockState.SOON: "audience_soon",
        ClockState.DUE: "audience_due",
        ClockState.OVERDUE: "audience_overdue",
    }
    for state, key in keys.items():
        yield state, scene.know.texts.label(key, scene.language)


def _languages(scene: Scene) -> Iterable[tuple[str, str]]:
    for one in scene.know.texts.languages:
        yield one, scene.know.texts.label("language_name", one)


def _circles(scene: Scene) -> Iterable[object]:
    return placed(scene.know, scene.state.broadcasts.public).circles


_CONDITIONS: Final = {
    "roles": Condition(field="roles", choices=_roles),
    "languages": Condition(field="languages", choices=_languages),
    "kinds": Condition(field="kinds", choices=_kinds),
    "variants": Condition(field="variants", choices=_variants),
    "clocks": Condition(field="clocks", choices=_clocks),
}
_OF_ALL: Final = ("kinds", "variants", "clocks")
"""Conditions about councils: of no use within one."""
_KEYS: Final = {
    "roles": "audience_roles",
    "languages": "audience_languages",
    "kinds": "audience_kinds",
    "variants": "audience_variants",
    "clocks": "audience_clocks",
}


class ToWhom(Step):
    """The audience in words, with its count and a few names."""

    def card(self, scene: Scene) -> Card:
        """All conditions; each opens its own card."""
        one = draft_of(scene)
        if one is None:
            return gone()
        audience, found = one.content.audience, reached(scene, one.content.audience)
        said = line(
            "composing/audience",
            audience=audience,
            conditions=[(key, _said(scene, key, audience)) for key in _offered(scene)],
            councils=_places(scene, audience),
            more=max(0, len(audience.councils) - _NAMED),
            reach=counted(found),
            names=sample(found, _NAMED),
            whole=council_of(scene) is None,
        )
        return Card(line=said, rows=(*_rows(scene, audience), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """People or chats on and off, a condition, or done."""
        one = draft_of(scene)
        if one is None:
            return away(name)
        audience = one.content.audience
        match name:
            case "people" | "chats":
                turned = replace(audience, **{name: not getattr(audience, name)})
                return stored(scene, replace(one.content, audience=turned), "audience")
            case "by" if value in _offered(scene):
                return Move(step="choose", args={**here(one), "by": value})
            case "audience_councils" if council_of(scene) is None:
                return Move(step="councils", args=here(one))
        return Move(step="draft", args=here(one))

    def help(self, scene: Scene) -> Line:
        """How conditions work together."""
        return line("composing/audience_help")


class Choose(Step):
    """The choices of one condition, each switched on and off; none of them is no condition."""

    def card(self, scene: Scene) -> Card:
        """Each with how many it would reach by itself."""
        one = draft_of(scene)
        if one is None:
            return gone()
        key = _key(scene)
        audience, picked = one.content.audience, _picked(one.content.audience, key)
        rows = tuple(
            (_choice(scene, audience, key, value, words, on=value in picked),)
            for value, words in _CONDITIONS[key].choices(scene)
        )
        none: Row = (button("audience_any"),) if picked else ()
        said = line("composing/choose", by=key, reach=count(scene, audience))
        return Card(line=said, rows=(*rows, none, (button("comp_done"),), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """One on or off, all off, or back."""
        one = draft_of(scene)
        if one is None:
            return away(name)
        key, audience = _key(scene), one.content.audience
        picked = _picked(audience, key)
        match name:
            case "turn" if value in {known for known, _ in _CONDITIONS[key].choices(scene)}:
                wanted = picked ^ {value}
            case "audience_any":
                wanted = frozenset()
            case _:
                return Move(step="audience", args=here(one))
        move = stored(scene, replace(one.content, audience=_with(audience, key, wanted)), "choose")
        return replace(move, args={**move.args, "by": key})

    def help(self, scene: Scene) -> Line:
        """How conditions work together."""
        return line("composing/audience_help")


def _rows(scene: Scene, audience: Audience) -> tuple[Row, ...]:
    switches = (
        _switch(scene, "people", "audience_people", on=audience.people),
        _switch(scene, "chats", "audience_chats", on=audience.chats),
    )
    keys = _offered(scene)
    conditions = tuple(button(f"by:{key}", _KEYS[key]) for key in keys)
    councils: Row = (button("audience_councils"),) if council_of(scene) is None else ()
    pairs = tuple(conditions[nth : nth + 2] for nth in range(0, len(conditions), 2))
    return (switches, councils, *pairs, (button("comp_done"),))


def _switch(scene: Scene, name: str, key: str, *, on: bool) -> Button:
    words = scene.know.texts.label(key, scene.language)
    return button(name, "part_on" if on else "part_off", words=words)


def _choice(
    scene: Scene, audience: Audience, key: str, value: str, words: str, *, on: bool
) -> Button:
    alone = count(scene, _with(audience, key, frozenset({value}))).all
    return button(f"turn:{value}", "part_on" if on else "part_off", words=f"{words} ({alone})")


def _offered(scene: Scene) -> tuple[str, ...]:
    """The conditions that make sense here."""
    whole = council_of(scene) is None
    return tuple(key for key in _CONDITIONS if whole or key not in _OF_ALL)


def _key(scene: Scene) -> str:
    wanted = scene.text("by")
    return wanted if wanted in _offered(scene) else "roles"


def _picked(audience: Audience, key: str) -> frozenset[str]:
    return frozenset(str(one) for one in getattr(audience, _CONDITIONS[key].field))


def _with(audience: Audience, key: str, values: frozenset[str]) -> Audience:
    types: dict[str, Callable[[str], object]] = {"roles": Role, "clocks": ClockState}
    made = types.get(key, str)
    return replace(audience, **{key: frozenset(made(one) for one in values)})


def _said(scene: Scene, key: str, audience: Audience) -> list[str]:
    picked = _picked(audience, key)
    return [words for value, words in _CONDITIONS[key].choices(scene) if value in picked]


def _places(scene: Scene, audience: Audience) -> list[str]:
    if council_of(scene) is not None:
        return []
    keys = {one.council: one.ags for one in scene.state.broadcasts.public.circles}
    found = (keys[one] for one in audience.councils if one in keys)
    return sorted(place_name(scene, ags) for ags in found)[:_NAMED]


STEPS: dict[str, Step] = {"audience": ToWhom(), "choose": Choose()}
