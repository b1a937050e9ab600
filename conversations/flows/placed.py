"""A council told by its place, as lists and short lines do."""

from conversations.flows.flow import Scene


def place_name(scene: Scene, ags: str) -> str:
    """The municipality with its title; its key when the register knows it no longer."""
    place = scene.know.register.get(ags)
    return scene.know.letters.named(place) if place else ags


def place_in_hand(scene: Scene) -> str:
    """The place of the council in hand; empty without one."""
    seat = scene.state.seat
    return place_name(scene, seat.ags) if seat else ""
