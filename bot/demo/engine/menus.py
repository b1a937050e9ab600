"""Command menus and profile texts of the bot, by scope and language, resolved as Telegram does
(Bot API, "Determining list of commands")."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Commands = tuple[tuple[str, str], ...]
"""(command, description) in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The Bot API's BotCommandScope."""

    type: str = "default"
    chat: int | None = None
    user: int | None = None


@dataclass(slots=True, kw_only=True)
class Menus:
    """What setMyCommands, setMyName and the like have set."""

    commands: dict[tuple[Scope, str], Commands] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    """(name | description | short_description, language) → text."""
    buttons: dict[int, Mapping[str, object]] = field(default_factory=dict)
    """Menu button by chat id; 0 is the default."""

    def set(self, scope: Scope, language: str, commands: Commands) -> None:
        """Set a menu; an empty one removes it."""
        if commands:
            self.commands[scope, language] = commands
        else:
            self.commands.pop((scope, language), None)

    def get(self, scope: Scope, language: str) -> Commands:
        """Exactly what was set for this scope and language."""
        return self.commands.get((scope, language), ())

    def shown(self, scopes: tuple[Scope, ...], language: str) -> Commands:
        """What a person sees: the narrowest scope first, in each the own language first."""
        for scope in scopes:
            for tag in (language, ""):
                if found := self.commands.get((scope, tag)):
                    return found
        return ()

    def text(self, kind: str, language: str) -> str:
        """A profile text; the one without language stands in."""
        return self.texts.get((kind, language)) or self.texts.get((kind, ""), "")
