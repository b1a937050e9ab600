"""python-telegram-bot's public seam for HTTP, on our transport: its Bot speaks through it."""

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.telegram.transport import Transport, UnreachableError


class Request(BaseRequest):
    """Sends what `telegram.Bot` wants sent. The transport is opened and closed by its owner."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    @property
    def read_timeout(self) -> float | None:
        """Unknown here: the transport has its own."""
        return None

    async def initialize(self) -> None:
        """Nothing to do: the transport is open."""

    async def shutdown(self) -> None:
        """Nothing to do: the transport's owner closes it."""

    async def do_request(  # noqa: PLR0917 - the base's own
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body of one exchange; files go as multipart. Raises NetworkError, TimedOut."""
        name = url.rpartition("/")[2]
        try:
            if method == "GET":
                return 200, await self._transport.download(_file_path(url))
            return await self._transport.post(name, data=_form(request_data))
        except UnreachableError as error:
            if "Timeout" in str(error):
                raise TimedOut from None
            raise NetworkError(str(error)) from None


def _file_path(url: str) -> str:
    """What follows `/file/bot<token>/` in a file's address."""
    return url.partition("/file/bot")[2].partition("/")[2]


def _form(request_data: RequestData | None) -> aiohttp.FormData | None:
    if request_data is None or not request_data.parameters:
        return None
    form = aiohttp.FormData(default_to_multipart=request_data.contains_files)
    for key, value in request_data.json_parameters.items():
        form.add_field(key, value)
    if request_data.contains_files:
        for key, (name, content, mime) in request_data.multipart_data.items():
            form.add_field(key, content, filename=name, content_type=mime)
    return form
