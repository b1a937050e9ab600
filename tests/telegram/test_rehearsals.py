"""A broadcast is shown to its author as it will be sent; what Telegram says of it comes back."""

from dataclasses import replace

import pytest

from bot.demo.engine import media
from bot.demo.faults import Fault, FaultKind
from bot.telegram.rehearsals import reason_of
from conversations.broadcasts import BroadcastId, Content, Link
from conversations.broadcasts.posts import Attached, Mark, Post
from conversations.core import Decision, Position, Say, Screen
from conversations.deeds import Compose
from conversations.events import Rehearsed, Typed
from conversations.standing import PersonId
from tests.shell import Diary
from tests.store.councils import BOSS, do, first_operator, know
from tests.telegram.casting import ID, known, over
from tests.telegram.chatting import card, sent, until
from tests.telegram.reminding import opened, texts


class Editor(Diary):
    """Lets its operator look at the broadcast of their choice, and says what came of it."""

    def advance(self, state, event):
        match event:
            case Typed(text="away"):
                return self._at("elsewhere", "gone")
            case Typed(text=text):
                return replace(self._at("preview", "look"), rehearse=BroadcastId(text))
            case Rehearsed(broadcast=id_, revision=revision, refused=refused):
                return self._at("done", f"{id_} {revision} taken{refused and ' not: '}{refused}")
        return super().advance(state, event)

    def _at(self, step, words):
        position = Position(flow="composing", step=step, version=1)
        return Decision(position=position, replies=(Say(screen=Screen(html=words)),))


@pytest.fixture
async def ground(server, tmp_path):
    """Beside the running bot: an operator who is in no council."""
    known(server, BOSS, "Olga")
    async with opened(tmp_path) as store:
        await know(store, BOSS)
        await first_operator(store)
        yield store


async def draft(store, content, id_=ID):
    """A broadcast to all, being written."""
    await do(store, BOSS, Compose(id=id_, council=None, revision=0, content=content))


async def look(server, tmp_path, words="taken", dialogues=None):
    """Ask for the preview; the messages that were sent until somebody said the words."""
    async with over(server, tmp_path, dialogues=dialogues or Editor()):
        server.engine.say(BOSS, BOSS, ID)
        await card(server.engine, BOSS, words)
    return [one for one in server.engine.messages(BOSS) if one.by_bot]


async def test_it_is_shown_as_it_will_be_sent(server, ground, tmp_path):
    """Marks and buttons; the card that asked comes first, what Telegram said last."""
    post = Post(text="😀 Bitte bald", marks=(Mark(type="bold", offset=3, length=5),))
    link = Link(label="Mehr", url="https://kim.example/mehr")
    await draft(ground, Content(posts={"de": post}, links=(link, Link())))
    first, shown, last = await look(server, tmp_path)
    (mark,) = shown.entities
    assert (first.text, shown.text, (mark.type, mark.offset, mark.length), last.text) == (
        "look",
        "😀 Bitte bald",
        ("bold", 3, 5),
        f"{ID} 1 taken",
    )
    assert [one.url for row in shown.rows for one in row] == [
        "https://kim.example/mehr",
        f"https://t.me/{server.engine.bot.username}?start=anfrage",
    ]


class Corrector(Editor):
    """Wants to see another text than the broadcast's."""

    def advance(self, state, event):
        decision = super().advance(state, event)
        if decision.rehearse is None:
            return decision
        return replace(decision, trial={"de": Post(text="Erst am Freitag")})


async def test_a_correction_is_shown_before_it_is_one(server, ground, tmp_path):
    """The new text alone, with the broadcast's buttons; nothing of it is stored."""
    posts = {"de": Post(text="Am Montag"), "en": Post(text="On Monday")}
    link = Link(label="Mehr", url="https://kim.example/mehr")
    await draft(ground, Content(posts=posts, links=(link,)))
    first, shown, last = await look(server, tmp_path, dialogues=Corrector())
    assert (shown.text, shown.rows[0][0].text) == ("Erst am Freitag", "Mehr")
    assert (first.text, last.text) == ("look", f"{ID} 1 taken")


async def test_every_language_is_shown_in_full(server, ground, tmp_path):
    """The reference first."""
    posts = {"en": Post(text="Please file it"), "de": Post(text="Bitte einreichen")}
    await draft(ground, Content(posts=posts))
    shown = await look(server, tmp_path)
    assert [one.text for one in shown[1:3]] == ["Bitte einreichen", "Please file it"]


async def test_placeholders_stand_for_an_example(server, ground, tmp_path):
    """Who sits in no council sees a city's values."""
    await draft(ground, Content(posts={"de": Post(text="An: {kommune}")}))
    shown = await look(server, tmp_path)
    assert shown[1].text == "An: Düsseldorf"


async def test_a_long_text_is_shown_in_its_parts(server, ground, tmp_path):
    """The buttons are below the last one."""
    content = Content(posts={"de": Post(text="Ein Satz. " * 600)}, links=(Link(),))
    await draft(ground, content)
    _, one, two, _ = await look(server, tmp_path)
    assert (bool(one.rows), bool(two.rows)) == (False, True)


async def test_a_picture_goes_by_telegrams_id_of_it(server, ground, tmp_path):
    """With its caption."""
    picture = media.photo(server.engine.files)
    post = Post(text="Am Rand", attached=Attached.PHOTO, file=picture.file.id)
    await draft(ground, Content(posts={"de": post}))
    shown = await look(server, tmp_path)
    assert (shown[1].media.kind, shown[1].text) == ("photo", "Am Rand")


async def test_a_file_that_is_gone_is_refused(server, ground, tmp_path):
    """The dialogue hears which kind of trouble it is."""
    post = Post(attached=Attached.DOCUMENT, file="no-such-file")
    await draft(ground, Content(posts={"de": post}))
    shown = await look(server, tmp_path)
    assert shown[-1].text == f"{ID} 1 taken not: file"


async def test_a_button_that_telegram_refuses_is_told(server, ground, tmp_path):
    """An address it does not take."""
    link = Link(label="Mehr", url="https://no-dot/")
    await draft(ground, Content(posts={"de": Post(text="Bitte")}, links=(link,)))
    shown = await look(server, tmp_path)
    assert shown[-1].text == f"{ID} 1 taken not: button"


async def test_telegram_out_of_reach_is_told(server, ground, tmp_path):
    """It may be tried again later."""
    await draft(ground, Content(posts={"de": Post(text="Bitte")}))
    away = Fault(kind=FaultKind.HTML, method="sendmessage", times=3)
    async with over(server, tmp_path, dialogues=Editor()):
        server.engine.say(BOSS, BOSS, ID)
        await card(server.engine, BOSS, "look")
        server.api.faults.add(away)
        await card(server.engine, BOSS, "offline")


async def test_what_is_not_theirs_is_not_shown(server, ground, tmp_path):
    """Another person's draft is not there for them."""
    other = PersonId(77)
    known(server, other, "Eve")
    await know(ground, other)
    await draft(ground, Content(posts={"de": Post(text="Geheim")}))
    async with over(server, tmp_path, dialogues=Editor()):
        server.engine.say(other, other, ID)
        await card(server.engine, other, "look")
        server.engine.say(BOSS, BOSS, ID)
        await card(server.engine, BOSS, "taken")
    assert len(sent(server, other)) == 1


async def test_who_went_on_meanwhile_hears_nothing_of_it(server, ground, tmp_path):
    """The event counts only where it was asked for."""
    await draft(ground, Content(posts={"de": Post(text="Bitte")}))
    server.api.faults.add(Fault(kind=FaultKind.HANG, method="sendmessage", seconds=0.5, times=2))
    async with over(server, tmp_path, dialogues=Editor()):
        server.engine.say(BOSS, BOSS, ID)
        await card(server.engine, BOSS, "look")
        server.engine.say(BOSS, BOSS, "away")
        await card(server.engine, BOSS, "gone")
        await card(server.engine, BOSS, "Bitte")
        for count in (2, 3):
            server.engine.say(BOSS, BOSS, "away")
            await until(lambda count=count: texts(server, BOSS).count("gone") == count)
    assert not any("taken" in one for one in texts(server, BOSS))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Bad Request: can't parse entities: unsupported", "markup"),
        ("Bad Request: ENTITY_BOUNDS_INVALID", "markup"),
        ("Bad Request: message is too long", "long"),
        ("Bad Request: message caption is too long", "long"),
        ("Bad Request: BUTTON_URL_INVALID", "button"),
        ("Bad Request: inline keyboard button URL 'x' is invalid", "button"),
        ("Bad Request: wrong file identifier/HTTP URL specified", "file"),
        ("Bad Request: PHOTO_INVALID_DIMENSIONS", "file"),
        ("Bad Request: something new", "other"),
    ],
)
def test_refusals_have_a_reason(words, reason):
    """By Telegram's own words."""
    assert reason_of(words) == reason
