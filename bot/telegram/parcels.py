"""Files and pictures to a chat: as one group where there are several, by Telegram's own copy
where it has one."""

from collections.abc import Sequence
from typing import Final

from bot.store.letters import StoredFile
from bot.telegram.outbox import Outbox
from bot.telegram.transport import Json, RefusedError, UnreachableError, Upload

_GROUP: Final = 10
"""Files in a group at most (Bot API, sendMediaGroup)."""


class Parcels:
    """Sends files. Raises RefusedError and UnreachableError."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    async def announce(self, chat: int, action: str) -> None:
        """Show that something is being made ready; not essential."""
        try:
            await self._outbox.call("sendChatAction", {"chat_id": chat, "action": action})
        except (RefusedError, UnreachableError):
            return

    async def files(self, chat: int, files: Sequence[StoredFile]) -> dict[str, str]:
        """Send documents; returns Telegram's own copies (file_id) by format."""
        known = any(file.file_id for file in files)
        try:
            return await self._documents(chat, files, reuse=True)
        except RefusedError as error:
            if not known or "file" not in error.description.casefold():
                raise
        return await self._documents(chat, files, reuse=False)

    async def pictures(self, chat: int, pages: Sequence[bytes]) -> None:
        """Send pictures, ten at most."""
        uploads = {
            f"page{n}": Upload(name=f"seite-{n}.png", mime="image/png", content=content)
            for n, content in enumerate(pages[:_GROUP], start=1)
        }
        await self._media(chat, "photo", {name: f"attach://{name}" for name in uploads}, uploads)

    async def _documents(
        self, chat: int, files: Sequence[StoredFile], *, reuse: bool
    ) -> dict[str, str]:
        uploads = {
            file.format: Upload(name=file.name, mime=file.mime, content=file.content)
            for file in files
            if not (reuse and file.file_id)
        }
        media = {
            file.format: (reuse and file.file_id) or f"attach://{file.format}" for file in files
        }
        sent = await self._media(chat, "document", media, uploads)
        return {
            form: file_id
            for form, message in zip(media, sent, strict=False)
            if (file_id := _file_id(message))
        }

    async def _media(
        self, chat: int, kind: str, media: dict[str, str], uploads: dict[str, Upload]
    ) -> Sequence[object]:
        if not media:
            return ()
        if len(media) == 1:
            ((name, address),) = media.items()
            params: Json = {"chat_id": chat}
            single = {}
            if name in uploads:
                single = {kind: uploads[name]}
            else:
                params[kind] = address
            method = "sendDocument" if kind == "document" else "sendPhoto"
            return (await self._outbox.call(method, params, single),)
        items = [{"type": kind, "media": address} for address in media.values()]
        sent = await self._outbox.call("sendMediaGroup", {"chat_id": chat, "media": items}, uploads)
        return sent if isinstance(sent, list) else ()


def _file_id(message: object) -> str | None:
    document = message.get("document") if isinstance(message, dict) else None
    found = document.get("file_id") if isinstance(document, dict) else None
    return found if isinstance(found, str) else None
