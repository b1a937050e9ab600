"""A clock that can be moved: the demo's "14 days on". It must not be read for measuring time."""

from datetime import UTC, datetime, timedelta


class MovableClock:
    """Real time plus an offset; `now` is what the engine and, in the demo, the bot go by."""

    __slots__ = ("_offset",)

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self._offset = offset

    @property
    def offset(self) -> timedelta:
        """How far the clock is ahead of real time."""
        return self._offset

    def now(self) -> datetime:
        """The shifted time: aware, UTC."""
        return datetime.now(UTC) + self._offset

    def stamp(self) -> int:
        """The shifted time in whole seconds since 1970, as the Bot API writes dates."""
        return int(self.now().timestamp())

    def set_offset(self, offset: timedelta) -> None:
        """Put the clock `offset` ahead of (or, negative, behind) real time."""
        self._offset = offset

    def move(self, step: timedelta) -> None:
        """Move the clock by `step` from where it stands."""
        self._offset += step
