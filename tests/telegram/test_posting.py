"""One part of a broadcast as a call of the Bot API."""

import pytest

from bot.telegram.posting import buttons, sending
from conversations.broadcasts import Link
from conversations.broadcasts.posts import Attached, Post
from tests.telegram.reminding import KNOW

PICTURE = Post(text="Wort", attached=Attached.PHOTO, file="f1")


@pytest.mark.parametrize("post", [Post(text="Wort"), PICTURE])
@pytest.mark.parametrize("thread", [None, 7])
def test_a_topic_is_named_where_there_is_one(post, thread):
    """Without its number it would stand in the group's general topic."""
    assert sending(post, (), -500, thread).params.get("message_thread_id") == thread


@pytest.mark.parametrize("paid", [True, False])
def test_stars_are_only_spent_where_the_setting_says_so(paid):
    """Bot API, allow_paid_broadcast: the field is not even there otherwise."""
    assert ("allow_paid_broadcast" in sending(PICTURE, (), 5, paid=paid).params) is paid


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_inquirys_button_speaks_the_readers_language(language):
    """It has no words of its own, and leads into the private chat."""
    [(words, address)] = buttons(KNOW.texts, [Link()], language, "kim_bot")
    assert words == KNOW.texts.label("post_inquiry", language)
    assert address.startswith("https://t.me/kim_bot?start=")


def test_a_typed_button_keeps_its_words_and_its_address():
    """In every language."""
    link = Link(label="Mehr dazu", url="https://example.org/kim")
    assert list(buttons(KNOW.texts, [link], "en", "kim_bot")) == [(link.label, link.url)]
