"""People who have not agreed (or not any more): strangers, old consents, consents taken back.

Stateless: every button here carries what it needs, and nothing about a stranger is stored.
"""

from dataclasses import dataclass
from typing import Final

from conversations import asides, commands
from conversations.core import Decision, Member, Say, Screen, Show, State
from conversations.events import Barred, Called, Event, Pressed, Resumed
from conversations.flows import consent, entrance, erase
from conversations.flows.consent import Stateless
from conversations.flows.flow import Line, line
from conversations.rules.deadlines import BERLIN
from conversations.rules.knowledge import Knowledge

_NOTHING: Final = Decision()


def decide(know: Knowledge, state: State, event: Event) -> Decision:
    """One answer; at most a member's own wish (stop, erase) is stored."""
    front = Front.of(know, state, event)
    match event:
        case Resumed() | Barred():
            return _NOTHING
        case Pressed():
            return _pressed(front, Stateless.read(event))
        case Called(name=name) if command := commands.named(name):
            return _called(front, command)
    return Decision(replies=(Say(screen=front.card()),))


def resting(know: Knowledge, state: State, member: Member) -> Decision:
    """The consent was taken back just now: from here on only the way back, or out."""
    front = Front(know=know, state=state, language=member.language)
    return Decision(member=member, replies=(Show(screen=front.card()),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The cards before the door."""

    know: Knowledge
    state: State
    language: str
    token: str = ""
    """Of a good invitation."""
    bad: bool = False
    """The person came by an invitation that is none (any more)."""

    @classmethod
    def of(cls, know: Knowledge, state: State, event: Event) -> "Front":
        """As this event finds it."""
        good = state.invited is not None
        return cls(
            know=know,
            state=state,
            language=consent.language_of(know, state, event),
            token=entrance.token_of(event) if good else "",
            bad=entrance.asked(event) and not good,
        )

    def card(self) -> Screen:
        """Who the bot is, and the question; or why there is none."""
        said = (*((line("entrance/bad"),) if self.bad else ()), *self._words())
        html = "\n\n".join(self.html(one) for one in said)
        return Screen(html=html, rows=self.rows("read", "read_closely"))

    def details(self) -> Screen:
        """The whole text about privacy."""
        html = self.html(line("privacy/datenschutz", house=self.know.house))
        return Screen(html=html, rows=self.rows("lang", "back"))

    def erasing(self) -> Screen:
        """The question before everything goes."""
        html = self.html(erase.asked(self.state))
        yes, no = (self._button(name, name) for name in ("erase_yes", "erase_no"))
        return Screen(html=html, rows=((yes, no),))

    def rows(self, way: str, label: str) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Agree, one other way, erase, and the other languages."""
        asked = consent.askable(self.know, self.state)
        agree = (self._button("agree", "agree"),) if asked else ()
        erase = (self._button("erase", "erase"),) if self.state.member else ()
        others = tuple(
            (self.know.texts.label("language_name", code), self._data("lang", code))
            for code in self.know.texts.languages
            if code != self.language
        )
        return tuple(row for row in ((*agree, self._button(way, label)), erase, others) if row)

    def html(self, said: Line) -> str:
        """A text in the person's language."""
        return self.know.texts.html(said.key, self.language, **said.values)

    def _words(self) -> tuple[Line, ...]:
        if not consent.askable(self.know, self.state):
            return (line("entrance/stranger", bad=self.bad),)
        return (*self._greeting(), line("consent/terms"))

    def _greeting(self) -> tuple[Line, ...]:
        member = self.state.member
        if member is None:
            return line("consent/hello"), *(self._invitation() or (line("consent/purpose"),))
        if member.withdrawn is None:
            return line("consent/changed"), *self._invitation()
        gone = consent.erased_on(member.withdrawn).astimezone(BERLIN).date()
        return line("consent/withdrawn", day=gone), *self._invitation()

    def _invitation(self) -> tuple[Line, ...]:
        invited, state = self.state.invited, self.state
        if invited is not None and invited.council is not None:
            council = entrance.council_of(self.know, invited, state.now)
            return (line("consent/invited", role=invited.role, council=council),)
        if invited is not None or (state.standing.operator and state.member is None):
            return (line("consent/operator"),)
        return ()

    def _button(self, name: str, label: str) -> tuple[str, str]:
        return self.know.texts.label(label, self.language), self._data(name, self.language)

    def _data(self, name: str, language: str) -> str:
        return f"0.{name}:{language}" + (f":{self.token}" if self.token else "")


def _pressed(front: Front, button: Stateless | None) -> Decision:
    name = button.name if button else ""
    if name == "erase_yes" and front.state.member is not None:
        screen = Screen(html=front.html(line("erase/done")))
        return Decision(erase=True, replies=(Show(screen=screen),))
    if name == "erase" and front.state.member is not None:
        return Decision(replies=(Show(screen=front.erasing()),))
    screen = front.details() if name == "read" and not front.bad else front.card()
    return Decision(replies=(Show(screen=screen),))


def _called(front: Front, command: commands.Command) -> Decision:
    name = command.name
    if name == "datenschutz":
        return Decision(replies=(Say(screen=front.details()),))
    if name == "loeschen" and front.state.member is not None:
        return Decision(replies=(Say(screen=front.erasing()),))
    if name == "loeschen":
        return Decision(replies=(Say(screen=Screen(html=front.html(line("erase/none")))),))
    found = asides.aside(front.know, front.state, front.language, name)
    if found is None:
        return Decision(replies=(Say(screen=front.card()),))
    return Decision(member=found.member, replies=found.replies)
