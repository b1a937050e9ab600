"""Who gets a broadcast: its conditions against the councils, people and chats there are; counts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from conversations.agenda import ChatKind
from conversations.broadcasts import Addressee, Audience, Circle, Public
from conversations.rules.knowledge import Knowledge

INQUIRY = "kim-anfrage"
"""The paper whose variants tell councils apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many a broadcast reaches."""

    people: int = 0
    groups: int = 0
    """Groups and topics."""
    channels: int = 0
    councils: int = 0

    @property
    def chats(self) -> int:
        """All that are not private."""
        return self.groups + self.channels

    @property
    def all(self) -> int:
        """Every recipient."""
        return self.people + self.chats


def placed(know: Knowledge, public: Public) -> Public:
    """The same, each council with its kind of municipality and the inquiry's variant there."""
    circles = (_placed(know, one) for one in public.circles)
    return replace(public, circles=tuple(circles))


def _placed(know: Knowledge, circle: Circle) -> Circle:
    place = know.register.get(circle.ags)
    if place is None:
        return replace(circle, kind="", variant="")
    variant = know.catalogue.variant_for(INQUIRY, place)
    return replace(circle, kind=place.kind, variant=variant.id if variant else "")


def matches(audience: Audience, circle: Circle) -> bool:
    """Whether the council meets every condition that is about councils."""
    return (
        _within(circle.council, audience.councils)
        and _within(circle.kind, audience.kinds)
        and _within(circle.variant, audience.variants)
        and _within(circle.clock, audience.clocks)
    )


def chosen(audience: Audience, public: Public) -> tuple[Addressee, ...]:
    """Who gets it, in their order. A chat (or a topic of it) stands here once, for the first of
    its councils that fits; roles and languages judge people only."""
    fitting = {one.council for one in public.circles if matches(audience, one)}
    found: dict[tuple[int, int | None], Addressee] = {}
    for one in public.addressees:
        if one.council in fitting and _meant(audience, one):
            found.setdefault((one.chat, one.thread), one)
    return tuple(found.values())


def counted(addressees: Iterable[Addressee]) -> Counted:
    """How many they are, by kind."""
    people = groups = channels = 0
    councils = set()
    for one in addressees:
        councils.add(one.council)
        people += one.person is not None
        channels += one.person is None and one.kind is ChatKind.CHANNEL
        groups += one.person is None and one.kind is not ChatKind.CHANNEL
    return Counted(people=people, groups=groups, channels=channels, councils=len(councils))


def sample(addressees: Sequence[Addressee], most: int = 5) -> tuple[str, ...]:
    """Some of the names that the reader may see, from all over the list; each once."""
    names = tuple(dict.fromkeys(one.name for one in addressees if one.name))
    if len(names) <= most:
        return names
    return tuple(names[place * len(names) // most] for place in range(most))


def _meant(audience: Audience, one: Addressee) -> bool:
    if one.person is None:
        return audience.chats
    return (
        audience.people
        and _within(one.role, audience.roles)
        and _within(one.language, audience.languages)
    )


def _within(value: object, wanted: Collection[object]) -> bool:
    return not wanted or value in wanted
