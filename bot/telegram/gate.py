"""The gate before the replies: nobody gets more cards than they can read.

At most two replies to typed messages go out at once within a window; later ones wait for a
moment of quiet, and only the newest card is sent then. Presses are always answered at once.
"""

import asyncio
from dataclasses import dataclass
from typing import Final

from bot.telegram.arrivals import LaneKey
from bot.telegram.gathering import Unit
from bot.telegram.handling import Handling
from bot.telegram.lanes import Again, Lanes, Named, Note, Quiet
from bot.telegram.looks import Seen
from bot.telegram.menu import Menus
from bot.telegram.rehearsals import Rehearsals, Rehearse, Tried
from bot.telegram.replies import Bundle, Replies, merged


@dataclass(frozen=True, slots=True, kw_only=True)
class Restraint:
    """Seconds and count of the gate; tests take shorter ones."""

    window: float = 10.0
    at_once: int = 2
    quiet: float = 0.8


_PRESENT: Final = Restraint()


class Gate:
    """What the lanes call; owns the replies that are held back."""

    def __init__(
        self,
        *,
        handling: Handling,
        replies: Replies,
        menus: Menus,
        rehearsals: Rehearsals | None = None,
        restraint: Restraint = _PRESENT,
    ) -> None:
        self._handling = handling
        self._replies = replies
        self._menus = menus
        self._rehearsals = rehearsals
        self._restraint = restraint
        self._held: dict[LaneKey, Bundle] = {}
        self._timers: dict[LaneKey, asyncio.TimerHandle] = {}
        self._unshown: set[LaneKey] = set()
        self._lanes: Lanes | None = None

    def attach(self, lanes: Lanes) -> None:
        """The lanes this gate stands behind."""
        self._lanes = lanes

    async def handle(self, key: LaneKey, unit: Unit) -> None:
        """Handle a unit and send its replies, or hold them back."""
        bundle = await self._handling.handle(unit)
        if bundle is None:
            return
        if bundle.onward is not None:
            person, event = bundle.onward
            self._there.put((person, person), Named(event))
        if (older := self._withdraw(key)) is not None:
            bundle = merged(older, bundle)
        if not unit.is_text or self._may_pass(key):
            await self._send(key, bundle)
        else:
            self._hold(key, bundle)
        if not unit.is_text and not bundle.shows:
            self._there.put(key, Again())  # perhaps an old button, since the card never came

    async def note(self, key: LaneKey, note: Note) -> None:
        """Quiet: send what was held back. Again: show the card that never got through. Seen, Tried:
        go on with what was asked for. Rehearse: the replies are out, show the broadcast."""
        match note:
            case Quiet():
                if key not in self._timers and (held := self._withdraw(key)) is not None:
                    await self._send(key, held)
            case Rehearse() if self._rehearsals is not None:
                self._rehearsals.begin(key, note)
            case Again() | Named():
                if (bundle := await self._told(key, note)) is not None:
                    await self._send(key, bundle)
            case Seen() | Tried():
                if (bundle := await self._handling.seen(key, note)) is not None:
                    older = self._withdraw(key)
                    await self._send(key, merged(older, bundle) if older else bundle)

    async def _told(self, key: LaneKey, note: Again | Named) -> Bundle | None:
        if isinstance(note, Named):
            return await self._handling.tell(key, note.event)
        return await self._handling.resume(key)

    def retry(self) -> None:
        """Show the cards again that could not be sent."""
        again, self._unshown = self._unshown, set()
        for key in again:
            self._there.put(key, Again())

    def close(self) -> None:
        """Forget what is held back: unacknowledged, it is shown after the restart."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    @property
    def _there(self) -> Lanes:
        assert self._lanes is not None
        return self._lanes

    async def _send(self, key: LaneKey, bundle: Bundle) -> None:
        if not await self._replies.send(bundle):
            self._unshown.add(key)
        await self._handling.finish(bundle.open)
        if bundle.suits is not None:
            await self._menus.suit(bundle.person, *bundle.suits)

    def _may_pass(self, key: LaneKey) -> bool:
        now = asyncio.get_running_loop().time()
        pace = self._there.pace(key)
        recent = tuple(t for t in pace.replies if now - t < self._restraint.window)
        passes = len(recent) < self._restraint.at_once
        pace.replies = (*recent, now) if passes else recent
        return passes

    def _hold(self, key: LaneKey, bundle: Bundle) -> None:
        self._held[key] = bundle
        loop = asyncio.get_running_loop()
        self._timers[key] = loop.call_later(self._restraint.quiet, self._quiet, key)

    def _withdraw(self, key: LaneKey) -> Bundle | None:
        if (timer := self._timers.pop(key, None)) is not None:
            timer.cancel()
        return self._held.pop(key, None)

    def _quiet(self, key: LaneKey) -> None:
        self._timers.pop(key, None)
        self._there.put(key, Quiet())
