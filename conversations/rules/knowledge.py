"""What the dialogues know beside the person: texts, papers, municipalities, fonts. Read once."""

from dataclasses import dataclass

from conversations.broadcasts.templates import Template
from conversations.rules.catalogue import Catalogue
from conversations.rules.cleaning import Coverage
from conversations.rules.drafted import Letters
from conversations.rules.house import House
from conversations.rules.municipalities import Register
from conversations.rules.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Handed in by the composition root; unchangeable while the program runs."""

    texts: Texts
    catalogue: Catalogue
    register: Register
    letters: Letters
    coverage: Coverage
    house: House = House()
    broadcasts: tuple[Template, ...] = ()
    """Ready-made calls, in menu order."""
