"""How a letter's filing deadline is counted, in words: where the council's rule decides it."""

from datetime import date

from conversations.flows.flow import Line, Scene, line
from conversations.rules.answers import Route
from conversations.rules.explaining import explain


def counts(scene: Scene) -> bool:
    """Whether the deadline comes from a rule, and was not typed by hand."""
    answers = scene.answers
    ruled = answers.route is Route.OWN and answers.council.rule is not None
    return ruled and answers.meeting is not None and answers.deadline is None


def counted(scene: Scene, checked: date | None = None) -> Line | None:
    """The explanation; `checked` is the day the rule was compared with its basis."""
    answers = scene.answers
    if not counts(scene) or answers.meeting is None or answers.council.rule is None:
        return None
    found = explain(answers.meeting.day, answers.council.rule, checked)
    return line("rules/explained", it=found, sending=False)
