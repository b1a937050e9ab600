"""Whom the council's letters address: its chair, and the head of the administration."""

from dataclasses import replace

from conversations.flows.council.parts import CHAIR, HEAD, amended, digest, profile_of
from conversations.flows.council.titles import head_office, place_name
from conversations.flows.council.ways import before, onward, progress, skipping
from conversations.flows.entry import with_foot
from conversations.flows.flow import Card, Move, Scene, button
from conversations.flows.person import AskPerson
from conversations.rules.answers import Person
from conversations.rules.profile import Profile

_PROPOSED = 3
_QUESTIONS = {CHAIR: "council/chair", HEAD: "council/head"}


class Official(AskPerson):
    """The chair, or the head of the administration."""

    def __init__(self, part: str) -> None:
        self._part = part

    def question(self, scene: Scene) -> Card:
        """Who it is; the chair often is one of those who set the council up."""
        known = _person(profile_of(scene), self._part)
        names = self._proposed(scene)
        rows = tuple((button(f"who:{digest(name)}", text=name),) for name in names)
        return with_foot(
            _QUESTIONS[self._part],
            *rows,
            *skipping(scene, known=bool(known.name)),
            known=known,
            place=place_name(scene),
            title=head_office(scene),
            setup=progress(scene, self._part),
        )

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A proposed name, or on without one."""
        match name:
            case "who":
                names = {digest(one): one for one in self._proposed(scene)}
                return self.take(scene, names[value]) if value in names else None
            case "skip":
                return onward(scene, Move(step=self._part), self._part)
            case "clear":
                return self.put(scene, Person())
            case "back" if not scene.text("name"):
                return before(scene, self._part)
        return super().pressed(scene, name, value)

    def put(self, scene: Scene, person: Person) -> Move:
        """The person in the profile."""
        old = profile_of(scene)
        new = replace(old, chair=person) if self._part == CHAIR else replace(old, head=person)
        return onward(scene, amended(scene, self._part, new, Move(step=self._part)), self._part)

    def _proposed(self, scene: Scene) -> tuple[str, ...]:
        if self._part != CHAIR:
            return ()
        people = (one.badge.name for one in scene.state.desk.colleagues)
        known = {"", profile_of(scene).chair.name}
        return tuple(dict.fromkeys(name for name in people if name not in known))[:_PROPOSED]


def _person(profile: Profile, part: str) -> Person:
    return profile.chair if part == CHAIR else profile.head


STEPS = {CHAIR: Official(CHAIR), HEAD: Official(HEAD)}
