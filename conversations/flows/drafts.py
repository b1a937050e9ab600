"""Drafts and finished letters in one list; and drafts: go on, copy, rename, delete."""

from dataclasses import replace

from conversations.core import Draft, DraftId
from conversations.flows import letters as letters_made
from conversations.flows.drafting import resumed
from conversations.flows.entry import Entry, with_foot
from conversations.flows.flow import Card, Flow, Line, Move, Scene, Step, button, foot, line
from conversations.flows.letters import day_of, full, letters, named, open_drafts, paged


class List(Step):
    """All drafts, then the letters made, page by page."""

    def card(self, scene: Scene) -> Card:
        """One button each, newest first; below them the way to the council's letters."""
        mine, others = letters(scene, mine=True), letters(scene, mine=False)
        entries = (
            *(
                button(f"draft:{d.id}", text=f"✎ {d.title} · {day_of(d.touched):%d.%m.%y}")
                for d in open_drafts(scene)
            ),
            *(button(f"letter:{one.id}", text=named(one)) for one in mine),
        )
        filed = (button("council", "filed_by_council", count=len(others)),) if others else ()
        rows = (*paged(scene, entries), filed, (button("write"), button("home")))
        said = line(
            "drafts/list", drafts=len(open_drafts(scene)), letters=len(mine), others=len(others)
        )
        return Card(line=said, rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Open one."""
        match name:
            case "draft" | "letter":
                return Move(step=name, args={name: value})
            case "page":
                return Move(step="list", args={"page": value})
            case "council":
                return Move(step="council")
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
        said = line("drafts/draft", title=draft.title, touched=day_of(draft.touched))
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Do it."""
        draft = _draft(scene)
        if draft is None or name in {"back", "drafts"}:
            return Move(step="list")
        match name:
            case "resume":
                return resumed(scene, draft)
            case "copy":
                return full(scene) or _copied(scene, draft)
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


def latest(scene: Scene) -> Move:
    """Where /weiter leads: the current draft, else the newest open one."""
    if scene.position.flow == "inquiry" and scene.state.draft is not None:
        return replace(resumed(scene, scene.draft), step=scene.position.step, args=scene.args)
    drafts = open_drafts(scene)
    if not drafts:
        return Move(flow="home", step="home", hint=line("drafts/none"), drop_draft=True)
    return resumed(scene, drafts[0])


def _draft(scene: Scene) -> Draft | None:
    return next((d for d in scene.state.drafts if d.id == scene.text("draft")), None)


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


FLOW = Flow(
    name="drafts",
    steps={
        "list": List(),
        "draft": OneDraft(),
        "rename": Rename(),
        "delete": Delete(),
        **letters_made.STEPS,
    },
    first="list",
)
