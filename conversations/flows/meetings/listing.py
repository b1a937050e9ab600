"""The list of meetings: the coming ones, past ones on demand, and the ways to change them."""

from conversations.agenda import SendCalendar
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, line
from conversations.flows.meetings.adding import entered
from conversations.flows.meetings.shown import checked, coming, council, entry, past, shown
from conversations.flows.pages import page
from conversations.flows.placed import place_in_hand

_PAGE = 8
_WAYS = {"meet_add": "add", "meet_calendar": "calendar", "meet_feed": "feed", "meet_past": "past"}


class Coming(Step):
    """What lies ahead. A Ratsadmin can type days right here."""

    adds = True

    def card(self, scene: Scene) -> Card:
        """One button each; admins have the ways to add."""
        now, turns = page(scene, coming(scene), _PAGE)
        agenda, admin = scene.state.agenda, scene.state.administers
        said = line(
            "meetings/list",
            place=place_in_hand(scene),
            meetings=[shown(scene, one) for one in now],
            admin=admin,
            source=agenda.source,
            checked=checked(scene),
        )
        rows = (
            *((entry(scene, one),) for one in now),
            turns,
            *(((button("meet_add"), button("meet_calendar")),) if admin else ()),
            *_ways(scene),
            (button("home"),),
        )
        return Card(line=said, rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """One meeting, or on to adding, sharing, the past."""
        match name:
            case "one":
                return Move(step="one", args={"meeting": value})
            case "page":
                return Move(step="list", args={"page": value})
            case "meet_file":
                reply = SendCalendar(council=council(scene))
                return Move(step="list", args=scene.args, replies=(reply,))
            case "home":
                return Move(flow="home", step="home")
        return Move(step=_WAYS[name]) if name in _WAYS else Move(step="list")

    def typed(self, scene: Scene, text: str) -> Move | None:
        """Days to enter, from an admin."""
        return entered(scene, text, "list") if scene.state.administers else None

    def expects(self, scene: Scene) -> Line:
        """A day for admins, a button for the others."""
        return line("meetings/expects") if scene.state.administers else super().expects(scene)


def _ways(scene: Scene) -> tuple[Row, ...]:
    meetings, feeds = scene.state.agenda.meetings, scene.know.house.feeds
    file: Row = (button("meet_file"),) if meetings else ()
    feed: Row = (button("meet_feed"),) if feeds and scene.state.administers else ()
    before: Row = (button("meet_past"),) if past(scene) else ()
    return file, feed, before


class Past(Step):
    """What is over: KIM reports hang on it."""

    def card(self, scene: Scene) -> Card:
        """One button each, the latest first."""
        now, turns = page(scene, past(scene), _PAGE)
        said = line("meetings/past", meetings=[shown(scene, one) for one in now])
        entries = ((entry(scene, one),) for one in now)
        return Card(line=said, rows=(*entries, turns, (button("meet_list"),)))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """One meeting, another page, or back."""
        match name:
            case "one":
                return Move(step="one", args={"meeting": value})
            case "page":
                return Move(step="past", args={"page": value})
        return Move(step="list")


LIST = Coming()
STEPS: dict[str, Step] = {"list": LIST, "past": Past()}
