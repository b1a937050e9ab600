"""A new draft: from the council in hand, or from what the member told before; or a draft moved to
another place or route."""

from collections.abc import Iterator
from dataclasses import replace

from conversations.agenda import CouncilMeeting
from conversations.core import Draft, DraftId, Member
from conversations.flows.drafting import first_step
from conversations.flows.flow import Move, Scene, line
from conversations.flows.from_council import council_of, taken, to_its_head
from conversations.flows.signing import first_sender
from conversations.rules.answers import Answers, Council, Meeting, Person, Route
from conversations.rules.definition import Definition
from conversations.rules.municipalities import Municipality
from conversations.rules.schedule import next_in_time


def begin(scene: Scene, member: Member, place: Municipality, route: Route) -> Move:
    """Into the draft of the chosen paper; back to the menu where there is none for the place."""
    definition = scene.know.catalogue.variant_for(scene.text("paper"), place, route)
    if definition is None:
        hint = line("papers/not_for_place", place=scene.know.letters.named(place))
        return Move(flow="papers", step="paper", member=member, hint=hint, drop_draft=True)
    old = scene.draft if scene.text("draft") and scene.state.draft else None
    if old is not None:
        draft = _moved(scene, member, old, definition, place)
    else:
        draft = _new(scene, member, definition, place)
    title = f"{definition.title} – {_asked_name(scene, definition, place)}"
    draft = replace(draft, title=title, touched=scene.state.now)
    return replace(first_step(member, draft), flow="inquiry", draft=draft, member=member)


def _new(scene: Scene, member: Member, definition: Definition, place: Municipality) -> Draft:
    council = council_of(scene)
    whole = taken(council.profile, definition.kind, scene.today) if council else None
    if council and whole:
        answers = _from_council(scene, council.id, whole, definition, place)
    else:
        answers = Answers(
            council=_remembered(member, definition.route),
            sender=member.sender,
            meeting=_ahead(scene, member.meeting),
        )
    if chosen := _chosen_meeting(scene):
        answers = replace(answers, meeting=chosen)
    return Draft(
        id=DraftId(scene.state.fresh),
        definition=definition.id,
        definition_version=definition.version,
        title="",
        answers=replace(answers, route=definition.route),
        council=council.id if council else "",
        taken=whole,
        touched=scene.state.now,
    )


def _chosen_meeting(scene: Scene) -> Meeting | None:
    """The meeting the way here began with, from a reminder: argument "meeting"."""
    found = (one for one in scene.state.agenda.meetings if one.id == scene.text("meeting"))
    meeting = next(found, None)
    return _ahead(scene, as_meeting(meeting) if meeting else None)


def as_meeting(one: CouncilMeeting) -> Meeting:
    """A meeting of the council as a letter names it."""
    return Meeting(day=one.day, start=one.start, place=one.place)


def _from_council(
    scene: Scene, council: str, whole: Council, definition: Definition, place: Municipality
) -> Answers:
    """Everything of the council, its next meeting that a paper is in time for; else the meeting
    ahead and the head of the Kreis from the latest letter that was written in it."""
    meetings = (_ahead(scene, answers.meeting) for answers in _earlier(scene, council))
    head = next(_kreis_heads(scene, council, whole), Person())
    return Answers(
        council=to_its_head(whole, definition.route, place, head),
        sender=first_sender(scene, council, whole, definition.kind),
        meeting=_next_meeting(scene, whole, definition) or next(filter(None, meetings), None),
    )


def _next_meeting(scene: Scene, whole: Council, definition: Definition) -> Meeting | None:
    """The council's next meeting whose filing deadline can be met; the Kreis has others."""
    if definition.route is Route.DISTRICT:
        return None
    found = next_in_time(scene.state.agenda.meetings, whole.rule, scene.state.now)
    return as_meeting(found) if found else None


def _earlier(scene: Scene, council: str) -> Iterator[Answers]:
    return (draft.answers for draft in scene.state.drafts if draft.council == council)


def _kreis_heads(scene: Scene, council: str, whole: Council) -> Iterator[Person]:
    for answers in _earlier(scene, council):
        there = answers.route is Route.DISTRICT and answers.council.ags == whole.ags
        if there and answers.council.head.name:
            yield answers.council.head


def _moved(
    scene: Scene, member: Member, old: Draft, definition: Definition, place: Municipality
) -> Draft:
    """The draft in hand for another place or route; what was said of the old place's meeting
    goes."""
    answers = replace(
        old.answers, council=_moved_council(scene, member, old, definition, place),
        route=definition.route,
    )  # fmt: skip
    if old.answers.council.ags != place.ags:
        answers = replace(answers, meeting=None, deadline=None)
    return replace(
        old,
        definition=definition.id,
        definition_version=definition.version,
        answers=answers,
        step="",
        args={},
    )


def _moved_council(
    scene: Scene, member: Member, old: Draft, definition: Definition, place: Municipality
) -> Council:
    if not old.council or old.taken is None:
        return _remembered(member, definition.route)
    council = old.answers.council
    if old.answers.route is definition.route:
        return council
    head = next(_kreis_heads(scene, old.council, old.taken), Person())
    own = replace(council, head=old.taken.head)
    return to_its_head(own, definition.route, place, head)


def _remembered(member: Member, route: Route) -> Council:
    """What is remembered of the council; a letter to the Kreis goes to the head of the Kreis."""
    if route is Route.DISTRICT:
        return replace(member.council, head=member.district_head)
    return member.council


def _ahead(scene: Scene, meeting: Meeting | None) -> Meeting | None:
    return meeting if meeting and meeting.day >= scene.today else None


def _asked_name(scene: Scene, definition: Definition, place: Municipality) -> str:
    """Whose administration is asked, for the draft's title: a Kreis in full."""
    to_district = definition.route is Route.DISTRICT
    asked = (scene.know.register.district_of(place) if to_district else None) or place
    return scene.know.letters.named(asked) if asked.is_district else asked.name
