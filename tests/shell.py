"""What the tests of the shell share: a tiny dialogue, words, and the bot as it runs."""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from bot.demo.server import LocalServer
from bot.plan import Calendars, Plan, Times
from bot.running import run
from bot.store.letters import StoredFile
from bot.store.sealing import Pseudonyms
from bot.telegram.gate import Restraint
from bot.telegram.gathering import Tempo
from bot.telegram.handling import Patience
from bot.telegram.polling import Rhythm
from bot.telegram.stopping import Stop
from conversations.commands import Audience
from conversations.core import (
    Consent,
    Decision,
    Deliver,
    Draft,
    DraftId,
    LetterId,
    LetterOrder,
    Member,
    Need,
    Position,
    Say,
    Screen,
    Show,
    State,
    Toast,
)
from conversations.events import (
    Called,
    Edited,
    Event,
    Flooded,
    Pressed,
    Received,
    Resumed,
    Typed,
)
from conversations.groups import Group
from conversations.rules.answers import Answers
from conversations.rules.letter import Letter, MailDraft, Span
from tests.databases import SEAL

PSEUDONYMS = Pseudonyms(b"for tests")

QUICK = Times(
    tempo=Tempo(continuation=0.3, quiet=0.2, window=10.0),
    restraint=Restraint(quiet=0.2),
    patience=Patience(turn=(0.05, 0.05), store=0.1),
    rhythm=Rhythm(
        poll=20, first_pause=0.05, longest_pause=0.3, conflict_pause=0.2, proof=0.4, long_proof=1.0
    ),
    busy=0.3,
    acknowledge=0.2,
    retry=0.3,
    replica=1.5,
    handed=0.1,
)


class Diary:
    """A dialogue that keeps a list of answers: "/start" begins, texts are kept, "done" makes a
    letter of them. Every card carries its version, so old buttons are stale."""

    def __init__(self, trouble: Callable[[Event], None] | None = None) -> None:
        self.trouble = trouble

    def needs(self, event: Event, flow: str | None) -> frozenset[Need]:
        """Letters for the command that sends them again."""
        return frozenset({Need.LETTERS} if isinstance(event, Called) else ())

    def invited(self, event: Event) -> str:
        """No invitations here."""
        return ""

    def reads(self, flow: str, step: str) -> bool:
        """Never a calendar."""
        return False

    def replied(self, event: Event) -> int | None:
        """Nothing is replied to."""
        return None

    def reminded(self, event: Event) -> str:
        """No reminders here."""
        return ""

    def grouped(self, state: State, event: Event, group: Group) -> Decision | None:
        """Nothing goes in groups."""
        return None

    def advance(self, state: State, event: Event) -> Decision:
        """Decide one turn."""
        if self.trouble is not None:
            self.trouble(event)
        if state.position is None or state.draft is None or state.member is None:
            return self._stranger(state, event)
        match event:
            case Resumed():
                return self._show(state, state.draft.answers.own, new=False)
            case Called(name="start"):
                return self._show(state, state.draft.answers.own)
            case Called(name="again"):
                return Decision(replies=(Deliver(letter=state.letters[0].id),))
            case Called(name="forget"):
                return Decision(erase=True, replies=(Say(screen=Screen(html="forgotten")),))
            case Typed(text=text):
                return self._show(state, (*state.draft.answers.own, text))
            case Edited(text=text):
                return self._show(state, (*state.draft.answers.own[:-1], text), hint="edited")
            case Flooded(count=count):
                return self._show(state, state.draft.answers.own, hint=f"flood of {count}")
            case Received(media=media):
                return self._show(state, state.draft.answers.own, hint=f"no {media}")
            case Pressed(data=data):
                return self._pressed(state, data)
            case _:
                return Decision(replies=(Say(screen=Screen(html="what?")),))

    def _stranger(self, state: State, event: Event) -> Decision:
        if not (isinstance(event, Pressed) and event.data == "agree"):
            if isinstance(event, Resumed):
                return Decision()
            return Decision(replies=(Say(screen=_screen("May I remember?", ("Yes", "agree"))),))
        member = Member(
            id=state.person,
            language="de",
            consent=Consent(version=1, at=state.now, text_hash=""),
        )
        draft = Draft(
            id=DraftId(state.fresh),
            definition="diary",
            definition_version=1,
            title="Diary",
            answers=Answers(),
            touched=state.now,
        )
        begun = replace(state, member=member, draft=draft)
        return replace(self._show(begun, ()), member=member)

    def _pressed(self, state: State, data: str) -> Decision:
        assert state.position is not None and state.draft is not None
        name, _, version = data.partition(":")
        if version != str(state.position.version):
            stale = self._show(state, state.draft.answers.own, new=False)
            return replace(stale, replies=(Toast(text="stale"), *stale.replies))
        if name == "done":
            return self._letter(state)
        return self._show(state, (*state.draft.answers.own, name))

    def _letter(self, state: State) -> Decision:
        assert state.draft is not None
        id_ = LetterId(state.fresh)
        order = LetterOrder(
            id=id_,
            draft=state.draft.id,
            title="Letter",
            version=1,
            letter=letter_of(state.draft.answers.own),
        )
        shown = self._show(state, state.draft.answers.own, hint="letter", anew=True)
        return replace(shown, orders=(order,), replies=(Deliver(letter=id_), *shown.replies))

    def _show(
        self,
        state: State,
        answers: Sequence[str],
        *,
        hint: str = "",
        anew: bool = False,
        new: bool = True,
    ) -> Decision:
        assert state.draft is not None
        version = state.position.version + new if state.position else 1
        position = Position(flow="diary", step="write", draft=state.draft.id, version=version)
        draft = replace(
            state.draft, answers=replace(state.draft.answers, own=tuple(answers)), touched=state.now
        )
        listed = ", ".join(answers)[-3000:]
        words = f"{hint} {len(answers)}: {listed}".strip()
        html = words.replace("&", "&amp;").replace("<", "&lt;")
        screen = _screen(html, ("More", f"more:{version}"), ("Done", f"done:{version}"))
        return Decision(
            position=position, drafts=(draft,), replies=(Show(screen=screen, anew=anew),)
        )


def _screen(html: str, *buttons: tuple[str, str]) -> Screen:
    return Screen(html=html, rows=(buttons,) if buttons else ())


class PlainWords:
    """The shell's own texts."""

    languages = ("de", "en")

    def broken(self, language: str, code: str) -> str:
        return f"broken {code}"

    def letter_failed(self, language: str, code: str) -> str:
        return f"letter failed {code}"

    def busy(self, language: str) -> str:
        return "busy, try again"

    def file_lost(self, language: str) -> str:
        return "that file is lost"

    def group(self, language: str) -> tuple[str, str]:
        return "privately, please", "Go"

    def added(self, language: str) -> tuple[str, str]:
        return "a neutral sentence", "Go"

    def menu(
        self, language: str, roles: frozenset[Audience] = frozenset()
    ) -> Sequence[tuple[str, str]]:
        return (("start", f"start {language}"), *((role.value, "more") for role in sorted(roles)))

    def group_menu(self, language: str) -> Sequence[tuple[str, str]]:
        return (("status", f"status {language}"),)


def letter_of(answers: Sequence[str]) -> Letter:
    """The smallest letter."""
    text = (Span(text="|".join(answers), typed=True),)
    return Letter(
        title="Letter",
        author="A",
        slug="letter",
        sender=(),
        recipient=(),
        info=(),
        subject=text,
        salutation=(),
        blocks=(),
        closing=(),
        signature=(),
        dated=datetime(2026, 11, 22, tzinfo=UTC).date(),
        mail=MailDraft(to="", sender="", subject="", text=""),
    )


def write(letter: Letter) -> Sequence[StoredFile]:
    """Two files, of the letter's subject."""
    content = letter.subject[0].text.encode()
    digest = sha256(content).hexdigest()
    return tuple(
        StoredFile(format=f, name=f"letter.{f}", mime=m, sha256=digest, content=content)
        for f, m in (("pdf", "application/pdf"), ("txt", "text/plain"))
    )


def timetable(*_: object) -> StoredFile:
    """A calendar file, of nothing."""
    return StoredFile(format="ics", name="t.ics", mime="text/calendar", sha256="", content=b"x")


def plan_for(server: LocalServer, folder: Path, **changes: object) -> Plan:
    """The bot over the local server, with short waits."""
    return replace(bare_plan(server.root, server.engine.token, folder), **changes)


def bare_plan(root: str, token: str, folder: Path, **changes: object) -> Plan:
    """The same, by address: for processes of their own."""
    path = folder / "kimbot.sqlite3"
    plan = Plan(
        root=root,
        token=token,
        database=f"sqlite:///{path}",
        seal=SEAL,
        calendars=Calendars(write=timetable),
        path=path,
        dialogues=Diary(),
        words=PlainWords(),
        render=write,
        pages=lambda _: (),
        now=lambda: datetime.now(UTC),
        times=QUICK,
    )
    return replace(plan, **changes)


def answers_in(folder: Path) -> dict[int, list[str]]:
    """What is stored, by person, read from the file itself."""
    connection = sqlite3.connect(folder / "kimbot.sqlite3")
    try:
        rows = connection.execute("SELECT person, id, body FROM draft").fetchall()
    finally:
        connection.close()
    opened = ((person, SEAL.open_text(body, f"draft:{id_}")) for person, id_, body in rows)
    return {person: json.loads(body)["answers"]["own"] for person, body in opened}


@asynccontextmanager
async def running(plan: Plan):
    """The bot, running in this process; stopped cleanly at the end."""
    stop = Stop()
    task = asyncio.create_task(run(plan, stop))
    try:
        yield task
    finally:
        stop.ask()
        await asyncio.wait_for(task, 15)
