"""What a paper needs beside its points: years, amounts, choices, as its definition says."""

from collections.abc import Mapping
from dataclasses import replace

from conversations.flows.drafting import Shown, change, definition_of
from conversations.flows.entry import LINE, Entry
from conversations.flows.flow import Card, Line, Move, Scene, Step, button, foot, line
from conversations.flows.inquiry import stages
from conversations.rules.definition import Field, FieldType
from conversations.rules.fields import FieldTrouble

_YEARS = (1990, 2100)


class Fields(Step):
    """All fields with their values on one card."""

    def card(self, scene: Scene) -> Card:
        """The values taken if nothing is changed."""
        values = Shown(scene=scene).fields
        shown = [
            (scene.know.texts.translate(f.ask, scene.language), _said(scene, f, values))
            for f in definition_of(scene).fields
        ]
        progress = stages.progress(scene, "fields")
        said = line("fields/fields", **progress, fields=shown, years=years(scene))
        return Card(line=said, rows=((button("take"), button("change")), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """On, or one field after the other."""
        definition = definition_of(scene)
        match name:
            case "take":
                wanting = Shown(scene=scene).open_fields
                if wanting:
                    return Move(step="field", args={**scene.args, "field": wanting[0][0]})
                return Move(step=stages.returning(scene, "fields"))
            case "change":
                return Move(step="field", args={**scene.args, "field": definition.fields[0].name})
            case "back":
                return Move(step=scene.text("then") or stages.preceding(scene, "fields"))
        return None


class AskField(Entry):
    """One field."""

    def ask(self, scene: Scene) -> Card:
        """Its question with what stands there now."""
        field = _field(scene)
        texts = scene.know.texts
        choices = tuple(
            (button(f"choice:{n}", text=texts.translate(choice, scene.language)),)
            for n, choice in enumerate(field.choices)
        )
        said = line(
            "fields/field",
            ask=texts.translate(field.ask, scene.language),
            help=texts.translate(field.help, scene.language),
            now=_said(scene, field, Shown(scene=scene).fields),
        )
        return Card(line=said, rows=(*choices, (button("keep"),), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A choice, the value as it is, or back to all fields."""
        match name:
            case "choice":
                return self._put(scene, _field(scene).choices[int(value)])
            case "keep":
                return self._next(scene, Move(step="fields"))
            case "back":
                return Move(step="fields", args=_kept(scene))
        return super().pressed(scene, name, value)

    def typed(self, scene: Scene, text: str) -> Move | None:
        """A value of the field's type."""
        field = _field(scene)
        match field.type:
            case FieldType.YEAR:
                return self._year(scene, field, text)
            case FieldType.CHOICE:
                return None
            case FieldType.TEXT:
                return super().typed(scene, text)

    def limit(self, scene: Scene) -> int:
        """As many characters as the definition allows."""
        return _field(scene).most or LINE

    def take(self, scene: Scene, text: str) -> Move:
        """The text in its place."""
        return self._put(scene, text)

    def expects(self, scene: Scene) -> Line:
        """A year, or a text."""
        field = _field(scene)
        least, most = field.least or _YEARS[0], field.most or _YEARS[1]
        if field.type is FieldType.YEAR:
            return line("fields/expects_year", least=least, most=most)
        return line("trouble/expects_text")

    def _year(self, scene: Scene, field: Field, text: str) -> Move | None:
        if not (text.isdecimal() and len(text) == 4):
            return None
        least, most = field.least or _YEARS[0], field.most or _YEARS[1]
        return self._put(scene, int(text)) if least <= int(text) <= most else None

    def _put(self, scene: Scene, value: int | str) -> Move:
        fields = {**scene.answers.fields, _field(scene).name: value}
        answers = replace(scene.answers, fields=fields)
        move = change(scene, answers, "fields")
        trouble = dict(Shown(scene=scene.at(move)).open_fields)
        wrong = next((name for name in trouble if trouble[name] is FieldTrouble.ORDER), None)
        if wrong is not None:
            first = _named(scene, wrong).not_before
            values = Shown(scene=scene.at(move)).fields
            hint = line("fields/out_of_order", first=values[first], second=values[wrong])
            return replace(move, step="field", args={**_kept(scene), "field": wrong}, hint=hint)
        return self._next(scene, move)

    def _next(self, scene: Scene, move: Move) -> Move:
        names = [field.name for field in definition_of(scene).fields]
        place = names.index(_field(scene).name) + 1
        if place < len(names):
            return replace(move, step="field", args={**_kept(scene), "field": names[place]})
        return replace(move, step="fields", args=_kept(scene))


def years(scene: Scene) -> bool:
    """Whether the paper asks for years only."""
    return all(field.type is FieldType.YEAR for field in definition_of(scene).fields)


def _said(scene: Scene, field: Field, values: Mapping[str, int | str]) -> int | str:
    """The value as the member reads it: a choice in the chat's language, the rest as it stands."""
    value = values.get(field.name, "")
    if field.type is FieldType.CHOICE:
        return scene.know.texts.translate(str(value), scene.language)
    return value


def _field(scene: Scene) -> Field:
    return _named(scene, scene.text("field"))


def _named(scene: Scene, name: str) -> Field:
    fields = definition_of(scene).fields
    return next((field for field in fields if field.name == name), fields[0])


def _kept(scene: Scene) -> dict[str, str | int]:
    return {key: value for key, value in scene.args.items() if key == "then"}


STEPS = {"fields": Fields(), "field": AskField()}
