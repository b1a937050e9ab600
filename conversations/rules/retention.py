"""How long things are kept: the one place for these periods (docs/privacy.md says the same)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

INVITATION: Final = timedelta(days=7)
"""After its expiry, used or not."""
DRAFT: Final = timedelta(days=90)
"""After it was touched last."""
NOTE: Final = timedelta(days=7)
"""Before an idle draft goes, its person is told."""
GRACE: Final = timedelta(hours=24)
"""Between that note and the end of the draft, however late the note came."""
SEAT: Final = timedelta(days=30)
"""After a person left a council: time to come back, or to put a mistake right."""
CONSENT: Final = timedelta(days=30)
"""After the consent was taken back."""

DELIVERY: Final = timedelta(days=365)
"""After it was due, whatever became of it."""
BROADCAST: Final = timedelta(days=365)
"""After its end, with all answers to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The moments before which something is old enough to go."""

    invitation: datetime
    draft: datetime
    note: datetime
    seat: datetime
    consent: datetime
    delivery: datetime
    broadcast: datetime


def limits(now: datetime) -> Limits:
    """What goes now: whatever ended, or was touched last, before these moments."""
    return Limits(
        invitation=now - INVITATION,
        draft=now - DRAFT,
        note=now - (DRAFT - NOTE),
        seat=now - SEAT,
        consent=now - CONSENT,
        delivery=now - DELIVERY,
        broadcast=now - BROADCAST,
    )


def draft_goes(touched: datetime, told: datetime) -> datetime:
    """When a draft goes of which somebody is told at this moment."""
    return max(touched + DRAFT, told + GRACE)
