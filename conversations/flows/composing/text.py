"""What a broadcast says: written, forwarded or taken from a template; a second language beside."""

from collections.abc import Sequence
from dataclasses import replace

from conversations.broadcasts import BroadcastId
from conversations.broadcasts.posts import Post
from conversations.flows.broadcasts.shown import excerpt
from conversations.flows.composing.draft import whose_card, whose_pressed
from conversations.flows.composing.joining import bared, beside, with_post
from conversations.flows.composing.kept import (
    away,
    content_of,
    count,
    draft_of,
    gone,
    here,
    lost,
    main_post,
    stored,
    undecided,
)
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.flows.pages import page
from conversations.flows.posted import checked
from conversations.rules.placeholders import NAMES
from conversations.rules.texts import REFERENCE

_EXCERPT = 400
_PAGE = 8


class WriteText(Step):
    """The text, a picture or file with words below, or a forwarded post."""

    adds = True

    def card(self, scene: Scene) -> Card:
        """What can be sent here, and what was."""
        if lost(scene):
            return gone()
        if undecided(scene):
            return whose_card(scene)
        post = main_post(content_of(scene))
        said = line(
            "composing/text",
            text=excerpt(post.text, _EXCERPT) if post else "",
            attached=post.attached if post else None,
            names=NAMES,
        )
        template: Row = (button("cast_template"),)
        bare: Row = (button("comp_bare"),) if post and post.attached and post.text else ()
        return Card(line=said, rows=(template, bare, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A template instead, or back."""
        if lost(scene):
            return away(name)
        if undecided(scene) and (move := whose_pressed(scene, name)):
            return move
        if name == "cast_template":
            return Move(step="template", args=scene.args)
        one = draft_of(scene)
        if one is None:
            return away(name)
        if name == "comp_bare":
            return stored(scene, replace(one.content, posts=bared(one.content.posts)), "draft")
        return Move(step="draft", args=here(scene, one))

    def posted(self, scene: Scene, post: Post) -> Move | None:
        """Stored as it was written."""
        return _taken(scene, REFERENCE, post)

    def typed(self, scene: Scene, text: str) -> Move | None:
        """The same for a text without marks."""
        return self.posted(scene, Post(text=text))

    def expects(self, scene: Scene) -> Line:
        """A text."""
        return line("composing/expects_text")

    def help(self, scene: Scene) -> Line:
        """How a broadcast comes about."""
        return line("composing/help")


class WriteInLanguage(Step):
    """The text for those who chose another language."""

    adds = True

    def card(self, scene: Scene) -> Card:
        """The text there is, and the other languages."""
        if lost(scene) or draft_of(scene) is None:
            return gone()
        content, language = content_of(scene), _language(scene)
        post = content.posts.get(language)
        said = line(
            "composing/language",
            language=_named(scene, language),
            text=excerpt(post.text, _EXCERPT) if post else "",
        )
        others = tuple(
            button(f"lang:{key}", text=_named(scene, key))
            for key in scene.know.texts.languages
            if key not in {REFERENCE, language}
        )
        remove: Row = (button("comp_language_off"),) if post else ()
        return Card(line=said, rows=(others, remove, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Another language, none, or back."""
        one = draft_of(scene)
        if one is None:
            return away(name)
        match name:
            case "lang":
                return Move(step="language", args={**here(scene, one), "lang": value})
            case "comp_language_off":
                content = one.content
                posts = {key: post for key, post in content.posts.items() if key == REFERENCE}
                return stored(scene, replace(content, posts=posts), "draft")
        return Move(step="draft", args=here(scene, one))

    def posted(self, scene: Scene, post: Post) -> Move | None:
        """Stored as it was written."""
        return _taken(scene, _language(scene), post) if draft_of(scene) else None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """The same for a text without marks."""
        return self.posted(scene, Post(text=text))

    def expects(self, scene: Scene) -> Line:
        """A text."""
        return line("composing/expects_text")

    def help(self, scene: Scene) -> Line:
        """How a broadcast comes about."""
        return line("composing/help")


class TakeTemplate(Step):
    """Frequent calls to start from."""

    def card(self, scene: Scene) -> Card:
        """One button each."""
        if lost(scene):
            return gone()
        if undecided(scene):
            return whose_card(scene)
        now, turns = page(scene, scene.know.broadcasts, _PAGE)
        rows = ((button(f"take:{one.id}", text=one.title(scene.language)),) for one in now)
        said = line("composing/template", count=len(now))
        return Card(line=said, rows=(*rows, turns, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Taken as the draft's text, buttons and languages."""
        if lost(scene):
            return away(name)
        if undecided(scene) and (move := whose_pressed(scene, name)):
            return move
        match name:
            case "page":
                return Move(step="template", args={**scene.args, "page": value})
            case "take":
                return _from_template(scene, value)
        one = draft_of(scene)
        if one is None:
            return Move(step="text", args=scene.args)
        return Move(step="draft", args=here(scene, one))

    def help(self, scene: Scene) -> Line:
        """How a broadcast comes about."""
        return line("composing/help")


def _from_template(scene: Scene, id_: str) -> Move:
    """Taken, and shown at once: most often it goes out as it is."""
    found = next((one for one in scene.know.broadcasts if one.id == id_), None)
    if found is None:
        return Move(step="template", args=scene.args)
    content = replace(
        content_of(scene), posts=dict(found.posts), links=tuple(found.links), template=found.id
    )
    if not count(scene, content.audience).all:
        return stored(scene, content, "draft", line("composing/nobody"))
    move = stored(scene, content, "preview")
    return replace(move, rehearse=BroadcastId(str(move.args["id"])))


def _taken(scene: Scene, language: str, post: Post) -> Move | None:
    """The message as the draft's text in that language; what is wrong with it is said, and the
    draft stays as it was."""
    if lost(scene) or undecided(scene):
        return None
    found = checked(post)
    if isinstance(found, Line):
        return Move(step=scene.position.step, args=scene.args, hint=found)
    content = content_of(scene)
    new = beside(replace(found, forwarded=post.forwarded), content.posts.get(language))
    posts = with_post(content.posts, language, new)
    wrong = (one for one in map(checked, posts.values()) if isinstance(one, Line))
    if (hint := next(wrong, None)) is not None:
        return Move(step=scene.position.step, args=scene.args, hint=hint)
    others = [_named(scene, key) for key in sorted(posts) if key != REFERENCE]
    old = content.posts.get(REFERENCE)
    left = language == REFERENCE and others and old is not None and old.text != new.text
    hint = line("composing/other_stays", languages=others) if left else None
    return stored(scene, replace(content, posts=posts), "draft", hint)


def _language(scene: Scene) -> str:
    others: Sequence[str] = scene.know.texts.languages[1:]
    wanted = scene.text("lang")
    return wanted if wanted in others else next(iter(others), REFERENCE)


def _named(scene: Scene, language: str) -> str:
    return scene.know.texts.label("language_name", language)


STEPS: dict[str, Step] = {
    "text": WriteText(),
    "language": WriteInLanguage(),
    "template": TakeTemplate(),
}
