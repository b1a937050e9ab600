"""One door to all writers: a letter in, its files or pictures out. Callable from any thread."""

from collections.abc import Iterable
from pathlib import Path

from bot.paper.docx import WordWriter
from bot.paper.eml import write_mail
from bot.paper.file import File, Format
from bot.paper.ics import write_calendar
from bot.paper.pdf import Typesetter
from bot.paper.text import write_text
from bot.paper.words import read_words
from conversations.rules.cleaning import Coverage, missing
from conversations.rules.letter import Letter, plain, texts


class UnprintableError(ValueError):
    """The letter holds characters that the fonts can't show."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        named = ", ".join(f"U+{ord(character):04X}" for character in characters)
        super().__init__(f"the fonts of the letter have no {named}")


class Paper:
    """Writes letters. `templates` is the folder that holds letter/; `coverage` what fonts show."""

    def __init__(self, templates: Path, coverage: Coverage) -> None:
        folder = templates / "letter"
        self._words = read_words(folder)
        self._word = WordWriter(folder, self._words)
        self._typesetter = Typesetter(folder, self._words)
        self._coverage = coverage

    def render(self, letter: Letter, formats: Iterable[Format]) -> tuple[File, ...]:
        """The files in the order asked for. A format the letter has no data for (ics without a
        date) is left out. Raises UnprintableError; the same letter gives the same bytes."""
        self._check(letter)
        made: dict[Format, File] = {}
        files = (self._write(letter, Format(format_), made) for format_ in formats)
        return tuple(file for file in files if file is not None)

    def write(self, letter: Letter, format_: Format) -> File | None:
        """One file; None when the letter has no data for the format. Raises UnprintableError."""
        return next(iter(self.render(letter, [format_])), None)

    def pages(self, letter: Letter) -> int:
        """How many pages the letter has on paper. Raises UnprintableError."""
        self._check(letter)
        return self._typesetter.pages(letter)

    def preview(self, letter: Letter) -> tuple[bytes, ...]:
        """A PNG of each page. Raises UnprintableError."""
        self._check(letter)
        return self._typesetter.preview(letter)

    def _check(self, letter: Letter) -> None:
        shown = (letter.return_line, letter.footer, *texts(letter))
        everything = "".join(map(plain, shown))
        if characters := missing(everything, self._coverage):
            raise UnprintableError(characters)

    def _write(self, letter: Letter, format_: Format, made: dict[Format, File]) -> File | None:
        """One file, made once: the e-mail draft carries the same PDF and DOCX."""
        if format_ not in made:
            content = self._content(letter, format_, made)
            if content is None:
                return None
            name = f"{letter.slug}.{format_}"
            made[format_] = File(name=name, mime=format_.mime, content=content)
        return made[format_]

    def _content(self, letter: Letter, format_: Format, made: dict[Format, File]) -> bytes | None:
        match format_:
            case Format.DOCX:
                return self._word.docx(letter)
            case Format.PDF:
                return self._typesetter.pdf(letter)
            case Format.TXT:
                return write_text(letter, self._words).encode()
            case Format.ICS:
                return write_calendar(letter)
            case Format.EML:
                attached = (self._write(letter, f, made) for f in (Format.PDF, Format.DOCX))
                return write_mail(letter, [file for file in attached if file is not None])
