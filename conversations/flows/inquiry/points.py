"""The questions or demands: all at once, or one by one, with own wording, extras and own ones."""

from dataclasses import replace

from conversations.flows.drafting import Shown, change, definition_of
from conversations.flows.entry import PARAGRAPH, Entry, with_foot
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.flows.inquiry import stages
from conversations.rules.answers import Answers
from conversations.rules.definition import Point

MOST_OWN = 8


class Points(Step):
    """The list with its ticks."""

    def card(self, scene: Scene) -> Card:
        """Every point in a line; a typed number opens it."""
        points = Shown(scene=scene).points
        said = line(
            "points/points",
            **stages.progress(scene, "points"),
            points=[p for p in points if not p.extra or p.kept],
            extras=[_translated(scene, p.title) for p in points if p.extra and not p.kept],
            own=scene.answers.own,
        )
        whole = not scene.answers.dropped and not scene.answers.extras and not scene.answers.own
        count = Shown(scene=scene).count
        take = button("take", "take_all" if whole else "take_these", count=count)
        extras = (button("extras"),) if any(p.extra for p in points) else ()
        rows: tuple[Row, ...] = ((take,), (button("each"), button("own")), extras)
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """On, or into the points."""
        match name:
            case "take":
                if Shown(scene=scene).count == 0:
                    return Move(step="points", args=scene.args, hint=line("points/none_left"))
                return Move(step=stages.returning(scene, "points"))
            case "each":
                return Move(step="point", args={**_then(scene), "point": _ids(scene)[0], "walk": 1})
            case "extras" | "own":
                return Move(step=name, args=_then(scene))
            case "back":
                return Move(step=scene.text("then") or stages.preceding(scene, "points"))
        return None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """A number opens the point."""
        number = text.strip(" .)").casefold()
        if number in _ids(scene):
            return Move(step="point", args={**_then(scene), "point": number})
        return None

    def expects(self, scene: Scene) -> Line:
        """A number, or a button."""
        return line("points/expects", most=len(_ids(scene)))


class OnePoint(Step):
    """One point with its wording."""

    def card(self, scene: Scene) -> Card:
        """The wording as it will stand, and what can be done with it."""
        point = _point(scene)
        shown = Shown(scene=scene).point(point.id)
        ids = _ids(scene)
        number = ids.index(point.id) + 1 if point.id in ids else 0
        said = line(
            "points/point",
            point=shown,
            title=_translated(scene, point.title),
            number=number,
            count=len(ids),
            kind=definition_of(scene).kind,
            minutes=max(1, round((len(ids) - number + 1) / 2)),
        )
        toggle = button("drop" if shown.kept else "restore")
        parts = (
            (button("parts", first=point.parts[0].id, last=point.parts[-1].id),)
            if point.parts
            else ()
        )
        explain = (button("explain"),) if point.help else ()
        rows: tuple[Row, ...] = ((button("keep_point"), button("adapt")), (*parts, toggle), explain)
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Keep, drop, reword, explain."""
        point = _point(scene)
        match name:
            case "keep_point":
                return self._next(scene, change(scene, _restored(scene.answers, point), "points"))
            case "drop":
                dropped = (*scene.answers.dropped, point.id)
                move = change(scene, replace(scene.answers, dropped=dropped), "points")
                return self._next(scene, move)
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
        ids = _ids(scene)
        place = ids.index(scene.text("point")) + 1 if scene.text("point") in ids else len(ids)
        if not scene.args.get("walk") or place >= len(ids):
            return replace(move, step="points", args=_then(scene))
        return replace(move, step="point", args={**scene.args, "point": ids[place]})

    def _previous(self, scene: Scene) -> Move:
        ids = _ids(scene)
        place = ids.index(scene.text("point")) if scene.text("point") in ids else 0
        if not scene.args.get("walk") or place == 0:
            return Move(step="points", args=_then(scene))
        return Move(step="point", args={**scene.args, "point": ids[place - 1]})


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
                    label=f"{shown.id}{p.id}",
                    text=p.text[:48],
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
        return with_foot("points/adapt", *reset, key=key, now=now)

    def take(self, scene: Scene, text: str) -> Move:
        """Stored under the point's key; a dropped point comes back with it."""
        answers = replace(scene.answers, texts={**scene.answers.texts, _key(scene): text})
        return change(
            scene, _restored(answers, _point(scene), keep_parts=True), "point", _bare(scene)
        )

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


class Extras(Step):
    """Further questions the project suggests."""

    def card(self, scene: Scene) -> Card:
        """One button each, with a tick; marked as added by the project."""
        points = Shown(scene=scene).points
        extras = [p for p in points if p.extra]
        rows = tuple(
            (
                button(
                    f"extra:{p.id}",
                    "part_on" if p.kept else "part_off",
                    label="",
                    text=_translated(scene, p.title),
                ),
            )
            for p in extras
        )
        said = line("points/extras", extras=extras)
        return Card(line=said, rows=(*rows, (button("done"),), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Turn one on or off."""
        if name != "extra":
            return Move(step="points", args=_then(scene))
        order = [p.id for p in definition_of(scene).points if p.extra]
        chosen = set(scene.answers.extras) ^ {value}
        answers = replace(scene.answers, extras=tuple(id_ for id_ in order if id_ in chosen))
        return change(scene, answers, "extras", scene.args)


class Own(Entry):
    """The member's own questions."""

    most = PARAGRAPH
    lines = True

    def ask(self, scene: Scene) -> Card:
        """The own ones so far, each with a button to take it away."""
        rows = tuple(
            (button(f"remove:{n}", "remove", text=text[:40]),)
            for n, text in enumerate(scene.answers.own)
        )
        return with_foot("points/own", *rows, (button("done"),), own=scene.answers.own)

    def take(self, scene: Scene, text: str) -> Move:
        """One more at the end."""
        if len(scene.answers.own) >= MOST_OWN:
            return Move(step="own", args=scene.args, hint=line("points/too_many", most=MOST_OWN))
        answers = replace(scene.answers, own=(*scene.answers.own, text))
        return change(scene, answers, "points", _then(scene))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Take one away, or done."""
        match name:
            case "remove":
                own = tuple(t for n, t in enumerate(scene.answers.own) if str(n) != value)
                return change(scene, replace(scene.answers, own=own), "own", scene.args)
            case "done" | "back":
                return Move(step="points", args=_then(scene))
        return super().pressed(scene, name, value)

    def expects(self, scene: Scene) -> Line:
        """A text."""
        return line("trouble/expects_text")


def _ids(scene: Scene) -> list[str]:
    """The points that can be walked: the paper's own and the extras that were taken."""
    chosen = scene.answers.extras
    points = definition_of(scene).points
    return [p.id for p in points if not p.extra or p.id in chosen]


def _point(scene: Scene) -> Point:
    points = definition_of(scene).points
    return next((p for p in points if p.id == scene.text("point")), points[0])


def _key(scene: Scene) -> str:
    return _point(scene).id + scene.text("part")


def _restored(answers: Answers, point: Point, *, keep_parts: bool = True) -> Answers:
    parts = () if keep_parts else tuple(f"{point.id}{part.id}" for part in point.parts)
    dropped = tuple(key for key in answers.dropped if key != point.id and key not in parts)
    return replace(answers, dropped=dropped)


def _then(scene: Scene) -> dict[str, str | int]:
    return {key: value for key, value in scene.args.items() if key == "then"}


def _bare(scene: Scene) -> dict[str, str | int]:
    return {key: value for key, value in scene.args.items() if key in {"then", "point", "walk"}}


def _translated(scene: Scene, text: str) -> str:
    return scene.know.texts.translate(text, scene.language)


STEPS = {
    "points": Points(),
    "point": OnePoint(),
    "parts": Parts(),
    "explain": Explain(),
    "adapt_which": AdaptWhich(),
    "adapt": Adapt(),
    "extras": Extras(),
    "own": Own(),
}
