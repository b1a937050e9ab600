"""One person of the council: the role there, and taking the seat away."""

from conversations.deeds import Appoint, Remove
from conversations.flows.flow import Card, Move, Row, Scene, Step, button, line
from conversations.flows.people.shown import alone, colleague, gone, name_of, shown
from conversations.standing import Colleague, CouncilId, Role


class OnePerson(Step):
    """Who somebody is in the council, and what an admin can do about it."""

    def card(self, scene: Scene) -> Card:
        """Role, function, since when; other buttons for oneself than for others."""
        one = colleague(scene)
        if one is None:
            return gone()
        said = line("people/person", one=shown(scene, one))
        own = one.person == scene.state.person
        return Card(
            line=said, rows=(*(_own() if own else _others(one)), (button("back"), button("home")))
        )

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Another role at once, the rest after a question."""
        one = colleague(scene)
        if one is None or name in {"back", "people_list"}:
            return Move(step="list")
        match name:
            case "make_admin":
                return _appointed(scene, one, Role.ADMIN)
            case "make_member":
                return _appointed(scene, one, Role.MEMBER)
            case "step_down" | "remove_person" | "takeover":
                return Move(step=name, args=scene.args)
            case "home":
                return Move(flow="home", step="home")
            case "leave":
                return Move(flow="seats", step="leave")
        return None


class StepDown(Step):
    """The question before an admin gives the own role away."""

    def card(self, scene: Scene) -> Card:
        """What the person can do no longer; louder when nobody else could."""
        said = line("people/step_down", alone=alone(scene, scene.state.person))
        return Card(line=said, rows=((button("step_down_yes"), button("step_down_no")),))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A member from now on, or all as it was."""
        seat = scene.state.seat
        if name != "step_down_yes" or seat is None:
            return Move(step="person", args=scene.args)
        deed = Appoint(council=seat.council, person=scene.state.person, role=Role.MEMBER)
        hint = line("people/stepped_down")
        return Move(flow="home", step="home", deeds=(deed,), hint=hint)


class RemovePerson(Step):
    """The question before somebody loses the seat."""

    def card(self, scene: Scene) -> Card:
        """What that person loses, and what stays."""
        one = colleague(scene)
        if one is None:
            return gone()
        said = line("people/remove", name=name_of(scene, one))
        return Card(line=said, rows=((button("remove_person_yes"), button("remove_person_no")),))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """The seat ends, or nothing happened."""
        one = colleague(scene)
        if one is None:
            return Move(step="list")
        if name != "remove_person_yes":
            return Move(step="person", args=scene.args)
        deed = Remove(council=_council(scene), person=one.person)
        hint = line("people/removed", name=name_of(scene, one))
        return Move(step="list", deeds=(deed,), hint=hint)


def _own() -> tuple[Row, ...]:
    return ((button("step_down"),), (button("takeover"),), (button("leave"),))


def _others(one: Colleague) -> tuple[Row, ...]:
    other = "make_member" if one.role is Role.ADMIN else "make_admin"
    return ((button(other),), (button("takeover"),), (button("remove_person"),))


def _appointed(scene: Scene, one: Colleague, role: Role) -> Move:
    """The role from now on; when another admin was faster, only the card as it stands."""
    hint = line("people/appointed", name=name_of(scene, one), admin=role is Role.ADMIN)
    done = one.role is role
    deeds = () if done else (Appoint(council=_council(scene), person=one.person, role=role),)
    return Move(step="person", args=scene.args, deeds=deeds, hint=hint)


def _council(scene: Scene) -> CouncilId:
    """The council in hand; the flow is open to nobody without."""
    assert scene.state.seat is not None
    return scene.state.seat.council


STEPS = {"person": OnePerson(), "step_down": StepDown(), "remove_person": RemovePerson()}
