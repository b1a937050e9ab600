"""What the cards of a letter say about the council it is written in."""

from dataclasses import dataclass
from datetime import date

from conversations.deeds import is_admin
from conversations.flows.drafting import Shown, definition_of
from conversations.flows.flow import Scene
from conversations.flows.from_council import by_email, profile_of, rule_of
from conversations.rules.answers import Filer, Route
from conversations.rules.profile import Form, Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """The council's part of a card. All of it is empty for a letter without a council."""

    missing: tuple[str, ...] = ()
    """What its admins have not entered: "chair", "head", "rule", "office_email"."""
    admin: bool = False
    """Whether the person enters it."""
    elsewhere: str = ""
    """Place of the draft's council, while another one is in hand."""
    by_council: bool = False
    """Whether the rule of the deadline is the council's, not the member's own word."""
    checked: date | None = None
    """When that rule was compared with its basis."""
    forms: tuple[Form, ...] = ()
    """How the paper may be handed in, where e-mail does not count."""
    signed: Signature | None = None
    """Whose signature it needs, if this letter needs one."""
    most: int | None = None
    """How many points are allowed, when this letter has more."""

    @classmethod
    def of(cls, scene: Scene) -> "Ours":
        """What there is to say about the draft in hand."""
        draft, active = scene.draft, scene.seat
        if not draft.council:
            return cls()
        rule = rule_of(scene, definition_of(scene))
        counted = scene.answers.council.rule
        ours = counted is not None and draft.taken is not None and counted == draft.taken.rule
        other = active is None or active.council != draft.council
        return cls(
            missing=_missing(scene),
            admin=is_admin(scene.state.standing, draft.council),
            elsewhere=Shown(scene=scene).place if other else "",
            by_council=ours,
            checked=rule.checked if ours else None,
            forms=() if by_email(rule) else rule.forms,
            signed=_signed(scene, rule.signature),
            most=_exceeded(scene, rule.most_questions),
        )


def _missing(scene: Scene) -> tuple[str, ...]:
    """What the letter lacks that stands in the profile of a council."""
    if profile_of(scene, scene.draft) is None:
        return ()
    answers, council = scene.answers, scene.answers.council
    own, chairs = answers.route is Route.OWN, answers.sender.filer is Filer.CHAIR
    lacking = {
        "chair": own and not chairs and not council.chair.name,
        "head": own and chairs and not council.head.name,
        "rule": own and council.rule is None,
        "office_email": own
        and not council.office_email
        and by_email(rule_of(scene, definition_of(scene))),
    }
    return tuple(name for name, lacks in lacking.items() if lacks)


def _signed(scene: Scene, signature: Signature | None) -> Signature | None:
    group = scene.answers.sender.filer is Filer.GROUP
    if signature is Signature.GROUP_CHAIR and not group:
        return None
    return None if signature is Signature.NONE else signature


def _exceeded(scene: Scene, most: int | None) -> int | None:
    return most if most is not None and Shown(scene=scene).count > most else None
