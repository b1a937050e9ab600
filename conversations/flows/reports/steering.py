"""The days on which the steering group (Lenkungsgruppe) met, for councils that count from them."""

from datetime import date, time

from conversations.deeds import Steer
from conversations.flows.calendar import PickDay
from conversations.flows.council.parts import council_of
from conversations.flows.flow import Line, Move, Row, Scene, Step, button, line
from conversations.rules import saying

_SHOWN = 4
_MOST = 60
"""Days that are kept; older ones decide nothing any more."""


class Steering(PickDay):
    """One more day is picked or typed; one of the latest goes with a press."""

    past = True

    def ask(self, scene: Scene) -> Line:
        """The days there are."""
        days = scene.state.agenda.steering
        return line("reports/steering", days=days[-_SHOWN:], doubt=bool(scene.text("doubt")))

    def others(self, scene: Scene) -> tuple[Row, ...]:
        """The latest ones can be taken out."""
        latest = scene.state.agenda.steering[-_SHOWN:]
        return tuple(
            (button(f"drop:{day}", "remove", words=saying.day(day, scene.language)),)
            for day in reversed(latest)
        )

    def take(self, scene: Scene, day: date, start: time | None) -> Move:
        """One more."""
        return _steered(scene, {*scene.state.agenda.steering, day})

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A day, another month, one out, or back."""
        match name:
            case "drop":
                return _steered(scene, {*scene.state.agenda.steering} - {date.fromisoformat(value)})
            case "back" if not scene.text("doubt"):
                return Move(step="list")
        return super().pressed(scene, name, value)


def _steered(scene: Scene, days: set[date]) -> Move:
    kept = tuple(sorted(days))[-_MOST:]
    if kept == scene.state.agenda.steering:
        return Move(step="steering")
    return Move(step="steering", deeds=(Steer(council=council_of(scene).id, days=kept),))


STEPS: dict[str, Step] = {"steering": Steering()}
