"""Meetings from a calendar: a file that is sent, or an address that is followed from then on.

What it holds is shown before it is taken; which of its names are this council is asked once.
"""

from collections import Counter
from typing import Final

from conversations.agenda import CalendarSource, Origin, ReadCalendar
from conversations.deeds import Follow, Schedule
from conversations.events import Uploaded
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.flows.meetings.packed import pack, unpack
from conversations.flows.meetings.shown import checked, council
from conversations.flows.pages import page
from conversations.rules.bodies import in_law
from conversations.rules.schedule import Merged, is_of, merge

_LONGEST: Final = 2000
"""Characters of an address."""
_PAGE: Final = 10
_SCHEMES: Final = ("https://", "http://", "webcal://")
_SHOWN: Final = 8
"""Meetings of a kind that are told one by one."""


class FromCalendar(Step):
    """A file or an address; what is followed already."""

    reads = True

    def card(self, scene: Scene) -> Card:
        """How to get it, and the ways with the calendar that is followed."""
        source = scene.state.agenda.source
        rows: tuple[Row, ...] = ()
        if source:
            rows = ((button("meet_look"),), (button("meet_unfollow"),))
        said = line(
            "meetings/calendar", source=source, checked=checked(scene), bodies=own_names(scene)
        )
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Another look now, or none any more."""
        source = scene.state.agenda.source
        if name == "meet_look" and source:
            return _look(source.url)
        if name == "meet_unfollow" and source:
            deed = Follow(council=council(scene), source=None)
            return Move(step="calendar", deeds=(deed,), hint=line("meetings/unfollowed"))
        return Move(step="list" if name == "back" else "calendar")

    def typed(self, scene: Scene, text: str) -> Move | None:
        """The address of a calendar."""
        address = text.strip("<> ")
        scheme = next((one for one in _SCHEMES if address.casefold().startswith(one)), None)
        if scheme is None or len(address.split()) != 1:
            return None
        if len(address) > _LONGEST or scheme == "http://":
            return Move(step="calendar", hint=line("meetings/only_https"))
        return _look(f"https://{address[len(scheme) :]}")

    def uploaded(self, scene: Scene, file: Uploaded) -> Move | None:
        """A file, read already."""
        return _arrived(scene, "")

    def looked(self, scene: Scene) -> Move | None:
        """The address was read."""
        return _arrived(scene, scene.text("url"))

    def expects(self, scene: Scene) -> Line:
        """A file or an address."""
        return line("meetings/expects_calendar")


def _look(url: str) -> Move:
    return Move(step="calendar", args={"url": url}, look=url, hint=line("meetings/looking"))


def _arrived(scene: Scene, url: str) -> Move:
    """On to the meetings of the council, or to the question which they are."""
    read = scene.state.calendar or ReadCalendar()
    if read.trouble:
        return Move(step="calendar", hint=line("meetings/trouble", what=read.trouble))
    if not read.events:
        hint = line("meetings/empty", skipped=read.skipped)
        return Move(step="calendar", hint=hint)
    own = [one for one in read.events if is_of(one.name, _known_names(scene, url))]
    packed = pack(read, own or read.events)
    return Move(step="take" if own else "body", args={"url": url, "read": packed})


class WhichBody(Step):
    """Which of the calendar's names is this council."""

    def card(self, scene: Scene) -> Card:
        """One button per name, those that sound like it first."""
        names = _names(unpack(scene.text("read")))
        now, turns = page(scene, names, _PAGE)
        rows = tuple((button(f"name:{names.index(name)}", text=name),) for name in now)
        said = line("meetings/body", count=len(names), bodies=own_names(scene))
        return Card(line=said, rows=(*rows, turns, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """One of them, or another file."""
        read = unpack(scene.text("read"))
        match name:
            case "page":
                return Move(step="body", args={**scene.args, "page": value})
            case "name":
                body = _names(read)[int(value)]
                packed = pack(read, [one for one in read.events if is_of(one.name, [body])])
                args = {"url": scene.text("url"), "read": packed, "body": body}
                return Move(step="take", args=args)
        return Move(step="calendar")


class Take(Step):
    """What the calendar changes, before it does."""

    def card(self, scene: Scene) -> Card:
        """How many are new, moved, cancelled or gone, and which."""
        merged, url = _merged(scene), scene.text("url")
        said = line(
            "meetings/take",
            merged=merged,
            most=_SHOWN,
            past=sum(one.day < scene.today for one in merged.new),
            url=url,
            followed=_follows(scene, url),
            skipped=unpack(scene.text("read")).skipped,
            names=sorted({one.name for one in unpack(scene.text("read")).events}),
        )
        follow = bool(url) and not _follows(scene, url)
        ways = [button("meet_follow")] if follow else []
        if (merged.kept or merged.dropped) and not follow:
            ways = [button("meet_take")]
        return Card(line=said, rows=(tuple(ways), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Taken over, or not."""
        if name not in {"meet_take", "meet_follow"}:
            return Move(step="calendar")
        merged, url = _merged(scene), scene.text("url")
        schedule = Schedule(council=council(scene), kept=merged.kept, dropped=merged.dropped)
        source = CalendarSource(
            url=url, bodies=tuple(_known_names(scene, url)), checked=scene.state.now
        )
        follow = Follow(council=council(scene), source=source)
        return Move(
            step="list",
            deeds=(
                *((schedule,) if merged.kept or merged.dropped else ()),
                *((follow,) if url else ()),
            ),
            hint=line("meetings/taken", merged=merged, followed=bool(url)),
        )


def own_names(scene: Scene) -> tuple[str, ...]:
    """What the council calls itself or did, then its names in law: all one body."""
    stored = scene.state.council
    own = [one.name for one in stored.profile.bodies] if stored else []
    law = [one.name for one in in_law(scene.know.letters.texts.frame)]
    return tuple(dict.fromkeys((*reversed(own), *reversed(law))))


def _known_names(scene: Scene, url: str) -> tuple[str, ...]:
    """The council's names, the one just chosen, and those that were chosen for this address."""
    source = scene.state.agenda.source
    before = source.bodies if source and url and source.url == url else ()
    chosen = (scene.text("body"),) if scene.text("body") else ()
    return tuple(dict.fromkeys((*chosen, *before, *own_names(scene))))


def _names(read: ReadCalendar) -> list[str]:
    """The calendar's names; those about integration first, then the most frequent."""
    counted = Counter(one.name for one in read.events)
    return sorted(counted, key=lambda name: (not _sounds_like(name), -counted[name], name))


def _sounds_like(name: str) -> bool:
    folded = name.casefold()
    return "integration" in folded or "chancenger" in folded


def _merged(scene: Scene) -> Merged:
    url = scene.text("url")
    return merge(
        scene.state.agenda.meetings,
        unpack(scene.text("read")),
        _known_names(scene, url),
        scene.today,
        origin=Origin.FEED if url else Origin.FILE,
        seed=scene.state.fresh,
    )


def _follows(scene: Scene, url: str) -> bool:
    source = scene.state.agenda.source
    return source is not None and source.url == url


STEPS: dict[str, Step] = {"calendar": FromCalendar(), "body": WhichBody(), "take": Take()}
