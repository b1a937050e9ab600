"""What a council is called in the chat: the name of its body on the day, and its place."""

from conversations.flows.flow import Scene


def place_name(scene: Scene, ags: str) -> str:
    """The municipality with its title; its key when the register knows it no longer."""
    place = scene.know.register.get(ags)
    return scene.know.letters.named(place) if place else ags


def body_name(scene: Scene, council: str | None = None) -> str:
    """What the body calls itself today: the council in hand by its own name, others as in law."""
    known = scene.state.council
    named = known is not None and council in {None, known.id}
    own = known.profile.body_on(scene.today) if known and named else ""
    return own or scene.know.letters.texts.frame.body_on(scene.today).name


def hand_name(scene: Scene) -> str:
    """Body and place of the council in hand."""
    seat = scene.state.seat
    return f"{body_name(scene, seat.council)}, {place_name(scene, seat.ags)}" if seat else ""
