"""From one part of the profile to the next: the set-up in its order, or back to the card."""

from dataclasses import replace

from conversations.flows.council.parts import ORDER, administers, missing, profile_of
from conversations.flows.flow import Line, Move, Row, Scene, button, line

_SETUP = "setup"


def setting_up(scene: Scene) -> bool:
    """Whether the parts are asked one after the other."""
    return bool(scene.args.get(_SETUP))


def progress(scene: Scene, part: str) -> tuple[int, int]:
    """Which of how many parts this is; (0, 0) outside the set-up."""
    return (ORDER.index(part) + 1, len(ORDER)) if setting_up(scene) else (0, 0)


def beginning(scene: Scene) -> Move:
    """Into the set-up: at the names of a council nobody filled yet, else at the first gap."""
    gaps = missing(profile_of(scene))
    fresh = set(ORDER[1:]) <= set(gaps)
    step = ORDER[0] if fresh or not gaps else gaps[0]
    return Move(step=step, args={_SETUP: 1})


def onward(scene: Scene, move: Move, part: str) -> Move:
    """After a part: the next one still unknown, or the profile card."""
    after = scene.at(move)
    if not setting_up(scene):
        return _to(move, "profile")
    gaps = [one for one in ORDER[ORDER.index(part) + 1 :] if one in missing(profile_of(after))]
    if gaps:
        return _to(move, gaps[0], setup=1)
    done = line("council/set_up") if not missing(profile_of(after)) else None
    return _to(move, "profile", hint=done)


def before(scene: Scene, part: str) -> Move:
    """Back from a part: to the one before it, or to the profile card."""
    place = ORDER.index(part)
    if not setting_up(scene) or place == 0:
        return Move(step="profile")
    return Move(step=ORDER[place - 1], args={_SETUP: 1})


def staying(scene: Scene, **args: str | int) -> dict[str, str | int]:
    """Arguments for another card of the same part: the set-up goes on."""
    return {_SETUP: 1, **args} if setting_up(scene) else dict(args)


def skipping(scene: Scene, *, known: bool) -> tuple[Row, ...]:
    """Below a question: what is there may stay or go; in the set-up it may stay open."""
    if known:
        return ((button("skip", "keep"), button("clear")),)
    return ((button("skip"),),) if setting_up(scene) else ()


def pending(scene: Scene) -> int:
    """How many parts are still unknown; nothing is said of it to those who can't give them."""
    return len(missing(profile_of(scene))) if administers(scene) else 0


def _to(move: Move, step: str, hint: Line | None = None, **args: int) -> Move:
    return replace(move, step=step, args=args, hint=hint or move.hint)
