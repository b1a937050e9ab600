"""A sent text is corrected: written anew, shown as it will arrive, then changed wherever it was
sent."""

import json
from dataclasses import asdict, replace

from conversations.broadcasts import Broadcast
from conversations.broadcasts.posts import Mark, Post
from conversations.deeds import Correct
from conversations.events import Rehearsed
from conversations.flows.broadcasts.one import here, may_correct
from conversations.flows.broadcasts.shown import chosen, excerpt, gone
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.flows.posted import checked
from conversations.rules.posting import parts, varies
from conversations.rules.texts import REFERENCE

_EXCERPT = 600


class CorrectIt(Step):
    """The new text in one language; what was typed is shown, and waits for a yes."""

    adds = True

    def card(self, scene: Scene) -> Card:
        """The text as it is, or the new one with the question."""
        one = chosen(scene)
        if one is None:
            return gone()
        post, new = one.content.posts.get(_language(scene, one)), _waiting(scene)
        said = line(
            "broadcasts/correct",
            language=_named(scene, _language(scene, one)),
            several=len(one.content.posts) > 1,
            text=excerpt(post.text, _EXCERPT) if post else "",
            new=new is not None,
            shown=bool(scene.text("shown")),
            example=one.council is None and new is not None and varies(new),
            parts=len(parts(post)) if post else 1,
        )
        way = "cast_correct_yes" if scene.text("shown") else "comp_again"
        yes: Row = (button(way),) if new else ()
        others = tuple(
            button(f"lang:{key}", text=_named(scene, key))
            for key in sorted(one.content.posts)
            if key != _language(scene, one)
        )
        return Card(line=said, rows=(yes, others, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Changed everywhere, another language's text, or back."""
        one = chosen(scene)
        if one is None:
            return Move(flow="home", step="home") if name == "home" else Move(step="list")
        match name:
            case "lang":
                return Move(step="correct", args={**here(one), "lang": value})
            case "comp_again" if (new := _waiting(scene)) is not None:
                return _tried(scene, one, new)
            case "cast_correct_yes":
                return _corrected(scene, one)
        return Move(step="one", args=here(one))

    def posted(self, scene: Scene, post: Post) -> Move | None:
        """The new text; a picture or file stays what it was."""
        one = chosen(scene)
        if one is None:
            return None
        if post.attached is not None:
            return _again(scene, line("broadcasts/text_only"))
        new = checked(post)
        if isinstance(new, Line):
            return _again(scene, new)
        old = one.content.posts.get(_language(scene, one), Post())
        new = replace(new, attached=old.attached, file=old.file, name=old.name)
        need, got = len(parts(old)), len(parts(new))
        if need != got:
            return _again(scene, line("broadcasts/other_parts", need=need, got=got))
        return _tried(scene, one, new)

    def rehearsed(self, scene: Scene, event: Rehearsed) -> Move | None:
        """On to the question; what Telegram refused is not changed anywhere."""
        one, lang = chosen(scene), scene.text("lang")
        if one is None or event.broadcast != one.id or _waiting(scene) is None:
            return None
        if event.refused:
            hint = line("composing/refused", why=event.refused)
            return Move(step="correct", args={**here(one), "lang": lang}, hint=hint)
        return Move(step="correct", args={**scene.args, "shown": 1})

    def typed(self, scene: Scene, text: str) -> Move | None:
        """The same for a text without marks."""
        return self.posted(scene, Post(text=text))

    def expects(self, scene: Scene) -> Line:
        """A text."""
        return line("broadcasts/text_only")

    def help(self, scene: Scene) -> Line:
        """What becomes of what."""
        return line("broadcasts/help")


def _tried(scene: Scene, one: Broadcast, new: Post) -> Move:
    """The new text is shown to its author first."""
    args = {**here(one), "lang": scene.text("lang"), "new": _packed(new)}
    trial = {_language(scene, one): new}
    return Move(step="correct", args=args, rehearse=one.id, trial=trial)


def _corrected(scene: Scene, one: Broadcast) -> Move:
    new = _waiting(scene)
    if new is None or not may_correct(scene, one):
        return Move(step="one", args=here(one), hint=line("broadcasts/moved_on"))
    posts = {**one.content.posts, _language(scene, one): new}
    deed = Correct(id=one.id, council=one.council, revision=one.revision, posts=posts)
    return Move(step="one", args=here(one), deeds=(deed,), hint=line("broadcasts/corrected"))


def _language(scene: Scene, one: Broadcast) -> str:
    wanted = scene.text("lang") or REFERENCE
    return wanted if wanted in one.content.posts else next(iter(one.content.posts), REFERENCE)


def _named(scene: Scene, language: str) -> str:
    return scene.know.texts.label("language_name", language)


def _again(scene: Scene, hint: Line) -> Move:
    return Move(step="correct", args=scene.args, hint=hint)


def _packed(post: Post) -> str:
    return json.dumps(asdict(post), ensure_ascii=False, separators=(",", ":"))


def _waiting(scene: Scene) -> Post | None:
    """The text that waits for a yes."""
    packed = scene.text("new")
    if not packed:
        return None
    values = json.loads(packed)
    return Post(**{**values, "marks": tuple(Mark(**mark) for mark in values["marks"])})


STEPS: dict[str, Step] = {"correct": CorrectIt()}
