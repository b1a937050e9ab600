"""The draft at a glance, for whom a new one is, and throwing one away."""

from conversations.broadcasts.telling import title
from conversations.deeds import Discard
from conversations.flows.broadcasts.shown import excerpt
from conversations.flows.composing.kept import (
    ALL,
    away,
    council_of,
    count,
    draft_of,
    gone,
    here,
    main_post,
)
from conversations.flows.flow import Card, Line, Move, Scene, Step, button, foot, line
from conversations.flows.placed import place_in_hand
from conversations.rules.texts import REFERENCE

_EXCERPT = 200
_STEPS = {
    "comp_audience": "audience",
    "comp_links": "links",
    "comp_text": "text",
    "comp_language": "language",
    "comp_discard": "discard",
}


class Glance(Step):
    """Everything that is set, and on to the preview."""

    def card(self, scene: Scene) -> Card:
        """What it says, to whom."""
        one = draft_of(scene)
        if one is None:
            return gone()
        content = one.content
        post = main_post(content)
        said = line(
            "composing/draft",
            text=excerpt(post.text, _EXCERPT) if post else "",
            attached=post.attached if post else None,
            other=[_named(scene, key) for key in sorted(content.posts) if key != REFERENCE],
            links=content.links,
            reach=count(scene, content.audience),
            place=place_in_hand(scene) if council_of(scene) else "",
        )
        second = (button("comp_language"),) if len(scene.know.texts.languages) > 1 else ()
        rows = (
            (button("comp_preview"),),
            (button("comp_audience"), button("comp_links")),
            (button("comp_text"), *second),
            (button("comp_discard"),),
        )
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """On to the preview, or to what is to be changed."""
        one = draft_of(scene)
        if one is None or name == "back":
            return away(name)
        if name == "comp_preview":
            return shown(scene)
        return Move(step=_STEPS[name], args=here(scene, one)) if name in _STEPS else None

    def expects(self, scene: Scene) -> Line:
        """The buttons; and where a new text or picture belongs."""
        return line("composing/expects_change")

    def help(self, scene: Scene) -> Line:
        """How a broadcast comes about."""
        return line("composing/help")


class ThrowAway(Step):
    """Whether the draft shall go."""

    def card(self, scene: Scene) -> Card:
        """Which one."""
        one = draft_of(scene)
        if one is None:
            return gone()
        said = line("composing/discard", title=title(scene.know, one, scene.language))
        return Card(line=said, rows=((button("comp_discard_yes"),), (button("comp_discard_no"),)))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Gone, or kept."""
        one = draft_of(scene)
        if one is None:
            return away(name)
        if name != "comp_discard_yes":
            return Move(step="draft", args=here(scene, one))
        deeds = (Discard(id=one.id, council=one.council),)
        hint = line("composing/discarded")
        return Move(flow="broadcasts", step="list", deeds=deeds, hint=hint)


def shown(scene: Scene) -> Move:
    """The preview is asked for; without a text or anybody to read it, what is missing is said."""
    one = draft_of(scene)
    assert one is not None
    if main_post(one.content) is None:
        return Move(step="text", args=here(scene, one), hint=line("composing/nothing"))
    if not count(scene, one.content.audience).all:
        return Move(step="draft", args=here(scene, one), hint=line("composing/nobody"))
    return Move(step="preview", args=here(scene, one), rehearse=one.id)


def whose_card(scene: Scene) -> Card:
    """The question for whom a new one is."""
    said = line("composing/whose", place=place_in_hand(scene))
    rows = ((button("whose_all"),), (button("whose_mine"),), *foot())
    return Card(line=said, rows=rows)


def whose_pressed(scene: Scene, name: str) -> Move | None:
    """Its answer, on the step that asked; None for anything else."""
    step = scene.position.step
    match name:
        case "whose_all":
            return Move(step=step, args={**scene.args, "of": ALL})
        case "whose_mine" if scene.seat is not None:
            return Move(step=step, args={**scene.args, "of": scene.seat.council})
    return None


def _named(scene: Scene, language: str) -> str:
    return scene.know.texts.label("language_name", language)


STEPS: dict[str, Step] = {"draft": Glance(), "discard": ThrowAway()}
