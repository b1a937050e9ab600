"""A message to many by python-telegram-bot: `loop` with a short sleep, `gather` through its
AIORateLimiter as it comes, or `retry` with five retries. Prints what went wrong as JSON."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable

from telegram import Bot
from telegram.ext import AIORateLimiter, ApplicationBuilder

from bench.bots.mass import Job, Report, reported

_PAUSE = 0.05
Send = Callable[[int], Awaitable[object]]


async def _loop(job: Job, report: Report) -> None:
    """One after the other; whoever meets an error goes on with the next."""
    async with Bot(job.token, base_url=job.base) as bot:
        report.begin()
        for chat in job.chats:
            try:
                await bot.send_message(chat, job.text)
            except Exception as error:
                report.error(error)
            await asyncio.sleep(_PAUSE)


async def _gather(job: Job, report: Report, retries: int) -> None:
    """All at once; the limiter lets them through."""
    limiter = AIORateLimiter(max_retries=retries)
    builder = ApplicationBuilder().token(job.token).base_url(job.base).rate_limiter(limiter)
    async with builder.build().bot as bot:
        report.begin()
        sending = (bot.send_message(chat, job.text) for chat in job.chats)
        for found in await asyncio.gather(*sending, return_exceptions=True):
            if isinstance(found, BaseException):
                report.error(found)


def main() -> None:
    """Send as the first argument says."""
    logging.disable(logging.CRITICAL)
    how, *rest = sys.argv[1:]
    job = Job.of(rest)
    with reported() as report:
        match how:
            case "loop":
                asyncio.run(_loop(job, report))
            case "gather":
                asyncio.run(_gather(job, report, 0))
            case _:
                asyncio.run(_gather(job, report, 5))


if __name__ == "__main__":
    main()
