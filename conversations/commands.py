"""The commands: their German names, English aliases, and who may use them before consent.

The one table that routing, the "/" menu, /hilfe and the documentation are made from.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Audience(StrEnum):
    """Whose "/" menu and /hilfe a command stands in; the right itself is checked on use."""

    EVERYBODY = "everybody"
    ADMIN = "admin"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command without slash. Its description is the label `command_<name>`."""

    name: str
    aliases: tuple[str, ...] = ()
    before_consent: bool = False
    """Answered for everybody, storing nothing."""
    audiences: frozenset[Audience] = frozenset({Audience.EVERYBODY})


_ADMINS: Final = frozenset({Audience.ADMIN})
_OPERATORS: Final = frozenset({Audience.OPERATOR})

COMMANDS = (
    Command(name="anfrage", aliases=("inquiry", "antrag", "neu")),
    Command(name="weiter", aliases=("resume", "continue")),
    Command(name="entwuerfe", aliases=("drafts", "briefe", "letters")),
    Command(name="status", aliases=("stand", "overview")),
    Command(name="eingereicht", aliases=("filed", "offen")),
    Command(name="bericht", aliases=("report", "reports", "berichte")),
    Command(name="rat", aliases=("council", "gremium")),
    Command(name="sitzungen", aliases=("meetings", "termine")),
    Command(name="wechseln", aliases=("switch",)),
    Command(name="personen", aliases=("people",), audiences=_ADMINS),
    Command(name="einladen", aliases=("invite",), audiences=_ADMINS),
    Command(name="gruppe", aliases=("group", "chats"), audiences=_ADMINS),
    Command(name="protokoll", aliases=("log", "records"), audiences=_ADMINS),
    Command(name="rundruf", aliases=("broadcast", "broadcasts"), audiences=_ADMINS | _OPERATORS),
    Command(name="betrieb", aliases=("operating", "operations"), audiences=_OPERATORS),
    Command(name="einstellungen", aliases=("settings", "sprache", "language")),
    Command(name="hilfe", aliases=("help",), before_consent=True),
    Command(name="abbrechen", aliases=("cancel",)),
    Command(name="datenschutz", aliases=("privacy",), before_consent=True),
    Command(name="impressum", aliases=("imprint",), before_consent=True),
    Command(name="meinedaten", aliases=("mydata",), before_consent=True),
    Command(name="stopp", aliases=("stop",), before_consent=True),
    Command(name="loeschen", aliases=("delete", "forget"), before_consent=True),
    Command(name="start"),
)

IN_GROUPS = frozenset({"status", "gruppe", "hilfe"})
"""Commands in the "/" menu of groups; every other one leads into the private chat."""


def named(name: str) -> Command | None:
    """The command of that name or alias, in any case; None for an unknown one."""
    wanted = name.casefold()
    return next((c for c in COMMANDS if wanted == c.name or wanted in c.aliases), None)
