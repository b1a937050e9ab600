"""The municipality of a council: of a new one (operators), or another one (its admins)."""

from dataclasses import replace

from conversations.deeds import Found
from conversations.flows.council import parts
from conversations.flows.flow import Card, Line, Move, Scene, button, foot, line
from conversations.flows.place import FindPlace
from conversations.rules.bodies import in_law
from conversations.rules.municipalities import Municipality
from conversations.rules.profile import Profile
from conversations.standing import CouncilId


class Chosen(FindPlace):
    """A municipality is looked for, then shown once more before anything happens."""

    def sure(self, scene: Scene, place: Municipality) -> Line:
        """What will happen with this municipality."""
        raise NotImplementedError

    def settled(self, scene: Scene, place: Municipality) -> Move:
        """It happens."""
        raise NotImplementedError

    def card(self, scene: Scene) -> Card:
        """The question for the name; then for the last word."""
        place = scene.know.register.get(scene.text("chosen"))
        if place is None:
            return super().card(scene)
        rows = ((button("place_right"), button("place_other")),)
        return Card(line=self.sure(scene, place), rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """The last word, or the search."""
        place = scene.know.register.get(scene.text("chosen"))
        if place is not None and name == "place_right":
            return self.placed(scene, place) if taken(scene, place) else self.settled(scene, place)
        if name == "place_other" or (place is not None and name == "back"):
            return Move(step=scene.position.step)
        return super().pressed(scene, name, value)

    def placed(self, scene: Scene, place: Municipality) -> Move | None:
        """The question for the last word, unless the municipality has a council already."""
        step = scene.position.step
        if taken(scene, place):
            there = line("council/there", place=scene.know.letters.named(place))
            return Move(step=step, hint=there)
        return Move(step=step, args={"chosen": place.ags})


def taken(scene: Scene, place: Municipality) -> bool:
    """Whether the municipality has a council here, other than the one in hand."""
    return place.ags in scene.state.desk.taken - {_own(scene)}


def _own(scene: Scene) -> str:
    moving = scene.position.step == "place" and scene.state.council is not None
    return parts.profile_of(scene).ags if moving else ""


class FoundCouncil(Chosen):
    """A new council (operators)."""

    def ask(self, scene: Scene, ties: int) -> Line:
        """For which municipality."""
        return line("papers/place", ties=ties) if ties else line("council/found")

    def sure(self, scene: Scene, place: Municipality) -> Line:
        """Its municipality and the names it starts with."""
        return line(
            "council/found_sure",
            place=scene.know.letters.named(place),
            district=place.is_district,
            bodies=in_law(scene.know.letters.texts.frame),
        )

    def settled(self, scene: Scene, place: Municipality) -> Move:
        """The council begins; its first admin is to be invited."""
        council = CouncilId(scene.state.fresh)
        bodies = in_law(scene.know.letters.texts.frame)
        deed = Found(council=council, profile=Profile(ags=place.ags, bodies=bodies))
        hint = line("council/founded", place=scene.know.letters.named(place))
        args = {"of": council}
        return Move(flow="invitations", step="list", args=args, deeds=(deed,), hint=hint)

    def back(self, scene: Scene) -> Move | None:
        """To all councils."""
        return Move(flow="instance", step="councils")


class MovePlace(Chosen):
    """Another municipality for the council in hand: merged, renamed, or mistaken at first."""

    def ask(self, scene: Scene, ties: int) -> Line:
        """Which one it is today."""
        return line("papers/place", ties=ties) if ties else line("council/place")

    def sure(self, scene: Scene, place: Municipality) -> Line:
        """What changes with it."""
        return line("council/place_sure", place=scene.know.letters.named(place))

    def settled(self, scene: Scene, place: Municipality) -> Move:
        """The council goes on with it; everything else stays."""
        new = replace(parts.profile_of(scene), ags=place.ags)
        return parts.amended(scene, "ags", new, Move(step="profile"))

    def back(self, scene: Scene) -> Move | None:
        """To the profile."""
        return Move(step="profile")


MOVING = {"place": MovePlace()}
FOUNDING = {"found": FoundCouncil()}
