"""The lists and Fraktionen of a council: typed one per line, removed by a button."""

import re
from collections.abc import Iterable
from dataclasses import replace

from conversations.flows.council.parts import GROUPS, amended, digest, profile_of
from conversations.flows.council.ways import before, onward, progress, setting_up, staying
from conversations.flows.entry import Entry, with_foot
from conversations.flows.flow import Card, Line, Move, Row, Scene, button, line
from conversations.rules.texts import fold

MOST = 40
"""Lists and Fraktionen of one council."""
NAME = 100
"""Characters in the name of one."""
_PROPOSED = 4
_BULLET = re.compile(r"^\s*(?:[-–•*]|\d{1,2}[.)])\s+")


class Groups(Entry):
    """All on one card."""

    most = MOST * NAME
    lines = True

    def ask(self, scene: Scene) -> Card:
        """The lists there are, each with the way to remove it; those members already named."""
        now = profile_of(scene).groups
        proposed = tuple(
            (button(f"add:{digest(one)}", "groups_add", name=one),) for one in _proposed(scene)
        )
        there = tuple((button(f"drop:{digest(one)}", "remove", words=one),) for one in now)
        rows = (*_on(scene, known=bool(now)), *proposed, *there)
        return with_foot("council/groups", *rows, groups=now, setup=progress(scene, GROUPS))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """One goes or comes; or on."""
        now = profile_of(scene).groups
        match name:
            case "drop":
                return self._put(scene, tuple(one for one in now if digest(one) != value))
            case "add":
                named = tuple(one for one in _proposed(scene) if digest(one) == value)
                return self._put(scene, (*now, *named)[:MOST])
            case "skip" | "done":
                return onward(scene, Move(step=GROUPS), GROUPS)
            case "back":
                return before(scene, GROUPS)
        return super().pressed(scene, name, value)

    def take(self, scene: Scene, text: str) -> Move:
        """What fits is added; what does not is named."""
        now = profile_of(scene).groups
        typed = [_BULLET.sub("", one).strip(" ,;") for one in text.splitlines()]
        named = [one for one in typed if any(letter.isalpha() for letter in one)]
        if not named:
            return Move(step=GROUPS, args=scene.args, hint=self.expects(scene))
        short = [one for one in named if len(one) <= NAME]
        all_ = _each_once((*now, *short))
        move = self._put(scene, all_[:MOST])
        if len(short) < len(named):
            long = next(one for one in named if len(one) > NAME)
            return replace(move, hint=line("council/group_long", name=long[:400], most=NAME))
        if len(all_) > MOST:
            over = ", ".join(all_[MOST:])[:400]
            return replace(move, hint=line("council/groups_full", most=MOST, over=over))
        return move

    def expects(self, scene: Scene) -> Line:
        """Names."""
        return line("council/expects_groups")

    def _put(self, scene: Scene, groups: tuple[str, ...]) -> Move:
        new = replace(profile_of(scene), groups=groups)
        return amended(scene, GROUPS, new, Move(step=GROUPS, args=staying(scene)))


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    """The names in their order; the first spelling counts."""
    once: dict[str, str] = {}
    for one in names:
        once.setdefault(fold(one), one)
    return tuple(once.values())


def _on(scene: Scene, *, known: bool) -> tuple[Row, ...]:
    if setting_up(scene) and not known:
        return ((button("skip"),),)
    return ((button("done", "next" if setting_up(scene) else "done"),),)


def _proposed(scene: Scene) -> tuple[str, ...]:
    """Lists that people of the council gave as their own, and that are not here yet."""
    known = {fold(one) for one in ("", *profile_of(scene).groups)}
    given = (one.badge.group for one in scene.state.desk.colleagues)
    return tuple(dict.fromkeys(one for one in given if fold(one) not in known))[:_PROPOSED]


STEPS = {GROUPS: Groups()}
