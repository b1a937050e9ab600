"""What shows broadcasts to those who send them; built where the bot speaks unasked."""

from dataclasses import dataclass

from bot.ground import Ground
from bot.telegram.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcasting:
    """What runs beside the turns."""

    progress: Progress


def broadcasting_of(ground: Ground) -> Broadcasting | None:
    """Built of the ground; None where nothing is sent but answers."""
    know = ground.plan.know
    if know is None:
        return None
    progress = Progress(
        store=ground.store,
        codec=ground.codec,
        outbox=ground.outbox,
        know=know,
        now=ground.plan.now,
    )
    return Broadcasting(progress=progress)
