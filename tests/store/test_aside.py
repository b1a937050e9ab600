"""Long reads stand aside: nobody waits for somebody's own data."""

import asyncio
import threading

from sqlalchemy import text


async def test_others_read_and_write_while_a_long_read_runs(store):
    """A read that takes its time holds up neither the loop, nor readers, nor writers."""
    begun, end = threading.Event(), threading.Event()

    def long(connection):
        begun.set()
        end.wait(10)
        return connection.execute(text("SELECT 1")).scalar()

    aside = asyncio.ensure_future(store.read_aside(long))
    await asyncio.to_thread(begun.wait, 10)
    assert await store.read(lambda c: c.execute(text("SELECT 2")).scalar()) == 2
    await store.write(lambda c: c.execute(text("DELETE FROM inbox")))
    assert not aside.done()
    end.set()
    assert await aside == 1
