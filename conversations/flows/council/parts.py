"""The parts of a council's profile, and changing one of them without overwriting another's change.

A card remembers what it showed (`seen`), so that two admins at once are told apart by part.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from conversations.deeds import Amend, is_admin
from conversations.flows.flow import Move, Scene
from conversations.rules.profile import PaperKind, Profile
from conversations.standing import StoredCouncil

_DIGITS = 8
SEEN = "seen"
"""Argument of a step: what its card showed."""
RULE = "rule:"
NAMES, CHAIR, OFFICE, HEAD, GROUPS, RULES = "names", "chair", "office", "head", "groups", "rules"
REPORTING, REMINDING = "reporting", "reminding"
ORDER = (NAMES, CHAIR, OFFICE, HEAD, GROUPS, RULES)
"""What is asked about a new council, in this order; each may be skipped."""


def digest(value: object) -> str:
    """A short mark of a value, the same for equal values only."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:_DIGITS]


def parts(profile: Profile) -> Mapping[str, object]:
    """What two admins may change independently of each other; a rule of each kind for itself."""
    return {
        "ags": profile.ags,
        NAMES: profile.bodies,
        CHAIR: profile.chair,
        OFFICE: (profile.office_name, profile.office_address, profile.office_email),
        HEAD: profile.head,
        GROUPS: profile.groups,
        REPORTING: profile.reporting,
        REMINDING: (sorted(profile.reminding.kinds), profile.reminding.days, profile.reminding.at),
        **{f"{RULE}{kind.value}": profile.rules.get(kind) for kind in PaperKind},
    }


def present(profile: Profile, part: str) -> bool:
    """Whether anything is known of a part; of the rules when one of them can be counted."""
    if part == RULES:
        return any(rule.count for rule in profile.rules.values())
    if part in {CHAIR, HEAD}:
        return bool((profile.chair if part == CHAIR else profile.head).name)
    value = parts(profile)[part]
    return any(value) if isinstance(value, tuple) else bool(value)


def missing(profile: Profile) -> tuple[str, ...]:
    """The parts nobody gave yet, in their order."""
    return tuple(part for part in ORDER if not present(profile, part))


def council_of(scene: Scene) -> StoredCouncil:
    """The council in hand."""
    assert scene.state.council is not None
    return scene.state.council


def profile_of(scene: Scene) -> Profile:
    """The profile of the council in hand."""
    return council_of(scene).profile


def administers(scene: Scene) -> bool:
    """Whether the person may change the council in hand."""
    council = scene.state.council
    return council is not None and is_admin(scene.state.standing, council.id)


def amended(scene: Scene, what: str, profile: Profile, move: Move) -> Move:
    """The move with the change of one part; without one when everything stays as it is."""
    council = council_of(scene)
    if profile == council.profile:
        return move
    deed = Amend(council=council.id, revision=council.revision, profile=profile, what=what)
    return replace(move, deeds=(*move.deeds, deed))


def sight(council: StoredCouncil) -> str:
    """Which council a card showed, and a mark of each part: "<id> chair=… names=…"."""
    marks = (f"{part}={digest(value)}" for part, value in parts(council.profile).items())
    return " ".join((council.id, *marks))


def looking(scene: Scene) -> dict[str, str | int]:
    """Arguments for a card of a part in another dialogue: what it is going to show."""
    council = scene.state.council
    return {SEEN: sight(council)} if council else {}


def seen_otherwise(seen: str, council: StoredCouncil) -> frozenset[str]:
    """The parts that are not any more what the card showed."""
    shown = dict(mark.partition("=")[::2] for mark in seen.split()[1:])
    now = parts(council.profile)
    return frozenset(part for part, mark in shown.items() if digest(now.get(part)) != mark)


def of_another(seen: str, council: StoredCouncil) -> bool:
    """Whether the card showed another council."""
    return bool(seen) and not seen.startswith(f"{council.id} ")
