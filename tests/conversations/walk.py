"""A member at the pure dialogues, without Telegram or store: for tests of what is decided."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.library import read_broadcasts
from bot.translations import read_translations
from conversations.core import (
    Decision,
    Deliver,
    Draft,
    LetterOrder,
    Say,
    Screen,
    Show,
    State,
    StoredLetter,
    Toast,
)
from conversations.deeds import Join, may
from conversations.dialogues import Dialogues
from conversations.events import (
    Called,
    Event,
    Pressed,
    Typed,
)
from conversations.flows import entrance
from conversations.flows.following import following
from conversations.replies import Code
from conversations.rules.cleaning import Coverage
from conversations.rules.definitions import read
from conversations.rules.drafted import Letters
from conversations.rules.frame import read_frame
from conversations.rules.house import House
from conversations.rules.knowledge import Knowledge
from conversations.rules.municipalities import read_register
from conversations.rules.texts import Texts
from conversations.standing import CouncilId, Invited, PersonId, StoredCouncil

TEMPLATES = Path(__file__).parents[2] / "templates"
NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


def knowledge(inquiries: Path = TEMPLATES / "inquiries", house: House | None = None) -> Knowledge:
    """Everything the dialogues know, from the templates; all common characters can be shown."""
    messages = {p.name: p.read_text() for p in (TEMPLATES / "messages").iterdir() if p.is_file()}
    register = read_register((TEMPLATES / "data" / "municipalities.csv").read_text())
    files = {f"{p.parent.name}/{p.name}": p.read_text() for p in inquiries.glob("*/*.toml")}
    letter_texts = read_frame((TEMPLATES / "letter" / "frame.toml").read_text())
    return Knowledge(
        texts=Texts(messages, read_translations(TEMPLATES / "locale")),
        catalogue=read(files),
        register=register,
        letters=Letters(register=register, texts=letter_texts),
        coverage=Coverage(points=frozenset(range(32, 0x2E00))),
        house=house or House(),
        broadcasts=read_broadcasts(TEMPLATES),
    )


@dataclass
class Member:
    """One person who types and presses; keeps what the decisions store."""

    dialogues: Dialogues
    state: State = field(
        default_factory=lambda: State(
            now=NOW,
            person=PersonId(7),
            fresh="f0",
            first_name="Mehmet",
            last_name="Kaya",
            telegram_language="de",
            secret="s" * 22,
            bot="kim_bot",
        )
    )
    screen: Screen | None = None
    said: list[str] = field(default_factory=list)
    orders: list[LetterOrder] = field(default_factory=list)
    presses: int = 0
    message: int = 100
    delivered: list[str] = field(default_factory=list)
    last: Decision | None = None
    links: dict[str, Invited] = field(default_factory=dict)
    """Good invitations by token; each is good for one use."""
    councils: dict[CouncilId, StoredCouncil] = field(default_factory=dict)
    """What is loaded of the council in hand."""

    @property
    def html(self) -> str:
        """The card as it stands."""
        assert self.screen is not None
        return self.screen.html

    @property
    def labels(self) -> list[str]:
        """The words on its buttons."""
        assert self.screen is not None
        return [label for row in self.screen.rows for label, _ in row]

    @property
    def draft(self) -> Draft:
        """The draft in hand."""
        assert self.state.draft is not None
        return self.state.draft

    def call(self, name: str, args: str = "") -> "Member":
        """Send a command."""
        return self._tell(Called(name=name, args=args), f"/{name} {args}".strip())

    def type(self, text: str) -> "Member":
        """Send a text."""
        return self._tell(Typed(text=text), text)

    def press(self, label: str) -> "Member":
        """Press the button whose words start with the label; fails when there is none."""
        assert self.screen is not None
        buttons = [b for row in self.screen.rows for b in row]
        data = next((data for words, data in buttons if words == label), None) or next(
            (data for words, data in buttons if words.startswith(label)), None
        )
        assert data is not None, f"no button {label!r} among {[b for b, _ in buttons]}"
        self.presses += 1
        return self._tell(Pressed(data=data), f"[{label}]")

    def send(self, event: Event) -> "Member":
        """Any other event."""
        return self._tell(event, str(event))

    def _tell(self, event: Event, shown: str) -> "Member":
        self.said.append(f"> {shown}")
        self.message += 1
        state = replace(self._loaded(event), message=self.message, fresh=f"f{self.message}")
        decision = self.dialogues.advance(state, event)
        self.last = decision
        self.state = apply(state, decision)
        used = {deed.invitation for deed in decision.deeds if isinstance(deed, Join)}
        self.links = {key: one for key, one in self.links.items() if one.id not in used}
        self.orders += decision.orders
        for reply in decision.replies:
            match reply:
                case Show(screen=screen) | Say(screen=screen):
                    self.said.append(show(screen))
                    if isinstance(reply, Show) or screen.rows:
                        self.screen = screen
                case Toast(text=text):
                    self.said.append(f"({text})")
                case Deliver(letter=letter):
                    self.delivered.append(letter)
                    self.said.append("[files]")
                case Code(link=link, html=html):
                    self.said.append(f"[picture of {link}]\n{html}")
                case _:
                    self.said.append("[preview]")
        return self

    def _loaded(self, event: Event) -> State:
        """The invitation of the event's token, and the council in hand."""
        seat, invited = self.state.seat, self.links.get(entrance.token_of(event))
        council = self.councils.get(seat.council) if seat else None
        return replace(self.state, invited=invited, council=council or self.state.council)


def apply(state: State, decision: Decision) -> State:
    """What the store would load next time."""
    if decision.erase:
        nothing = State(now=state.now, person=state.person, fresh=state.fresh)
        names = {"first_name": state.first_name, "last_name": state.last_name}
        return replace(nothing, **names, telegram_language=state.telegram_language)
    drafts = {d.id: d for d in state.drafts} | {d.id: d for d in decision.drafts}
    kept = [d for id_, d in drafts.items() if id_ not in decision.deleted]
    made = tuple(
        StoredLetter(
            id=o.id,
            draft=o.draft,
            title=o.title,
            version=o.version,
            made=state.now,
            amends=o.amends,
        )
        for o in decision.orders
    )
    filings = dict(decision.filings)
    letters = tuple(
        replace(one, filed=filings.get(one.id, one.filed)) for one in (*made, *state.letters)
    )
    position = decision.position or state.position
    after = replace(state, letters=letters)
    for deed in decision.deeds:
        assert may(after.standing, deed), deed
        after = following(after, (deed,))
    return replace(
        state,
        standing=after.standing,
        council=after.council,
        desk=after.desk,
        agenda=after.agenda,
        broadcasts=after.broadcasts,
        member=decision.member or state.member,
        position=position,
        draft=_find(kept, position.draft if position else None),
        drafts=tuple(sorted(kept, key=lambda d: d.touched, reverse=True)),
        letters=after.letters,
    )


def _find(drafts: Sequence[Draft], id_: str | None) -> Draft | None:
    return next((d for d in drafts if d.id == id_), None)


def show(screen: Screen) -> str:
    """A card as one reads it."""
    rows = ["  " + " ".join(f"«{label}»" for label, _ in row) for row in screen.rows]
    return "\n".join([screen.html, *rows])
