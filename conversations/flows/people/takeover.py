"""A person goes on with a new Telegram account: an admin says which one, and answers for it."""

from conversations.deeds import TakeOver
from conversations.flows.flow import Card, Move, Scene, Step, button, foot, line
from conversations.flows.pages import page
from conversations.flows.people.shown import colleague, gone, name_of, others, shown
from conversations.standing import Colleague

_PAGE = 10


class NewAccount(Step):
    """Which of the other people is the new account."""

    def card(self, scene: Scene) -> Card:
        """How it is done, and who could be it: the latest to join first."""
        old = colleague(scene)
        if old is None:
            return gone()
        now, turns = page(scene, _candidates(scene, old), _PAGE)
        said = line(
            "people/takeover",
            name=name_of(scene, old),
            you=old.person == scene.state.person,
            people=[shown(scene, one) for one in now],
        )
        rows = (
            *((button(f"new:{one.person}", text=name_of(scene, one)),) for one in now),
            turns,
            (button("invite"),),
        )
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """On to the question, or back to the person."""
        person = {"person": scene.text("person")}
        match name:
            case "new":
                return Move(step="takeover_sure", args={**person, "new": value})
            case "page":
                return Move(step="takeover", args={**person, "page": value})
            case "invite":
                return Move(flow="invitations", step="list")
            case "people_list":
                return Move(step="list")
            case "back":
                return Move(step="person", args=person)
        return None


class Sure(Step):
    """The question before role, drafts and letters move."""

    def card(self, scene: Scene) -> Card:
        """Both by name, and that the admin should be certain."""
        old, new = colleague(scene), colleague(scene, "new")
        if old is None or new is None:
            return gone()
        said = line(
            "people/takeover_sure",
            old=shown(scene, old),
            new=shown(scene, new),
            names=(name_of(scene, old), name_of(scene, new)),
        )
        return Card(line=said, rows=((button("takeover_yes"), button("takeover_no")),))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Moved, or nothing happened."""
        old, new, seat = colleague(scene), colleague(scene, "new"), scene.state.seat
        if old is None or new is None or seat is None:
            return Move(step="list")
        if name != "takeover_yes":
            return Move(step="person", args={"person": scene.text("person")})
        deed = TakeOver(council=seat.council, old=old.person, new=new.person)
        hint = line("people/taken_over", name=name_of(scene, old))
        if old.person == scene.state.person:
            return Move(flow="home", step="home", deeds=(deed,), hint=hint)
        return Move(step="list", deeds=(deed,), hint=hint)


def _candidates(scene: Scene, old: Colleague) -> list[Colleague]:
    """Not the one who decides: nobody takes another person's letters to the own account."""
    rest = [one for one in others(scene) if one.person != old.person]
    return sorted(rest, key=lambda one: one.since, reverse=True)


STEPS = {"takeover": NewAccount(), "takeover_sure": Sure()}
