"""Files: sent, limited, edited, fetched again."""

import aiohttp
import pytest
import telegram
from telegram import InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest, TelegramError

from bot.demo.engine import Engine, media
from bot.demo.methods import files
from tests.demo.conftest import AYSE


async def test_a_document_comes_back_byte_for_byte(bot: telegram.Bot) -> None:
    """Name, type and bytes of a sent document are those that getFile gives back."""
    sent = await bot.send_document(AYSE, b"\x00\xffpdf", filename="Anfrage KIM ä.pdf")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == (
        "Anfrage KIM ä.pdf",
        "application/pdf",
    )
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"\x00\xffpdf"


async def test_a_sent_file_can_be_sent_by_its_id(bot: telegram.Bot) -> None:
    """A file_id stands for the file; an unknown one is refused."""
    sent = await bot.send_document(AYSE, b"x", filename="a.txt")
    assert sent.document is not None
    again = await bot.send_document(AYSE, sent.document.file_id)
    assert again.document == sent.document
    with pytest.raises(BadRequest, match="rong file identifier"):
        await bot.send_document(AYSE, "https://127.0.0.1/x.pdf")


async def test_captions_have_a_limit(bot: telegram.Bot) -> None:
    """1,024 units after parsing."""
    await bot.send_document(AYSE, b"x", caption="<b>" + "y" * 1024 + "</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match="essage caption is too long"):
        await bot.send_document(AYSE, b"x", caption="y" * 1025)


async def test_a_photo_must_be_a_picture(bot: telegram.Bot) -> None:
    """A picture has a size; anything else is refused."""
    sent = await bot.send_photo(AYSE, media.PIXEL)
    assert (sent.photo[0].width, sent.photo[0].height) == (1, 1)
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(AYSE, b"no picture")


async def test_big_files(
    bot: telegram.Bot, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Uploads over the limit get 413, downloads over theirs "file is too big"."""
    monkeypatch.setattr(files, "UPLOAD_LIMIT", 100)
    monkeypatch.setattr(files, "DOWNLOAD_LIMIT", 50)
    with pytest.raises(TelegramError, match="Request Entity Too Large"):
        await bot.send_document(AYSE, b"x" * 101)
    sent = await bot.send_document(AYSE, b"x" * 51)
    assert sent.document is not None
    with pytest.raises(BadRequest, match="ile is too big"):
        await bot.get_file(sent.document.file_id)


async def test_empty_and_missing_files(
    bot: telegram.Bot, http: aiohttp.ClientSession, engine: Engine
) -> None:
    """An empty file and no file at all are refused."""
    with pytest.raises(BadRequest, match="ile must be non-empty"):
        await bot.send_document(AYSE, b"")
    async with http.post(f"/bot{engine.token}/sendDocument", json={"chat_id": AYSE}) as answer:
        words = (await answer.json())["description"]
    assert words == "Bad Request: there is no document in the request"


async def test_albums(bot: telegram.Bot) -> None:
    """Two to ten files of a kind make an album with one id."""
    sent = await bot.send_media_group(
        AYSE,
        [
            InputMediaDocument(b"a", filename="a.txt", caption="<i>a</i>", parse_mode="HTML"),
            InputMediaDocument(b"b", filename="b.txt"),
        ],
    )
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.caption for message in sent] == ["a", None]
    with pytest.raises(BadRequest, match="oo many messages to send as an album"):
        await bot.send_media_group(AYSE, [InputMediaDocument(b"a")] * 11)
    with pytest.raises(BadRequest, match="ocument can't be mixed with other media types"):
        await bot.send_media_group(AYSE, [InputMediaDocument(b"a"), InputMediaPhoto(media.PIXEL)])


async def test_editing_media_and_captions(bot: telegram.Bot, engine: Engine) -> None:
    """The file and the caption of a message can be replaced."""
    sent = await bot.send_document(AYSE, b"a", filename="a.txt", caption="alt")
    await bot.edit_message_caption(AYSE, sent.message_id, caption="neu")
    await bot.edit_message_media(
        InputMediaDocument(b"b", filename="b.txt", caption="anders"), AYSE, sent.message_id
    )
    assert engine.transcript(AYSE) == "KIM-Bot: anders <document b.txt>"
    text = await bot.send_message(AYSE, "x")
    with pytest.raises(BadRequest, match="here is no caption in the message to edit"):
        await bot.edit_message_caption(AYSE, text.message_id, caption="y")
    with pytest.raises(BadRequest, match="here is no text in the message to edit"):
        await bot.edit_message_text("y", AYSE, sent.message_id)
