"""Drafts and finished letters: go on, copy, rename, delete; files again, filed, a new version."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from conversations.core import Deliver, Draft, DraftId, DraftState, Filing, LetterId, StoredLetter
from conversations.flows.calendar import PickDay
from conversations.flows.drafting import resumed
from conversations.flows.entry import Entry, with_foot
from conversations.flows.flow import Card, Flow, Line, Move, Row, Scene, Step, button, foot, line
from conversations.flows.pages import page
from conversations.flows.papers import MAX_OPEN
from conversations.rules.deadlines import BERLIN

_PAGE = 10


class List(Step):
    """All drafts, then the letters made, page by page."""

    def card(self, scene: Scene) -> Card:
        """One button each, newest first."""
        made = sorted(scene.state.letters, key=lambda one: (one.made, one.version), reverse=True)
        entries = (
            *(
                button(f"draft:{d.id}", text=f"✎ {d.title} · {_day(d.touched):%d.%m.%y}")
                for d in _open(scene)
            ),
            *(button(f"letter:{one.id}", text=_letter_name(one)) for one in made),
        )
        now, turns = page(scene, entries, _PAGE)
        rows: tuple[Row, ...] = (
            *((entry,) for entry in now),
            turns,
            (button("write"), button("home")),
        )
        said = line("drafts/list", drafts=len(_open(scene)), letters=len(scene.state.letters))
        return Card(line=said, rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Open one."""
        match name:
            case "draft" | "letter":
                return Move(step=name, args={name: value})
            case "page":
                return Move(step="list", args={"page": value})
            case "write":
                return Move(flow="papers", step="paper")
            case "home":
                return Move(flow="home", step="home")
        return None


class OneDraft(Step):
    """What can be done with a draft."""

    def card(self, scene: Scene) -> Card:
        """Its title and when it was last touched."""
        draft = _draft(scene)
        if draft is None:
            return Card(line=line("drafts/gone"), rows=((button("drafts"),),))
        rows = ((button("resume"), button("copy")), (button("rename"), button("delete")))
        said = line("drafts/draft", title=draft.title, touched=_day(draft.touched))
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Do it."""
        draft = _draft(scene)
        if draft is None or name in {"back", "drafts"}:
            return Move(step="list")
        match name:
            case "resume":
                return resumed(draft)
            case "copy":
                return _full(scene) or _copied(scene, draft)
            case "rename" | "delete":
                return Move(step=name, args=scene.args)
        return None


class Rename(Entry):
    """Another title for a draft."""

    most = 60

    def ask(self, scene: Scene) -> Card:
        """The title now."""
        draft = _draft(scene)
        return with_foot("drafts/rename", title=draft.title if draft else "")

    def take(self, scene: Scene, text: str) -> Move:
        """Only the member sees it."""
        draft = _draft(scene)
        if draft is None:
            return Move(step="list")
        changed = replace(draft, title=text, touched=scene.state.now)
        return Move(
            step="list", draft=changed, drop_draft=True, hint=line("drafts/renamed", title=text)
        )

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Back to the draft."""
        if name == "back":
            return Move(step="draft", args=scene.args)
        return super().pressed(scene, name, value)

    def expects(self, scene: Scene) -> Line:
        """A title."""
        return line("trouble/expects_text")


class Delete(Step):
    """The question before a draft goes."""

    def card(self, scene: Scene) -> Card:
        """Which one."""
        draft = _draft(scene)
        said = line("drafts/delete", title=draft.title if draft else "")
        return Card(line=said, rows=((button("delete_yes"), button("delete_no")),))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Gone, or kept."""
        draft = _draft(scene)
        if name != "delete_yes" or draft is None:
            return Move(step="draft", args=scene.args)
        hint = line("drafts/deleted", title=draft.title)
        return Move(step="list", deleted=(draft.id,), hint=hint)


class OneLetter(Step):
    """What can be done with a finished letter."""

    def card(self, scene: Scene) -> Card:
        """When it was made, and whether it was filed."""
        letter = _letter(scene)
        if letter is None:
            return Card(line=line("drafts/gone"), rows=((button("drafts"),),))
        filed = button("unfile") if letter.filed else button("filed")
        rows: tuple[Row, ...] = ((button("files"), filed), (button("amend"),))
        said = line("drafts/letter", letter=letter, made=_day(letter.made))
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """The very files again, filed or not, or a new version."""
        letter = _letter(scene)
        if letter is None or name in {"back", "drafts"}:
            return Move(step="list")
        match name:
            case "files":
                return Move(step="letter", args=scene.args, replies=(Deliver(letter=letter.id),))
            case "filed":
                return Move(step="filed", args=scene.args)
            case "unfile":
                hint = line("drafts/unfiled")
                return Move(step="letter", args=scene.args, filings=((letter.id, None),), hint=hint)
            case "amend":
                return _full(scene) or _amended(scene, letter)
        return None


class Filed(PickDay):
    """On which day a letter was filed."""

    past = True

    def ask(self, scene: Scene) -> Line:
        """When."""
        return line("review/filed", doubt=bool(scene.text("doubt")))

    def usual(self, scene: Scene) -> tuple[Row, ...]:
        """Today is the usual answer."""
        return ((button("today"), button("yesterday")),)

    def take(self, scene: Scene, day: date, start: time | None) -> Move:
        """Noted; a change from now on is a new version that says what it replaces."""
        letter = LetterId(scene.text("letter"))
        return Move(
            step="letter",
            args={"letter": letter},
            filings=((letter, Filing(day=day)),),
            hint=line("drafts/filed_noted", day=day),
        )

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A day, another month, or back."""
        match name:
            case "today":
                return self.take(scene, scene.today, None)
            case "yesterday":
                return self.take(scene, scene.today - timedelta(days=1), None)
            case "back" if not scene.text("doubt"):
                return Move(step="letter", args={"letter": scene.text("letter")})
        return super().pressed(scene, name, value)


def latest(scene: Scene) -> Move:
    """Where /weiter leads: the current draft, else the newest open one."""
    if scene.position.flow == "inquiry" and scene.state.draft is not None:
        return Move(step=scene.position.step, args=scene.args)
    drafts = _open(scene)
    if not drafts:
        return Move(flow="home", step="home", hint=line("drafts/none"), drop_draft=True)
    return resumed(drafts[0])


def _day(moment: datetime) -> date:
    """The day it was here: shortly after midnight that is not the UTC day."""
    return moment.astimezone(BERLIN).date()


def _open(scene: Scene) -> list[Draft]:
    return [draft for draft in scene.state.drafts if draft.state is DraftState.OPEN]


def _draft(scene: Scene) -> Draft | None:
    return next((d for d in scene.state.drafts if d.id == scene.text("draft")), None)


def _letter(scene: Scene) -> StoredLetter | None:
    return next((one for one in scene.state.letters if one.id == scene.text("letter")), None)


def _letter_name(letter: StoredLetter) -> str:
    version = f" ({letter.version})" if letter.version > 1 else ""
    return f"{'✓' if letter.filed else '✉'} {letter.title}{version} · {_day(letter.made):%d.%m.%y}"


def _full(scene: Scene) -> Move | None:
    """Here again with the reason, when there are as many open drafts as are kept."""
    if len(_open(scene)) < MAX_OPEN:
        return None
    hint = line("papers/too_many", most=MAX_OPEN)
    return Move(step=scene.position.step, args=scene.args, hint=hint)


def _copied(scene: Scene, draft: Draft) -> Move:
    title = scene.know.texts.label("copy_of", scene.language, title=draft.title)[:60]
    copy = replace(
        draft,
        id=DraftId(scene.state.fresh),
        title=title,
        amends=None,
        edition=1,
        answers=replace(draft.answers, replaces=None, dated=None),
        touched=scene.state.now,
    )
    return Move(step="list", draft=copy, drop_draft=True, hint=line("drafts/copied", title=title))


def _amended(scene: Scene, letter: StoredLetter) -> Move:
    """A filed letter stays as it is: a new version of it says what it replaces."""
    draft = next((d for d in scene.state.drafts if d.id == letter.draft), None)
    if draft is None:
        return Move(step="letter", args=scene.args, hint=line("drafts/no_draft"))
    again = replace(draft, state=DraftState.OPEN, step="change", args={})
    again = replace(
        again,
        touched=scene.state.now,
        edition=letter.version + 1,
        answers=replace(draft.answers, dated=None),
    )
    if letter.filed is not None:
        answers = replace(again.answers, replaces=_day(letter.made))
        again = replace(again, id=DraftId(scene.state.fresh), amends=letter.id, answers=answers)
    return Move(flow="inquiry", step="change", draft=again, hint=line("drafts/amending"))


FLOW = Flow(
    name="drafts",
    steps={
        "list": List(),
        "draft": OneDraft(),
        "rename": Rename(),
        "delete": Delete(),
        "letter": OneLetter(),
        "filed": Filed(),
    },
    first="list",
)
