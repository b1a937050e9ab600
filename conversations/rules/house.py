"""What the operator of an instance set: who may use it, and who is answerable for it."""

from dataclasses import dataclass
from enum import StrEnum

from conversations.standing import Standing


class Access(StrEnum):
    """Who may use the dialogues, after consenting."""

    OPEN = "open"
    """Everybody may write a letter; councils are joined by invitation."""
    INVITE = "invite"
    """Only who was invited; strangers get an explanation, and nothing of them is stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """Who runs this instance (/impressum, § 5 DDG; the controller of Art. 4 Nr. 7 DSGVO). Empty
    fields are missing."""

    name: str = ""
    address: str = ""
    """Lines: street, postcode and town."""
    email: str = ""
    phone: str = ""
    privacy: str = ""
    """Contact of the data protection officer, when there is one."""

    @property
    def complete(self) -> bool:
        """Whether everything is there that the law asks of an imprint."""
        return bool(self.name and self.address and self.email)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The operator's settings that the dialogues know."""

    access: Access = Access.OPEN
    imprint: Imprint = Imprint()
    feeds: str = ""
    """Address under which calendar feeds stand: the token and ".ics" follow. Empty: none do."""

    four_eyes: bool = False
    """A broadcast to all councils needs a second operator."""
    per_second: int = 29
    """Messages sent unasked a second: how long a broadcast will take."""

    def admits(self, standing: Standing) -> bool:
        """Whether a person of this standing may use more than the privacy commands."""
        return self.access is Access.OPEN or standing.operator or bool(standing.seats)
