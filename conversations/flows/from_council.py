"""What a letter takes over from the member's council, and how it follows when that changes.

What a member changes in one letter counts for that letter only; the profile is its admins'.
"""

from dataclasses import fields, replace
from datetime import date

from conversations.core import Draft, DraftState
from conversations.flows.flow import Scene
from conversations.rules.answers import Answers, Council, Person, Route
from conversations.rules.definition import Definition, Kind
from conversations.rules.municipalities import Municipality
from conversations.rules.profile import CouncilRule, Form, PaperKind, Profile
from conversations.standing import StoredCouncil

_KINDS = {Kind.INQUIRY: PaperKind.INQUIRY, Kind.MOTION: PaperKind.MOTION}


def council_of(scene: Scene) -> StoredCouncil | None:
    """The council a new letter starts from: the one in hand, if the register knows its place."""
    council = scene.state.council
    known = council is not None and scene.know.register.get(council.profile.ags) is not None
    return council if known else None


def profile_of(scene: Scene, draft: Draft) -> Profile | None:
    """The profile of a draft's council while that is the one in hand; others are not loaded."""
    council = scene.state.council
    return council.profile if council is not None and council.id == draft.council else None


def rule_of(scene: Scene, definition: Definition) -> CouncilRule:
    """What the council in hand says about papers of this kind; empty for a draft of another one,
    and for a letter that leaves the municipality."""
    profile = profile_of(scene, scene.draft)
    if profile is None or scene.answers.route is Route.DISTRICT:
        return CouncilRule()
    return profile.rules.get(_KINDS[definition.kind], CouncilRule())


def by_email(rule: CouncilRule) -> bool:
    """Whether a paper may be handed in by e-mail; where nothing is said, it may."""
    return not rule.forms or Form.EMAIL in rule.forms


def taken(profile: Profile, kind: Kind, day: date) -> Council:
    """What a paper of this kind takes over, written on a day. Where e-mail does not count, no
    address stands in the e-mail draft and the calendar."""
    council = profile.for_letters(_KINDS[kind], day)
    rule = profile.rules.get(_KINDS[kind], CouncilRule())
    return council if by_email(rule) else replace(council, office_email="")


def to_its_head(council: Council, route: Route, place: Municipality, head: Person) -> Council:
    """A town's letter to the Kreis goes to the `head` of the Kreis, whom no profile knows."""
    leaves = route is Route.DISTRICT and not place.is_district
    return replace(council, head=head) if leaves else council


def followed(scene: Scene, draft: Draft) -> Draft:
    """The draft after the changes its council made meanwhile: a new name, chair, rule or place.

    What the member set differently for this letter stays. A council that is not in hand, or
    whose place nobody knows, changes nothing; nor does any change a letter that is made.
    """
    profile, before = profile_of(scene, draft), draft.taken
    definition = scene.know.catalogue.pinned(draft.definition, draft.definition_version)
    if profile is None or before is None or definition is None or draft.state is DraftState.DONE:
        return draft
    now = taken(profile, definition.kind, draft.answers.dated or scene.today)
    place = scene.know.register.get(now.ags)
    fitting = _fitting(scene, definition, place, draft.answers.route) if place else None
    if now == before or place is None or fitting is None:
        return draft
    if fitting.id != definition.id:
        draft = replace(draft, definition=fitting.id, definition_version=fitting.version)
    answers = _after(draft.answers, before, now, fitting.route, place)
    return replace(draft, taken=now, answers=answers)


def _fitting(
    scene: Scene, definition: Definition, place: Municipality, route: Route
) -> Definition | None:
    """The paper's variant for the place: on the same route, else on the one there is."""
    catalogue, paper = scene.know.catalogue, definition.paper
    ways = (route, *catalogue.routes(paper, place))
    found = (catalogue.variant_for(paper, place, way) for way in ways)
    return next((variant for variant in found if variant is not None), None)


def _after(
    answers: Answers, before: Council, now: Council, route: Route, place: Municipality
) -> Answers:
    """The answers with what the council says now; a town's profile knows no head of the Kreis."""
    own = answers.council
    moved, elsewhere = own.ags != now.ags, answers.route is Route.DISTRICT and not place.is_district
    head = Person() if moved else own.head
    if elsewhere:
        own = replace(own, head=before.head)
    council = to_its_head(_merged(own, before, now), route, place, head)
    if moved:
        answers = replace(answers, meeting=None, deadline=None)
    return replace(answers, council=council, route=route)


def _merged(own: Council, before: Council, now: Council) -> Council:
    """`now`, but for what the letter had of its own."""
    names = (field.name for field in fields(Council))
    kept = {n: getattr(own, n) for n in names if getattr(own, n) != getattr(before, n)}
    return replace(now, **kept)
