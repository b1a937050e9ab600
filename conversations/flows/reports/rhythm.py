"""How often a KIM report is due: the council's rule on one card, each part one press."""

from dataclasses import replace

from conversations.flows.council.parts import REPORTING, amended, profile_of
from conversations.flows.entry import Entry, with_foot
from conversations.flows.flow import Button, Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.rules import saying
from conversations.rules.reporting import ReportingRule, Rhythm

_INTERVALS = (3, 6, 12, 24)
_MOST_MONTHS = 60
_TIMES = (1, 2, 3, 4, 6)
_GRACES = (0, 14, 42, 84)
_HALVES = (6, 12)
"""What fixed months begin with: one must be there."""
_BASIS = 100
_ROW = 4
_GRACED = frozenset({Rhythm.INTERVAL, Rhythm.STEERING})


class HowOften(Step):
    """The rule in words, and a button for everything that could be otherwise."""

    def card(self, scene: Scene) -> Card:
        """The kinds of rhythm, then what the one in force needs."""
        rule = _rule(scene)
        kinds = [button(f"rhythm:{one}", f"rhythm_{one}") for one in Rhythm if one != rule.rhythm]
        rows = (
            *_numbers(scene, rule),
            _graces(rule),
            *((one,) for one in kinds),
            (button("basis", "report_basis"),),
        )
        return Card(line=line("reports/rhythm", rule=rule), rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Changed at once."""
        rule = _rule(scene)
        match name:
            case "rhythm":
                new = replace(rule, rhythm=Rhythm(value))
                return _changed(scene, replace(new, in_months=rule.in_months or _HALVES))
            case "interval":
                return _changed(scene, replace(rule, months=int(value)))
            case "times":
                return _changed(scene, replace(rule, times=int(value)))
            case "grace":
                return _changed(scene, replace(rule, grace=int(value)))
            case "month":
                months = tuple(sorted({*rule.in_months} ^ {int(value)}))
                return _changed(scene, replace(rule, in_months=months or rule.in_months))
            case "basis":
                return Move(step="basis")
            case "back":
                return Move(step="list")
        return None

    def typed(self, scene: Scene, text: str) -> Move | None:
        """A number of months, where months are counted."""
        rule, number = _rule(scene), text.strip(" .").partition(" ")[0]
        few = number.isdecimal() and len(number) <= len(str(_MOST_MONTHS))
        if rule.rhythm is not Rhythm.INTERVAL or not few or not 1 <= int(number) <= _MOST_MONTHS:
            return None
        return _changed(scene, replace(rule, months=int(number)))


class Basis(Entry):
    """Which decision the rule rests on; without one it is a proposal."""

    most = _BASIS

    def ask(self, scene: Scene) -> Card:
        """What it is now."""
        now = _rule(scene).basis
        rows = ((button("clear"),),) if now else ()
        return with_foot("reports/basis", *rows, now=now)

    def take(self, scene: Scene, text: str) -> Move:
        """It stands there from now on."""
        return _changed(scene, replace(_rule(scene), basis=text))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Taken away, or back."""
        match name:
            case "clear":
                return self.take(scene, "")
            case "back":
                return Move(step="rhythm")
        return super().pressed(scene, name, value)

    def expects(self, scene: Scene) -> Line:
        """A text."""
        return line("trouble/expects_text")


def _rule(scene: Scene) -> ReportingRule:
    return profile_of(scene).reporting


def _changed(scene: Scene, rule: ReportingRule) -> Move:
    new = replace(profile_of(scene), reporting=rule)
    return amended(scene, REPORTING, new, Move(step="rhythm"))


def _numbers(scene: Scene, rule: ReportingRule) -> tuple[Row, ...]:
    match rule.rhythm:
        case Rhythm.INTERVAL:
            others = [n for n in _INTERVALS if n != rule.months]
            return (tuple(button(f"interval:{n}", "report_months", months=n) for n in others),)
        case Rhythm.PER_YEAR:
            others = [n for n in _TIMES if n != rule.times]
            return (tuple(button(f"times:{n}", "report_times", times=n) for n in others),)
        case Rhythm.MONTHS:
            months = [_month(scene, rule, n) for n in range(1, 13)]
            return tuple(tuple(months[n : n + _ROW]) for n in range(0, 12, _ROW))
        case _:
            return ()


def _month(scene: Scene, rule: ReportingRule, number: int) -> Button:
    day = scene.today.replace(day=1, month=number)
    mark = "☑" if number in rule.in_months else "☐"
    return button(f"month:{number}", text=f"{mark} {saying.short_month(day, scene.language)}")


def _graces(rule: ReportingRule) -> Row:
    if rule.rhythm not in _GRACED:
        return ()
    return tuple(
        button(f"grace:{days}", "report_grace" if days else "report_grace_none", days=days)
        for days in _GRACES
        if days != rule.grace
    )


STEPS: dict[str, Step] = {"rhythm": HowOften(), "basis": Basis()}
