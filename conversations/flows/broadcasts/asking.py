"""What is asked once before it is done: stopping a broadcast, deleting it everywhere."""

from conversations.broadcasts import OPEN, Broadcast
from conversations.broadcasts.telling import title
from conversations.deeds import Cancel, Retract
from conversations.flows.broadcasts.one import here, may_retract
from conversations.flows.broadcasts.shown import chosen, gone
from conversations.flows.flow import Card, Line, Move, Scene, Step, button, line


class StopIt(Step):
    """Whether the rest shall never go out."""

    def card(self, scene: Scene) -> Card:
        """How many would not get it."""
        one = chosen(scene)
        if one is None:
            return gone()
        values = {"title": title(scene.know, one, scene.language), "one": one}
        rows = ((button("cast_stop_yes"),), (button("cast_stop_no"),))
        return Card(line=line("broadcasts/stop", **values), rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Stopped, or all as it was."""
        one = chosen(scene)
        if one is None:
            return _away(name)
        if name != "cast_stop_yes":
            return Move(step="one", args=here(one))
        if one.stage not in OPEN:
            return _moved_on(one)
        deeds = (Cancel(id=one.id, council=one.council),)
        return Move(step="one", args=here(one), deeds=deeds, hint=line("broadcasts/stopped"))

    def help(self, scene: Scene) -> Line:
        """What becomes of what."""
        return line("broadcasts/help")


class TakeBack(Step):
    """Whether it shall go from every chat."""

    def card(self, scene: Scene) -> Card:
        """What Telegram allows."""
        one = chosen(scene)
        if one is None:
            return gone()
        values = {"title": title(scene.know, one, scene.language), "one": one}
        rows = ((button("cast_retract_yes"),), (button("cast_retract_no"),))
        return Card(line=line("broadcasts/retract", **values), rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Deleted everywhere, or all as it was."""
        one = chosen(scene)
        if one is None:
            return _away(name)
        if name != "cast_retract_yes":
            return Move(step="one", args=here(one))
        if not may_retract(one, scene.state.now):
            return _moved_on(one)
        deeds = (Retract(id=one.id, council=one.council),)
        return Move(step="one", args=here(one), deeds=deeds, hint=line("broadcasts/retracted"))

    def help(self, scene: Scene) -> Line:
        """What becomes of what."""
        return line("broadcasts/help")


def _moved_on(one: Broadcast) -> Move:
    return Move(step="one", args=here(one), hint=line("broadcasts/moved_on"))


def _away(name: str) -> Move:
    return Move(flow="home", step="home") if name == "home" else Move(step="list")


STEPS: dict[str, Step] = {"stop": StopIt(), "retract": TakeBack()}
