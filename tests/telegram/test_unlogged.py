"""What people write in broadcasts, and to them, is in no log, whatever goes wrong."""

from bot.demo.faults import Fault, FaultKind
from conversations.broadcasts import Audience, Content, Link
from conversations.broadcasts.posts import Mark, Post
from conversations.standing import Role
from tests.telegram.rundruf import FIRST, Town

SECRET = "Geheimnis"
POST = Post(
    text=f"{SECRET} für {{kommune}}",
    marks=(Mark(type="text_link", offset=0, length=9, url=f"https://example.org/{SECRET}"),),
)
LINK = Link(label=f"Zum {SECRET}", url=f"https://example.org/{SECRET}:x")
REFUSALS = (
    f"Bad Request: inline keyboard button URL '{LINK.url}' is invalid: it's a \"{SECRET}\"",
    f'Bad Request: can\'t parse entities: unsupported start tag "{SECRET}" at byte offset 4',
    f"Bad Request: something new about '{SECRET}'",
)


async def test_refusals_that_repeat_our_words_are_logged_without_them(server, tmp_path, log):
    """Telegram quotes a wrong address or mark in its answer."""
    town = await Town(server, tmp_path).furnish()
    for number, text in enumerate(REFUSALS):
        wrong = {"kind": FaultKind.ERROR, "code": 400, "text": text, "times": 2}
        server.faults.add(Fault(method="sendMessage", chat=FIRST + number, **wrong))
    audience = Audience(roles=frozenset({Role.MEMBER}))
    await town.send(what=Content(posts={"de": POST}, links=(LINK,), audience=audience))
    async with town.bot():
        await town.settled("failed")
    assert ("something new" in log(), SECRET in log()) == (True, False)
