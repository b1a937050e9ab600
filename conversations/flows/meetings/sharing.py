"""The council's meetings as a calendar to subscribe to: a secret link, shown once, revocable."""

import hashlib

from conversations.core import Say, Screen
from conversations.deeds import OpenFeed
from conversations.flows.flow import Card, Move, Scene, Step, button, line
from conversations.flows.meetings.shown import council


class Feed(Step):
    """Whether a link is open, and a new one."""

    def card(self, scene: Scene) -> Card:
        """What the link shows, and to whom."""
        opened, feeds = scene.state.agenda.feed, scene.know.house.feeds
        rows = (
            ((button("meet_feed_new" if opened else "meet_feed_open"),) if feeds else ()),
            ((button("meet_feed_close"),) if opened else ()),
            (button("meet_list"),),
        )
        return Card(line=line("meetings/feed", opened=opened, offered=bool(feeds)), rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A new link, in a message of its own; or none any more."""
        match name:
            case "meet_feed_open" | "meet_feed_new" if scene.know.house.feeds:
                return _opened(scene)
            case "meet_feed_close":
                deed = OpenFeed(council=council(scene), token_hash="")
                return Move(step="feed", deeds=(deed,), hint=line("meetings/feed_closed"))
        return Move(step="list")


def _opened(scene: Scene) -> Move:
    token = scene.state.secret
    deed = OpenFeed(council=council(scene), token_hash=hashlib.sha256(token.encode()).hexdigest())
    link = f"{scene.know.house.feeds.rstrip('/')}/{token}.ics"
    html = scene.say(line("meetings/feed_link", link=link))
    hint = line("meetings/feed_opened")
    return Move(step="feed", deeds=(deed,), replies=(Say(screen=Screen(html=html)),), hint=hint)


STEPS: dict[str, Step] = {"feed": Feed()}
