"""What a member may set: the language of the chat; and the way to erase everything."""

from dataclasses import replace

from conversations.flows.flow import Card, Flow, Move, Scene, Step, button, line


class Settings(Step):
    """One card with the languages that are shipped, each in its own words."""

    def card(self, scene: Scene) -> Card:
        """What is remembered, and what can be changed."""
        others = [code for code in scene.know.texts.languages if code != scene.language]
        names = [scene.know.texts.label("language_name", code) for code in others]
        rows = (
            tuple(button(f"lang:{code}", text=n) for code, n in zip(others, names, strict=True)),
            (button("erase"), button("privacy")),
            (button("home"),),
        )
        member = scene.member
        place = scene.know.register.get(member.council.ags) if member.council.ags else None
        said = line(
            "settings/settings",
            sender=member.sender,
            place=place and scene.know.letters.named(place),
        )
        return Card(line=said, rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Switch, or go on."""
        match name:
            case "lang":
                member = replace(scene.member, language=value)
                return Move(step="settings", member=member)
            case "erase":
                return Move(flow="erase", step="ask")
            case "privacy":
                return Move(step="settings", hint=line("help/datenschutz"))
            case "home":
                return Move(flow="home", step="home")
        return None


FLOW = Flow(name="settings", steps={"settings": Settings()}, first="settings")
