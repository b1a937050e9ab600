"""The bot on a restored database: nothing unasked before an operator's release."""

import asyncio
import base64

from bot.backup import backup, restore
from bot.settings import load
from bot.store import quarantine
from tests.telegram.chatting import sent, until
from tests.telegram.reminding import GROUP, bot_over, furnish, ledger, opened


async def test_d14_from_yesterdays_backup_nothing_is_sent_before_the_release(
    server, tmp_path, monkeypatch
):
    """The backup doesn't know that the reminder went out: it stays until an operator releases
    what is due, and nothing else is sent either."""
    monkeypatch.setenv("KIMBOT_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KIMBOT_ERASED_FILE", str(tmp_path / "erased.txt"))
    monkeypatch.setenv("KIMBOT_KEY", base64.b64encode(b"a key for tests, 32 bytes long..").decode())
    await furnish(server, tmp_path)
    await asyncio.to_thread(backup, load(None), tmp_path / "a.backup")
    async with bot_over(server, tmp_path):
        await until(lambda: ledger(tmp_path) == [("sent", "")])
    await asyncio.to_thread(restore, load(None), tmp_path / "a.backup")
    before = len(sent(server, GROUP))
    async with bot_over(server, tmp_path):
        await until(lambda: ledger(tmp_path) != [])
        await asyncio.sleep(1.0)
        assert len(server.api.log.of("sendmessage")) == before == 1
        async with opened(tmp_path) as store:
            await store.write(quarantine.release)
        await until(lambda: len(sent(server, GROUP)) == before + 1)
