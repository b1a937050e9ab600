"""What the server refuses, in Telegram's own words (Bot API: error_code, description, parameters).

The words are matched by bots, so they stay exactly as Telegram writes them.
"""


class RefusedError(Exception):
    """A request that Telegram answers with `ok: false`."""

    def __init__(
        self,
        code: int,
        description: str,
        *,
        retry_after: int | None = None,
        migrate_to: int | None = None,
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to = migrate_to

    def fields(self) -> dict[str, object]:
        """The body of the answer."""
        body: dict[str, object] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        elif self.migrate_to is not None:
            body["parameters"] = {"migrate_to_chat_id": self.migrate_to}
        return body


def bad_request(words: str) -> RefusedError:
    """400: the request makes no sense to Telegram."""
    return RefusedError(400, f"Bad Request: {words}")


def forbidden(words: str) -> RefusedError:
    """403: the bot may not do this (any more)."""
    return RefusedError(403, f"Forbidden: {words}")


def conflict(words: str) -> RefusedError:
    """409: another poll or a webhook is in the way."""
    return RefusedError(409, f"Conflict: {words}")


def too_many_requests(seconds: int) -> RefusedError:
    """429: come back after `seconds`."""
    return RefusedError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def upgraded(to: int) -> RefusedError:
    """400: the group is a supergroup now, with the id `to`."""
    return RefusedError(
        400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to=to
    )
