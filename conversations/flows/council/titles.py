"""Names around a council as cards say them: its municipality, its name today, the head's title."""

from conversations.flows import placed
from conversations.flows.council.parts import profile_of
from conversations.flows.flow import Scene
from conversations.flows.naming import named
from conversations.rules.answers import Address, Person
from conversations.rules.municipalities import Municipality


def place_of(scene: Scene) -> Municipality | None:
    """The municipality of the council in hand; None when the register does not have it."""
    return scene.know.register.get(profile_of(scene).ags)


def place_name(scene: Scene) -> str:
    """The municipality with its title; its bare key when the register does not have it."""
    return placed.place_name(scene, profile_of(scene).ags)


def body_today(scene: Scene) -> str:
    """What the body is called today: its own name, or the one in law."""
    profile = profile_of(scene)
    return named(scene.know, profile.ags, scene.today, profile).body


def head_title(scene: Scene, person: Person) -> str:
    """The title of the head of the administration, for this person or both ways; empty when the
    municipality is unknown."""
    place = place_of(scene)
    if place is None:
        return ""
    title = scene.know.letters.texts.frame.head_title(place.kind)
    by_address = {Address.FRAU: title.frau, Address.HERR: title.herr}
    return by_address.get(person.address, f"{title.frau}/{title.herr}")


def head_office(scene: Scene) -> str:
    """To whom a letter to the head goes, both ways, with the articles; empty when unknown."""
    place = place_of(scene)
    frame = scene.know.letters.texts.frame
    return frame.head_title(place.kind).neutral if place else ""
