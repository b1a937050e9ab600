"""A message to many by aiogram, as most of its bots do it: one after the other with a short sleep,
waiting where Telegram asks for it. Prints what went wrong as JSON."""

import asyncio
import logging
import sys

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter

from bench.bots.mass import Job, Report, reported

_PAUSE = 0.05


async def _loop(job: Job, report: Report) -> None:
    server = TelegramAPIServer.from_base(job.root)
    async with Bot(job.token, session=AiohttpSession(api=server)) as bot:
        report.begin()
        for chat in job.chats:
            await _send(bot, chat, job.text, report)
            await asyncio.sleep(_PAUSE)


async def _send(bot: Bot, chat: int, text: str, report: Report) -> None:
    while True:
        try:
            await bot.send_message(chat, text)
        except TelegramRetryAfter as error:
            await asyncio.sleep(error.retry_after)
            continue
        except Exception as error:
            report.error(error)
        return


def main() -> None:
    """Send to everybody."""
    logging.disable(logging.CRITICAL)
    job = Job.of(sys.argv[1:])
    with reported() as report:
        asyncio.run(_loop(job, report))


if __name__ == "__main__":
    main()
