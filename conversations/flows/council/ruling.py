"""What all cards of a rule share: which rule it is, and what follows from an answer."""

from dataclasses import dataclass, replace

from conversations.flows.council.parts import RULE, administers, amended, profile_of
from conversations.flows.council.ways import staying
from conversations.flows.flow import Move, Scene, line
from conversations.rules.profile import CouncilRule, PaperKind
from conversations.rules.rule_parts import RulePart, changed

_KINDS = frozenset(kind.value for kind in PaperKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A rule in hand."""

    kind: PaperKind
    rule: CouncilRule

    @property
    def sending(self) -> bool:
        """Whether something is sent (the invitation) and not filed."""
        return self.kind is PaperKind.INVITATION


def ruled(scene: Scene, kind: PaperKind | None = None) -> Ruled:
    """The rule in hand, or another one of the council; an empty one when nothing is known."""
    named = scene.text("kind")
    kind = kind or PaperKind(named if named in _KINDS else PaperKind.INQUIRY)
    return Ruled(kind=kind, rule=profile_of(scene).rules.get(kind, CouncilRule()))


def to_rule(scene: Scene, step: str = "rule", kind: PaperKind | None = None) -> Move:
    """To a card of the rule."""
    return Move(step=step, args=staying(scene, kind=(kind or ruled(scene).kind).value))


def take(scene: Scene, part: RulePart, value: str, step: str = "rule") -> Move:
    """What follows from an answer about one part; an empty one takes it away."""
    return amend(scene, changed(ruled(scene).rule, part, value), step)


def amend(scene: Scene, rule: CouncilRule, step: str = "rule") -> Move:
    """The rule in hand as it is from now on."""
    now, move = ruled(scene), to_rule(scene, step)
    if rule == now.rule or not administers(scene):
        return move
    profile = profile_of(scene)
    new = replace(profile, rules={**profile.rules, now.kind: rule})
    hint = line("rules/unchecked") if now.rule.checked and not rule.checked else None
    return amended(scene, f"{RULE}{now.kind}", new, replace(move, hint=hint))
