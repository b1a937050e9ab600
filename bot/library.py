"""Reads what letters are made of from the templates folder: papers, register, frame."""

from dataclasses import dataclass
from pathlib import Path

from conversations.broadcasts.templates import Template
from conversations.rules import broadcast_templates
from conversations.rules.catalogue import Catalogue
from conversations.rules.definitions import read
from conversations.rules.frame import LetterTexts, read_frame
from conversations.rules.municipalities import Register, read_register


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Read once, at the start."""

    catalogue: Catalogue
    register: Register
    texts: LetterTexts
    broadcasts: tuple[Template, ...] = ()


def read_library(templates: Path) -> Library:
    """All of it. Raises DefinitionsRefusedError, ValueError and OSError, saying what is wrong."""
    return Library(
        catalogue=read_catalogue(templates),
        register=read_register_of(templates),
        texts=read_frame((templates / "letter" / "frame.toml").read_text("utf-8")),
        broadcasts=read_broadcasts(templates),
    )


def read_register_of(templates: Path) -> Register:
    """The register of municipalities. Raises ValueError, KeyError and OSError."""
    return read_register((templates / "data" / "municipalities.csv").read_text("utf-8"))


def read_catalogue(templates: Path) -> Catalogue:
    """The papers in inquiries/<id>/<version>.toml; anything else there is refused, too."""
    folder = templates / "inquiries"
    return read(_files(folder, folder))


def read_broadcasts(templates: Path) -> tuple[Template, ...]:
    """The ready-made calls in broadcasts/<id>.toml; anything else there is refused, too. There
    may be none."""
    return broadcast_templates.read(_files(templates / "broadcasts", templates))


def _files(folder: Path, root: Path) -> dict[str, str]:
    """Every file of a folder by its path from the root, hidden ones aside."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(root).as_posix(): path.read_text("utf-8")
        for path in files
        if not path.name.startswith(".")
    }
