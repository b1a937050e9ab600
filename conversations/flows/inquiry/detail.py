"""Single texts of council and sender, each asked for in the same way."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256

from conversations.flows.drafting import Shown, before, change, introduction, onward
from conversations.flows.entry import EMAIL, LINE, Entry, ways_on, with_foot
from conversations.flows.flow import Card, Line, Move, Row, Scene, button, line
from conversations.flows.from_council import profile_of
from conversations.rules.answers import Answers, Council, Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """Where a text stands in the answers, and what it must look like."""

    get: Callable[[Answers], str]
    put: Callable[[Answers, str], Answers]
    lines: bool = False
    check: re.Pattern[str] | None = None


def _council(answers: Answers, council: Council) -> Answers:
    return replace(answers, council=council)


def _sender(answers: Answers, sender: Sender) -> Answers:
    return replace(answers, sender=sender)


def _cosigners(answers: Answers, text: str) -> Answers:
    names = tuple(name.strip(" ,;") for name in re.split(r"[\n;,]", text) if name.strip(" ,;"))
    return _sender(answers, replace(answers.sender, cosigners=names))


DETAILS = {
    "body": Detail(
        get=lambda a: a.council.body, put=lambda a, t: _council(a, replace(a.council, body=t))
    ),
    "section": Detail(
        get=lambda a: a.council.section,
        put=lambda a, t: _council(a, replace(a.council, section=t)),
    ),
    "office_name": Detail(
        get=lambda a: a.council.office_name,
        put=lambda a, t: _council(a, replace(a.council, office_name=t)),
    ),
    "office_address": Detail(
        get=lambda a: a.council.office_address,
        put=lambda a, t: _council(a, replace(a.council, office_address=t)),
        lines=True,
    ),
    "office_email": Detail(
        get=lambda a: a.council.office_email,
        put=lambda a, t: _council(a, replace(a.council, office_email=t)),
        check=EMAIL,
    ),
    "sender_name": Detail(
        get=lambda a: a.sender.name, put=lambda a, t: _sender(a, replace(a.sender, name=t))
    ),
    "sender_function": Detail(
        get=lambda a: a.sender.function,
        put=lambda a, t: _sender(a, replace(a.sender, function=t)),
    ),
    "sender_group": Detail(
        get=lambda a: a.sender.group, put=lambda a, t: _sender(a, replace(a.sender, group=t))
    ),
    "sender_address": Detail(
        get=lambda a: a.sender.address,
        put=lambda a, t: _sender(a, replace(a.sender, address=t)),
        lines=True,
    ),
    "sender_email": Detail(
        get=lambda a: a.sender.email,
        put=lambda a, t: _sender(a, replace(a.sender, email=t)),
        check=EMAIL,
    ),
    "cosigners": Detail(get=lambda a: "\n".join(a.sender.cosigners), put=_cosigners, lines=True),
    "letter_place": Detail(get=lambda a: a.place, put=lambda a, t: replace(a, place=t)),
}


class AskDetail(Entry):
    """One text, named by the argument `what` or by the step itself."""

    most = LINE
    lines = True
    """`typed` below has taken the line feeds out where a detail has none."""

    def __init__(self, what: str = "") -> None:
        self._what = what

    def ask(self, scene: Scene) -> Card:
        """The question, with what stands there now."""
        what = self._name(scene)
        now = DETAILS[what].get(scene.answers)
        rows = ways_on(scene, known=bool(now), clear=what != "sender_name")
        return with_foot(
            f"detail/{what}",
            *(_pairs(_groups(scene)) if what == "sender_group" else ()),
            *rows,
            now=now or _otherwise(scene, what),
            intro=introduction(scene, what),
        )

    def take(self, scene: Scene, text: str) -> Move:
        """The text in its place, if it looks like what was asked for."""
        what = self._name(scene)
        detail = DETAILS[what]
        if detail.check is not None and not detail.check.fullmatch(text):
            return Move(
                step=scene.position.step, args=scene.args, hint=line(f"detail/{what}_wrong")
            )
        move = change(scene, detail.put(scene.answers, text), "recipient")
        return onward(scene, move, what)

    def typed(self, scene: Scene, text: str) -> Move | None:
        """Line feeds stay only where a detail has lines."""
        flat = text if DETAILS[self._name(scene)].lines else " ".join(text.split())
        return super().typed(scene, flat)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Skipping empties nothing: the text stays as it was."""
        what = self._name(scene)
        match name:
            case "group":
                named = next((n for n in _groups(scene) if _short(n) == value), "")
                return self.typed(scene, named) if named else self.again(scene)
            case "skip":
                return onward(scene, Move(step="recipient"), what)
            case "clear":
                return onward(scene, change(scene, DETAILS[what].put(scene.answers, ""), ""), what)
            case "back":
                return before(scene, what)
        return super().pressed(scene, name, value)

    def expects(self, scene: Scene) -> Line:
        """A text."""
        return line("trouble/expects_text")

    def _name(self, scene: Scene) -> str:
        return self._what or (scene.text("what") if scene.text("what") in DETAILS else "body")


def _otherwise(scene: Scene, what: str) -> str:
    """What stands in the letter when nothing is said."""
    return Shown(scene=scene).body if what == "body" else ""


def _groups(scene: Scene) -> tuple[str, ...]:
    """The lists and Fraktionen of the draft's council, to choose from."""
    profile = profile_of(scene, scene.draft)
    return profile.groups if profile else ()


def _pairs(groups: tuple[str, ...]) -> tuple[Row, ...]:
    buttons = [button(f"group:{_short(name)}", text=name) for name in groups]
    return tuple(tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2))


def _short(name: str) -> str:
    """A mark of a name: its place in the list may be another's by the time it is pressed."""
    return sha256(name.encode()).hexdigest()[:12]


STEPS = {"detail": AskDetail(), "office_email": AskDetail("office_email")}
