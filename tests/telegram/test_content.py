"""A message's marks, pictures and files reach the dialogues as they were written."""

import pytest

from bot.demo.engine import media
from bot.demo.entities import Entity, slice_units, units
from conversations.broadcasts.posts import Attached
from conversations.core import Decision, Say, Screen
from conversations.flows.arriving import post_of, reply_of
from tests.shell import Diary, plan_for, running
from tests.telegram.chatting import agree, card


class Recorder(Diary):
    """A diary that remembers every message as it was written."""

    def __init__(self):
        super().__init__()
        self.posts, self.replies, self.albums = [], [], []

    def advance(self, state, event):
        if (post := post_of(event)) is None or state.position is None:
            return super().advance(state, event)
        self.posts.append(post)
        self.albums.append(getattr(event, "album", False))
        self.replies.append(reply_of(event))
        return Decision(replies=(Say(screen=Screen(html=f"{len(self.posts)} noted")),))


@pytest.fixture
async def recorder(server, ayla, tmp_path):
    """The bot runs, and Ayla agreed."""
    dialogues = Recorder()
    async with running(plan_for(server, tmp_path, dialogues=dialogues)):
        await agree(server.engine, ayla)
        yield dialogues


async def noted(server, ayla, recorder, count=1):
    """The posts, once there are so many."""
    await card(server.engine, ayla, f"{count} noted")
    return recorder.posts


async def test_marks_behind_emoji_keep_their_place(server, ayla, recorder):
    """Offsets count UTF-16 units, of which an emoji has two."""
    text = "😀😀 bitte bald"
    server.engine.say(ayla, ayla, text, marks=(Entity(type="bold", offset=5, length=5),))
    (post,) = await noted(server, ayla, recorder)
    (mark,) = post.marks
    assert (post.text, mark.type, slice_units(post.text, mark.offset, mark.end)) == (
        text,
        "bold",
        "bitte",
    )


async def test_a_mark_keeps_what_belongs_to_it(server, ayla, recorder):
    """The address of a link, the language of a block of code, the number of an emoji."""
    marks = (
        Entity(type="text_link", offset=0, length=1, url="https://kim.example/"),
        Entity(type="pre", offset=2, length=1, language="python"),
        Entity(type="custom_emoji", offset=4, length=1, emoji="5368324170671202286"),
    )
    server.engine.say(ayla, ayla, "a b c", marks=marks)
    (post,) = await noted(server, ayla, recorder)
    assert [(one.url, one.language, one.emoji) for one in post.marks] == [
        ("https://kim.example/", "", ""),
        ("", "python", ""),
        ("", "", "5368324170671202286"),
    ]


async def test_nested_marks_all_stay(server, ayla, recorder):
    """One within the other."""
    marks = (
        Entity(type="bold", offset=0, length=10),
        Entity(type="italic", offset=2, length=4),
    )
    server.engine.say(ayla, ayla, "0123456789", marks=marks)
    (post,) = await noted(server, ayla, recorder)
    assert [(one.type, one.offset, one.length) for one in post.marks] == [
        ("bold", 0, 10),
        ("italic", 2, 4),
    ]


async def test_who_is_named_by_a_mark_is_not_kept(server, ayla, recorder):
    """A mention by number goes; the words stay."""
    named = Entity(type="text_mention", offset=0, length=3)
    server.engine.say(ayla, ayla, "Ben kommt", marks=(named,))
    (post,) = await noted(server, ayla, recorder)
    assert (post.text, post.marks) == ("Ben kommt", ())


@pytest.mark.parametrize("letter", ["a", "😀"])
async def test_a_long_text_keeps_the_marks_of_all_its_parts(server, ayla, recorder, letter):
    """Split by the client, joined by the bot: each marked word is where it was, emoji or not."""
    text = (letter * 3 + "\n") * 1100 + "ganz am Ende"
    end = units(text)
    marks = (
        Entity(type="italic", offset=0, length=units(letter * 3)),
        Entity(type="bold", offset=end - 4, length=4),
    )
    server.engine.say(ayla, ayla, text, marks=marks)
    (post,) = await noted(server, ayla, recorder)
    words = [slice_units(post.text, one.offset, one.end) for one in post.marks]
    assert words == [letter * 3, "Ende"]


async def test_a_picture_comes_with_its_caption(server, ayla, recorder):
    """By Telegram's id of it, with the caption's marks."""
    picture = media.photo(server.engine.files)
    bold = Entity(type="bold", offset=3, length=4)
    server.engine.send(ayla, ayla, picture, caption="Am Rand", marks=(bold,))
    (post,) = await noted(server, ayla, recorder)
    assert (post.attached, post.file, post.text, post.marks[0].offset) == (
        Attached.PHOTO,
        picture.file.id,
        "Am Rand",
        3,
    )


async def test_a_file_comes_with_its_name(server, ayla, recorder):
    """As it was sent."""
    file = media.document(server.engine.files, b"x", "Einladung.pdf")
    server.engine.send(ayla, ayla, file, caption="Die Einladung")
    (post,) = await noted(server, ayla, recorder)
    assert (post.attached, post.name, post.text) == (
        Attached.DOCUMENT,
        "Einladung.pdf",
        "Die Einladung",
    )


async def test_of_an_album_the_first_says_that_it_is_one(server, ayla, recorder):
    """The others are not heard of; a picture by itself is no album."""
    for _ in range(3):
        server.engine.send(ayla, ayla, media.photo(server.engine.files), album="a1")
    file = media.document(server.engine.files, b"x", "Einladung.pdf")
    server.engine.send(ayla, ayla, file, album="a2")
    server.engine.send(ayla, ayla, media.photo(server.engine.files))
    await noted(server, ayla, recorder, 3)
    assert recorder.albums == [True, True, False]


async def test_a_film_comes_with_its_caption(server, ayla, recorder):
    """A video, too."""
    film = media.recording(server.engine.files, "video")
    server.engine.send(ayla, ayla, film, caption="Der Film")
    (post,) = await noted(server, ayla, recorder)
    assert (post.attached, post.text) == (Attached.VIDEO, "Der Film")


@pytest.mark.parametrize("kind", ["voice", "animation", "video_note"])
async def test_what_cannot_be_sent_to_many_is_no_post(server, ayla, recorder, kind):
    """It gets the usual hint."""
    server.engine.send(ayla, ayla, media.recording(server.engine.files, kind))
    await card(server.engine, ayla, "no ")
    assert recorder.posts == []


async def test_a_forwarded_post_says_so(server, ayla, recorder):
    """With its marks."""
    bold = Entity(type="bold", offset=0, length=6)
    server.engine.say(ayla, ayla, "Aufruf aus dem Kanal", marks=(bold,), forwarded=True)
    (post,) = await noted(server, ayla, recorder)
    assert (post.forwarded, [one.type for one in post.marks]) == (True, ["bold"])


async def test_a_reply_names_the_bots_message(server, ayla, recorder):
    """Its id comes along."""
    there = server.engine.last_by_bot(ayla).id
    server.engine.say(ayla, ayla, "Danke", reply_to=there)
    await noted(server, ayla, recorder)
    assert recorder.replies == [there]


async def test_a_reply_to_oneself_is_none(server, ayla, recorder):
    """Only the bot's own messages count."""
    (mine,) = server.engine.say(ayla, ayla, "Eins")
    await noted(server, ayla, recorder)
    server.engine.say(ayla, ayla, "Zwei", reply_to=mine.id)
    await noted(server, ayla, recorder, 2)
    assert recorder.replies == [None, None]


async def test_a_lone_surrogate_moves_no_mark(server, ayla, recorder):
    """Half a character becomes another one of one unit."""
    content = {
        "message_id": 900,
        "date": server.engine.clock.stamp(),
        "chat": {"id": ayla, "type": "private"},
        "from": {"id": ayla, "is_bot": False, "first_name": "Ayla"},
        "text": "\ud83d fett",
        "entities": [{"type": "bold", "offset": 2, "length": 4}],
    }
    server.engine.updates.push("message", content, ayla)
    (post,) = await noted(server, ayla, recorder)
    (mark,) = post.marks
    assert slice_units(post.text, mark.offset, mark.end) == "fett"
