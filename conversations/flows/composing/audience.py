"""To whom a broadcast goes: the conditions, each with its count at once."""

from dataclasses import replace

from conversations.broadcasts import Audience
from conversations.flows.broadcasts.shown import excerpt
from conversations.flows.composing.conditions import (
    KEYS,
    choices,
    offered,
    picked,
    said,
    with_values,
)
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
from conversations.rules.audience import counted, sample

_NAMED = 5
"""Names or places that are shown."""
_WORDS = 44
"""Characters of a choice, so that its number still stands on the button."""


class ToWhom(Step):
    """The audience in words, with its count and a few names."""

    def card(self, scene: Scene) -> Card:
        """All conditions; each opens its own card."""
        one = draft_of(scene)
        if one is None:
            return gone()
        audience, found = one.content.audience, reached(scene, one.content.audience)
        words = line(
            "composing/audience",
            audience=audience,
            conditions=[(key, said(scene, key, audience)) for key in offered(scene)],
            councils=_places(scene, audience),
            more=max(0, len(audience.councils) - _NAMED),
            reach=counted(found),
            names=sample(found, _NAMED),
            whole=council_of(scene) is None,
        )
        return Card(line=words, rows=(*_rows(scene, audience), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """People or chats on and off, a condition, or done."""
        one = draft_of(scene)
        if one is None:
            return away(name)
        audience = one.content.audience
        match name:
            case "people":
                return _set(scene, replace(audience, people=not audience.people))
            case "chats":
                return _set(scene, replace(audience, chats=not audience.chats))
            case "by" if value in offered(scene):
                return Move(step="choose", args={**here(scene, one), "by": value})
            case "audience_councils" if council_of(scene) is None:
                return Move(step="councils", args=here(scene, one))
        return Move(step="draft", args=here(scene, one))

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
        key, audience = _key(scene), one.content.audience
        chosen = picked(audience, key)
        rows = tuple(
            (_choice(scene, audience, (value, words), on=value in chosen),)
            for value, words in choices(scene, key)
        )
        none: Row = (button("audience_any"),) if chosen else ()
        words = line("composing/choose", by=key, reach=count(scene, audience))
        return Card(line=words, rows=(*rows, none, (button("comp_done"),), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """One on or off, all off, or back."""
        one = draft_of(scene)
        if one is None:
            return away(name)
        key, audience = _key(scene), one.content.audience
        match name:
            case "turn" if (turned := _values(scene, key).get(value)) is not None:
                wanted = picked(audience, key) ^ {turned}
            case "audience_any":
                wanted = frozenset()
            case _:
                return Move(step="audience", args=here(scene, one))
        move = _set(scene, with_values(audience, key, wanted), "choose")
        return replace(move, args={**move.args, "by": key})

    def help(self, scene: Scene) -> Line:
        """How conditions work together."""
        return line("composing/audience_help")


def _set(scene: Scene, audience: Audience, step: str = "audience") -> Move:
    one = draft_of(scene)
    assert one is not None
    return stored(scene, replace(one.content, audience=audience), step)


def _rows(scene: Scene, audience: Audience) -> tuple[Row, ...]:
    switches = (
        _switch(scene, "people", "audience_people", on=audience.people),
        _switch(scene, "chats", "audience_chats", on=audience.chats),
    )
    conditions = tuple(button(f"by:{key}", KEYS[key]) for key in offered(scene))
    councils: Row = (button("audience_councils"),) if council_of(scene) is None else ()
    pairs = tuple(conditions[nth : nth + 2] for nth in range(0, len(conditions), 2))
    return (switches, councils, *pairs, (button("comp_done"),))


def _switch(scene: Scene, name: str, key: str, *, on: bool) -> Button:
    words = scene.know.texts.label(key, scene.language)
    return button(name, "part_on" if on else "part_off", words=words)


def _choice(scene: Scene, audience: Audience, choice: tuple[str, str], *, on: bool) -> Button:
    value, words = choice
    alone = count(scene, with_values(audience, _key(scene), frozenset({value}))).all
    return button(
        f"turn:{_id(value)}",
        "part_on" if on else "part_off",
        words=f"{excerpt(words, _WORDS)} ({alone})",
    )


def _values(scene: Scene, key: str) -> dict[str, str]:
    return {_id(value): value for value, _ in choices(scene, key)}


def _id(value: str) -> str:
    """The value as part of a button's id, in which there are no blanks."""
    return value.replace(" ", "_")


def _key(scene: Scene) -> str:
    wanted = scene.text("by")
    return wanted if wanted in offered(scene) else "roles"


def _places(scene: Scene, audience: Audience) -> list[str]:
    if council_of(scene) is not None:
        return []
    keys = {one.council: one.ags for one in scene.state.broadcasts.public.circles}
    found = (keys[one] for one in audience.councils if one in keys)
    return sorted(place_name(scene, ags) for ags in found)[:_NAMED]


STEPS: dict[str, Step] = {"audience": ToWhom(), "choose": Choose()}
