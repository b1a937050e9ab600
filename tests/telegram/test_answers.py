"""Answers to broadcasts over HTTP: from a member's reply to the author's word back, and on."""

from datetime import timedelta

import pytest

from bot.demo.engine.media import photo
from conversations.deeds import Appoint
from conversations.dialogues import Dialogues
from conversations.standing import Role
from tests.store import composed
from tests.store.councils import AYLA, BEN, CEM, HERE, do, invite, join, know
from tests.telegram.chatting import card, until
from tests.telegram.reminding import (
    DUE,
    GROUP,
    KNOW,
    bot_over,
    furnish,
    ledger,
    opened,
    table,
    texts,
)

CALL = "Bitte stellen Sie die Anfrage <jetzt> & bald."


@pytest.fixture
async def town(server, tmp_path):
    """Ayla's broadcast to her council waits to be sent."""
    await furnish(server, tmp_path, days=())
    async with opened(tmp_path) as store:
        await composed.send(store, AYLA, what=composed.content(CALL), now=DUE)
    return tmp_path


def real_bot(server, tmp_path):
    """The bot as it is, dialogues and all."""
    return bot_over(server, tmp_path, dialogues=Dialogues(KNOW))


async def arrived(server, person, words, after=0):
    """The message of the bot that contains the words, newer than `after`."""
    return await server.engine.wait_for(
        lambda: next(
            (
                one
                for one in server.engine.messages(person)
                if one.sender is server.engine.bot and words in one.text and one.id > after
            ),
            None,
        )
    )


async def reply(server, person, words, text):
    """Telegram's own reply to the bot's message with these words."""
    there = await arrived(server, person, words)
    (said,) = server.engine.say(person, person, text, reply_to=there.id)
    return said.id


async def test_from_a_reply_to_a_word_back_and_on(server, town):
    """Both reply in Telegram's own way, and each reads who wrote what."""
    async with real_bot(server, town):
        await reply(server, BEN, CALL, "Wann ist die Sitzung?\nGruß <Ben> & Co")
        await arrived(server, BEN, "Ihre Antwort ist unterwegs an Ayla.")
        brought = await arrived(server, AYLA, "Antwort auf Ihren Rundruf")
        assert brought.text.endswith(
            "Ben (Mitglied, Stadt Gelsenkirchen):\n\nWann ist die Sitzung?\nGruß <Ben> & Co"
        )
        assert brought.button("Antworten") is not None
        await reply(server, AYLA, "Antwort auf Ihren Rundruf", "Am 16. März.")
        back = await arrived(server, BEN, "Am 16. März.")
        assert "Ayla" in back.text and "Wann ist die Sitzung? Gruß <Ben> & Co" in back.text
        await reply(server, BEN, "Am 16. März.", "Danke!")
        await arrived(server, AYLA, "Danke!")
    assert ledger(town, "answered") == [("sent", "")] * 2
    assert ledger(town, "wrote_back") == [("sent", "")]


async def test_the_button_leads_to_a_card_where_the_word_back_is_written(server, town):
    """The card shows the whole answer; what is typed goes to the member alone."""
    async with real_bot(server, town):
        await reply(server, BEN, CALL, "Wann ist die Sitzung?")
        brought = await arrived(server, AYLA, "Antwort auf Ihren Rundruf")
        server.engine.press(AYLA, AYLA, brought.id, "Antworten")
        await card(server.engine, AYLA, "Was möchten Sie schreiben?")
        server.engine.say(AYLA, AYLA, "Am 16. März.")
        await card(server.engine, AYLA, "Antworten auf Ihren Rundruf")
        await arrived(server, BEN, "Am 16. März.")
    assert not any("16. März" in text for text in texts(server, GROUP))


async def test_the_members_card_stays_as_it_was(server, town):
    """The reply is no answer to the question in hand, whose buttons still work."""
    async with real_bot(server, town):
        await arrived(server, BEN, CALL)
        server.engine.say(BEN, BEN, "/einstellungen")
        asked = await card(server.engine, BEN, "Einstellungen")
        await reply(server, BEN, CALL, "Sprache")
        await arrived(server, BEN, "Ihre Antwort ist unterwegs")
        server.engine.press(BEN, BEN, asked.id, "Erinnerungen")
        await arrived(server, BEN, "Erinnerungen nur für mich")


async def test_a_photo_is_not_passed_on(server, town):
    """One hint; nothing is stored."""
    async with real_bot(server, town):
        there = await arrived(server, BEN, CALL)
        picture = photo(server.engine.files)
        server.engine.send(BEN, BEN, picture, caption="Bild", reply_to=there.id)
        await arrived(server, BEN, "nur Text weiter")
    assert table(town, "SELECT count(*) FROM answer") == [(0,)]


async def test_a_long_reply_is_one_answer_in_all_its_parts(server, town):
    """A client splits it; no part of it is taken for the next answer or for a card's."""
    async with real_bot(server, town):
        there = await arrived(server, BEN, CALL)
        assert len(server.engine.say(BEN, BEN, "wort " * 1200, reply_to=there.id)) == 2
        await arrived(server, BEN, "Das sind 5.999 Zeichen")
    assert table(town, "SELECT count(*) FROM answer") == [(0,)]


async def test_an_author_without_the_role_is_said_to_be_gone(server, town):
    """The member reads it at once; nothing is stored."""
    async with real_bot(server, town):
        await arrived(server, BEN, CALL)
        async with opened(town) as store:
            await know(store, CEM)
            await do(store, AYLA, invite("c", Role.ADMIN, expires=DUE + timedelta(days=7)), now=DUE)
            await do(store, CEM, join("c", Role.ADMIN), now=DUE)
            await do(store, CEM, Appoint(council=HERE, person=AYLA, role=Role.MEMBER), now=DUE)
        await reply(server, BEN, CALL, "Hallo?")
        await arrived(server, BEN, "kann Antworten nicht mehr lesen")
    assert table(town, "SELECT count(*) FROM answer") == [(0,)]


async def test_g02_a_strangers_reply_stores_nothing(server, town):
    """Somebody who never agreed replies to the bot's message: the question of consent, no row."""
    async with real_bot(server, town):
        stranger = server.engine.add_person(999, "Fremd").id
        server.engine.start(stranger)
        there = await server.engine.wait_for(lambda: server.engine.last_by_bot(stranger))
        server.engine.say(stranger, stranger, "Ich antworte", reply_to=there.id)
        await until(lambda: len(texts(server, stranger)) > 1)
    assert table(town, "SELECT count(*) FROM answer") == [(0,)]
    assert ledger(town, "answered") == []


async def test_the_words_of_an_answer_are_not_in_the_log(server, town, log):
    """Neither the member's nor the author's."""
    async with real_bot(server, town):
        await reply(server, BEN, CALL, "Geheimwort Eins")
        await reply(server, AYLA, "Antwort auf Ihren Rundruf", "Geheimwort Zwei")
        await arrived(server, BEN, "Geheimwort Zwei")
    assert "Geheimwort" not in log()
