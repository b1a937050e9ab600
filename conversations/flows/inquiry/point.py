"""One question or demand: its wording, its parts, what it means; own words for it."""

from dataclasses import replace

from conversations.flows.drafting import Shown, change, definition_of
from conversations.flows.entry import PARAGRAPH, Entry, with_foot
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.flows.inquiry import stages
from conversations.rules.answers import Answers
from conversations.rules.definition import Point

_BUTTON = 44
"""Characters that fit on a button on a phone."""


class OnePoint(Step):
    """One point with its wording."""

    def card(self, scene: Scene) -> Card:
        """The wording as it will stand, and what can be done with it."""
        point = _point(scene)
        shown = Shown(scene=scene).point(point.id)
        walked = ids(scene)
        number = walked.index(point.id) + 1 if point.id in walked else 0
        said = line(
            "points/point",
            point=shown,
            title=_translated(scene, point.title),
            number=number,
            count=len(walked),
            kind=definition_of(scene).kind,
            minutes=max(1, round((len(walked) - number + 1) / 2)),
            walk=bool(scene.args.get("walk")),
        )
        explain = (button("explain"),) if point.help else ()
        rows = self._kept(point) if shown.kept else ((button("next"), button("restore")),)
        return Card(line=said, rows=(*rows, explain, *foot()))

    def _kept(self, point: Point) -> tuple[Row, ...]:
        parts = point.parts
        some = (button("parts", first=parts[0].id, last=parts[-1].id),) if parts else ()
        return ((button("keep_point"), button("adapt")), (*some, button("drop")))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Keep, drop, reword, explain."""
        point = _point(scene)
        match name:
            case "keep_point" | "next":
                return self._next(scene, Move(step="points"))
            case "drop":
                return self._next(scene, change(scene, _without(scene.answers, point), "points"))
            case "restore":
                return change(scene, _restored(scene.answers, point), "point", scene.args)
            case "adapt":
                return Move(step="adapt" if not point.parts else "adapt_which", args=scene.args)
            case "parts" | "explain":
                return Move(step=name, args=scene.args)
            case "back":
                return self._previous(scene)
        return None

    def _next(self, scene: Scene, move: Move) -> Move:
        walked = ids(scene)
        here = scene.text("point")
        place = walked.index(here) + 1 if here in walked else len(walked)
        if not scene.args.get("walk") or place >= len(walked):
            return replace(move, step="points", args=stages.then(scene))
        return replace(move, step="point", args={**scene.args, "point": walked[place]})

    def _previous(self, scene: Scene) -> Move:
        walked = ids(scene)
        place = walked.index(scene.text("point")) if scene.text("point") in walked else 0
        if not scene.args.get("walk") or place == 0:
            return Move(step="points", args=stages.then(scene))
        return Move(step="point", args={**scene.args, "point": walked[place - 1]})


class Parts(Step):
    """The sub-questions, each on or off."""

    def card(self, scene: Scene) -> Card:
        """One button each, with a tick."""
        shown = Shown(scene=scene).point(_point(scene).id)
        rows = tuple(
            (
                button(
                    f"part:{p.id}",
                    "part_on" if p.kept else "part_off",
                    words=f"{shown.id}{p.id} {_short(p.text)}",
                ),
            )
            for p in shown.parts
        )
        said = line("points/parts", point=shown)
        return Card(line=said, rows=(*rows, (button("done"),), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Turn one on or off; the last one cannot go alone."""
        if name != "part":
            return Move(step="point", args=scene.args)
        point = _point(scene)
        key = f"{point.id}{value}"
        dropped = set(scene.answers.dropped) ^ {key}
        if all(f"{point.id}{part.id}" in dropped for part in point.parts):
            return Move(step="parts", args=scene.args, hint=line("points/last_part"))
        answers = replace(scene.answers, dropped=tuple(sorted(dropped)))
        return change(scene, answers, "parts", scene.args)


class Explain(Step):
    """What a point means, in plain words."""

    def card(self, scene: Scene) -> Card:
        """The definition's help."""
        said = line(
            "points/explain",
            title=_translated(scene, _point(scene).title),
            help=_translated(scene, _point(scene).help),
        )
        return Card(line=said, rows=((button("understood"),), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Back to the point."""
        return Move(step="point", args=scene.args)


class AdaptWhich(Step):
    """Which sub-question shall read differently."""

    def card(self, scene: Scene) -> Card:
        """One button each."""
        point = _point(scene)
        rows = tuple((button(f"part:{p.id}", text=f"{point.id}{p.id}"),) for p in point.parts)
        shown = Shown(scene=scene).point(point.id)
        return Card(
            line=line("points/adapt_which", point=shown), rows=(tuple(b for (b,) in rows), *foot())
        )

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """To its wording."""
        if name == "part":
            return Move(step="adapt", args={**scene.args, "part": value})
        return Move(step="point", args=scene.args)


class Adapt(Entry):
    """Own words for a point or one part of it."""

    most = PARAGRAPH

    def ask(self, scene: Scene) -> Card:
        """The wording now, to copy and change."""
        key = _key(scene)
        letters = scene.know.letters
        now = letters.wording(definition_of(scene), scene.answers, scene.today, key)
        reset = ((button("original"),),) if key in scene.answers.texts else ()
        return with_foot("points/adapt", *reset, key=key, now=now, kind=definition_of(scene).kind)

    def take(self, scene: Scene, text: str) -> Move:
        """Stored under the point's key; a dropped point comes back with it."""
        answers = replace(scene.answers, texts={**scene.answers.texts, _key(scene): text})
        return change(scene, _restored(answers, _point(scene)), "point", _bare(scene))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """The paper's own wording again, or back."""
        match name:
            case "original":
                texts = {k: v for k, v in scene.answers.texts.items() if k != _key(scene)}
                return change(scene, replace(scene.answers, texts=texts), "point", _bare(scene))
            case "back":
                return Move(step="point", args=_bare(scene))
        return super().pressed(scene, name, value)

    def expects(self, scene: Scene) -> Line:
        """A text."""
        return line("trouble/expects_text")


def ids(scene: Scene) -> list[str]:
    """The points that can be walked: the paper's own and the extras that were taken."""
    chosen = scene.answers.extras
    points = definition_of(scene).points
    return [p.id for p in points if not p.extra or p.id in chosen]


def _point(scene: Scene) -> Point:
    points = definition_of(scene).points
    return next((p for p in points if p.id == scene.text("point")), points[0])


def _short(text: str) -> str:
    """The beginning of a text, for a button."""
    return text if len(text) <= _BUTTON else text[:_BUTTON].rsplit(" ", 1)[0] + " …"


def _key(scene: Scene) -> str:
    return _point(scene).id + scene.text("part")


def _restored(answers: Answers, point: Point) -> Answers:
    """With the point again; parts that were left out stay out."""
    dropped = tuple(key for key in answers.dropped if key != point.id)
    extras = tuple(id_ for id_ in answers.extras if id_ != point.id)
    return replace(answers, dropped=dropped, extras=(*extras, *([point.id] if point.extra else [])))


def _without(answers: Answers, point: Point) -> Answers:
    """Without the point: an extra one is taken no longer, another is left out."""
    if point.extra:
        return replace(answers, extras=tuple(id_ for id_ in answers.extras if id_ != point.id))
    return replace(answers, dropped=(*answers.dropped, point.id))


def _bare(scene: Scene) -> dict[str, str | int]:
    return {key: value for key, value in scene.args.items() if key in {"then", "point", "walk"}}


def _translated(scene: Scene, text: str) -> str:
    return scene.know.texts.translate(text, scene.language)


STEPS = {
    "point": OnePoint(),
    "parts": Parts(),
    "explain": Explain(),
    "adapt_which": AdaptWhich(),
    "adapt": Adapt(),
}
