"""Files: cards, previews, download, upload."""

import hashlib
from email.message import EmailMessage
from pathlib import Path

import pytest
import typst
from playwright.async_api import expect

from bot.demo.server import LocalServer
from tests.demo_page.acting import Bot, Guest
from tests.demo_page.conftest import MEHMET

pytestmark = pytest.mark.asyncio(loop_scope="session")

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def letter() -> bytes:
    """A real PDF."""
    return bytes(typst.compile(b'#set document(title: "Brief")\n= Anfrage zu KIM'))


async def test_a_file_is_a_card_with_name_kind_and_size(started: Guest, bot: Bot) -> None:
    """A document shows what it is before it is opened."""
    await bot.send_file(MEHMET, "Anfrage.docx", b"x" * 23_400, "application/octet-stream")
    card = started.log.locator(".file")
    await expect(card.locator(".file-name")).to_have_text("Anfrage.docx")
    await expect(card.locator(".file-size")).to_have_text("Word-Dokument · 23,4 kB")


async def test_a_pdf_opens_inside_the_page(started: Guest, bot: Bot, letter: bytes) -> None:
    """The preview's frame holds the very bytes that the bot sent."""
    await bot.send_file(MEHMET, "Anfrage.pdf", letter, "application/pdf")
    await started.button("Anfrage.pdf ansehen").click()
    dialog = started.page.get_by_role("dialog", name="Vorschau: Anfrage.pdf")
    frame = dialog.locator("iframe")
    await expect(frame).to_have_attribute("title", "Inhalt von Anfrage.pdf")
    address = await frame.evaluate("node => node.src.split('#')[0]")
    response = await started.page.request.get(address)
    assert response.headers["content-type"] == "application/pdf"
    assert await response.body() == letter


async def test_escape_closes_the_preview_and_gives_the_focus_back(started: Guest, bot: Bot) -> None:
    """After a preview one is where one was."""
    await bot.send_file(MEHMET, "Notiz.txt", b"Zeile", "text/plain")
    await started.button("Notiz.txt ansehen").click()
    await expect(started.page.get_by_role("dialog")).to_contain_text("Zeile")
    await started.page.keyboard.press("Escape")
    await expect(started.page.get_by_role("dialog")).to_have_count(0)
    await expect(started.button("Notiz.txt ansehen")).to_be_focused()


async def test_a_download_has_the_same_bytes_and_name(
    started: Guest, bot: Bot, letter: bytes
) -> None:
    """What is downloaded is what the bot sent."""
    await bot.send_file(MEHMET, "Anfrage Köln.pdf", letter, "application/pdf")
    async with started.page.expect_download() as waiting:
        await started.page.get_by_role("link", name="Anfrage Köln.pdf herunterladen").click()
    download = await waiting.value
    assert download.suggested_filename == "Anfrage Köln.pdf"
    got = Path(await download.path()).read_bytes()
    assert hashlib.sha256(got).digest() == hashlib.sha256(letter).digest()


async def test_an_email_draft_is_shown_decoded(started: Guest, bot: Bot) -> None:
    """Subject, text and names of attachments are readable, whatever their transfer encoding."""
    mail = EmailMessage()
    mail["To"] = "Geschäftsstelle <rat@example.org>"
    mail["Subject"] = "Anfrage für die Sitzung – Übergabe an die Geschäftsstelle im Rathaus"
    mail.set_content("Grüße aus Köln\n")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Größe.pdf")
    await bot.send_file(MEHMET, "Entwurf.eml", bytes(mail), "message/rfc822")
    await started.button("Entwurf.eml ansehen").click()
    shown = started.page.get_by_role("dialog")
    await expect(shown).to_contain_text("Grüße aus Köln")
    await expect(shown).to_contain_text(mail["Subject"])
    await expect(shown).to_contain_text("Größe.pdf")


async def test_a_hostile_file_is_shown_as_text(started: Guest, bot: Bot) -> None:
    """HTML in a text file stays words in the preview."""
    data = b"<img src=x onerror=\"document.title='owned'\">"
    await bot.send_file(MEHMET, "a.txt", data, "text/html")
    await started.button("a.txt ansehen").click()
    dialog = started.page.get_by_role("dialog")
    await expect(dialog.locator("pre")).to_have_text(data.decode())
    await expect(dialog.locator("img")).to_have_count(0)


async def test_a_picture_is_shown_and_enlarged(started: Guest, bot: Bot) -> None:
    """A photo is in the conversation; a press enlarges it."""
    await bot.send_file(MEHMET, "plan.png", PNG, "image/png", method="sendPhoto")
    await started.log.locator(".picture").click()
    image = started.page.get_by_role("dialog").locator("img")
    await expect(image).to_be_visible()
    assert await image.evaluate("node => node.decode().then(() => node.naturalWidth)") == 1


async def test_a_chosen_file_arrives_with_its_caption(
    started: Guest, bot: Bot, server: LocalServer
) -> None:
    """A file picked with the button waits in the tray and is sent with the text."""
    async with started.page.expect_file_chooser() as waiting:
        await started.button("Datei anhängen").click()
    chooser = await waiting.value
    await chooser.set_files({"name": "Antwort.pdf", "mimeType": "application/pdf", "buffer": b"%P"})
    await expect(started.page.get_by_role("list", name="Angehängte Dateien")).to_contain_text(
        "Antwort.pdf"
    )
    await started.write("Antwort der Verwaltung")
    message = await bot.next("message")
    assert message["caption"] == "Antwort der Verwaltung"
    assert message["document"]["file_name"] == "Antwort.pdf"  # type: ignore[index]
    stored = server.engine.files.by_id(message["document"]["file_id"])  # type: ignore[index]
    assert stored is not None
    assert stored.data == b"%P"


@pytest.mark.parametrize("way", ["drop", "paste"])
async def test_a_file_can_be_dropped_or_pasted(started: Guest, bot: Bot, way: str) -> None:
    """Drag and drop and the clipboard do what the button does."""
    await started.field.evaluate(
        """(field, way) => {
          const data = new DataTransfer();
          data.items.add(new File(["Inhalt"], "Protokoll.txt", { type: "text/plain" }));
          const details = { bubbles: true, cancelable: true };
          field.dispatchEvent(way === "drop"
            ? new DragEvent("drop", { ...details, dataTransfer: data })
            : new ClipboardEvent("paste", { ...details, clipboardData: data }));
        }""",
        way,
    )
    await started.button("Senden").click()
    document = (await bot.next("message"))["document"]
    assert document["file_name"] == "Protokoll.txt"  # type: ignore[index]
