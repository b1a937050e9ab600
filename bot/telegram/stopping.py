"""Being told to end: known at once to whoever asks, and an event for those who wait."""

import asyncio


class Stop:
    """`asked` may be set from a signal handler, even while the loop is busy."""

    def __init__(self) -> None:
        self.asked = False
        self._event = asyncio.Event()

    def ask(self) -> None:
        """Begin nothing more, and come to an end. Called in the loop's thread."""
        self.asked = True
        self._event.set()

    async def wait(self) -> None:
        """Until it is asked for."""
        await self._event.wait()
