"""Documents that people sent, fetched from Telegram (getFile): bounded, and never on behalf of a
file that is bigger than what it is wanted for."""

from bot.telegram.transport import LARGEST_FILE, RefusedError, Transport, UnreachableError


class FileLostError(Exception):
    """Telegram does not give it (any more), or it is too large."""


class Files:
    """Fetches documents by Telegram's id of them."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def fetch(self, file: str, most: int = LARGEST_FILE) -> bytes:
        """The content. Raises FileLostError, and UnreachableError when it may be there later."""
        try:
            found = await self._transport.call("getFile", {"file_id": file})
            if not isinstance(found, dict) or not isinstance(path := found.get("file_path"), str):
                raise FileLostError("no path")
            return await self._transport.download(path, most=most)
        except RefusedError as error:
            if error.code in (401, 429):
                raise UnreachableError(error.description, reached=False) from None
            raise FileLostError(error.description) from None
