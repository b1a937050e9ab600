"""P5 by walking: every card and button of a council's admins and an instance's operators, tried by
those who have no business there, against the real dialogues and the real store."""

import random
from dataclasses import dataclass, field, replace

import pytest

from bot.production import read_knowledge
from bot.store.opening import engine_for, migrate
from bot.store.scope import ForbiddenError, Scope
from bot.store.turns import Asked, Outcome
from bot.wording import folder
from conversations.broadcasts import BroadcastId, Content
from conversations.broadcasts.posts import Post
from conversations.commands import COMMANDS
from conversations.core import (
    Decision,
    Draft,
    DraftId,
    Filing,
    LetterId,
    LetterOrder,
    Position,
    Say,
    Show,
    State,
    Toast,
)
from conversations.deeds import Compose, Confirm, Found, Leave, Rehearse
from conversations.dialogues import Dialogues
from conversations.events import Called, Pressed, Rehearsed, Typed
from conversations.replies import Code
from conversations.rules.answers import Answers
from conversations.rules.house import Access
from conversations.rules.profile import Profile
from conversations.standing import PersonId, Role
from tests.shell import PSEUDONYMS, SEAL, letter_of
from tests.store.councils import (
    AYLA,
    BEN,
    BOSS,
    CEM,
    CODEC,
    EVE,
    HERE,
    NOW,
    THERE,
    TURNS,
    invite,
    join,
    member,
)

FORMER, NOBODY = PersonId(6), PersonId(7)
"""A person whose seat ended; one who agreed and never had any."""
INTRUDERS = {"stranger": EVE, "former": FORMER, "elsewhere": CEM, "nobody": NOBODY}
SECRETS = ("Xayla", "Xben", "Xoffice", "Xgroup", "Xtitle", "Xcall")
"""Words of the council that nobody outside of it may ever read."""
OWN = ("seats", "badge", "erase", "inquiry", "filed")
"""Dialogues about what is a member's own."""
SENT = BroadcastId("sent")
"""A broadcast of the council that is being sent."""
ENTRIES = ("rundruf", *(one.name for one in COMMANDS if one.name != "loeschen"))
"""Where the walks begin; at broadcasts twice, which have the most steps."""
TEXTS = ("Neue Liste", "21. Tag vor der Sitzung", "Solingen", "12", "weiter")


@dataclass
class Town:
    """A database with two councils and everybody in it, all in one open transaction."""

    dialogues: Dialogues
    connection: object
    seen: set[str] = field(default_factory=set)
    """Everything that was said."""

    def do(self, person, *deeds):
        """Deeds without a dialogue."""
        Scope.enter(self.connection, CODEC, PSEUDONYMS, person).perform(deeds, NOW)

    def load(self, person, event=None):
        """What a turn of the person rests on."""
        asked = Asked(
            person=person,
            chat=person,
            update=None,
            now=NOW,
            needs=lambda flow: self.dialogues.needs(event or Called(name="start"), flow),
            reminder=self.dialogues.reminded(event) if event else "",
        )
        return TURNS.load(self.connection, asked)

    def commit(self, person, decision, loaded=None):
        """Store what was decided."""
        loaded = loaded or self.load(person)
        outcome = Outcome(
            person=person, chat=person, loaded=loaded, decision=decision, updates=(), now=NOW
        )
        TURNS.commit(self.connection, outcome)

    def tell(self, person, event):
        """One turn; returns the decision, and what was said. ForbiddenError is let through."""
        loaded = self.load(person, event)
        names = (
            *("member", "position", "draft", "drafts", "letters"),
            *("standing", "council", "invited", "desk", "agenda", "reminder", "broadcasts"),
        )
        state = State(
            now=NOW,
            person=person,
            first_name="F",
            telegram_language="de",
            message=9,
            fresh=f"f{random.getrandbits(60):x}"[:16],
            secret=f"{random.getrandbits(88):022x}",
            bot="kim_bot",
            **{name: getattr(loaded, name) for name in names},
        )
        decision = self.dialogues.advance(state, event)
        self.commit(person, decision, loaded)
        return decision, words(decision)

    def of_council(self):
        """All that is stored of the council, but what was refused."""
        rows = []
        for table, where in (
            ("council", f"id = '{HERE}'"),
            ("membership", f"council = '{HERE}' AND person NOT IN ({FORMER})"),
            ("invitation", f"council = '{HERE}'"),
            ("draft", f"council = '{HERE}'"),
            ("letter", f"council = '{HERE}'"),
            ("broadcast", f"council = '{HERE}'"),
            ("delivery", f"council = '{HERE}'"),
            ("audit", f"council = '{HERE}' AND action <> 'refused'"),
        ):
            found = self.connection.exec_driver_sql(f"SELECT * FROM {table} WHERE {where}")
            rows += [(table, *row) for row in found]
        return rows


def words(decision):
    """Every text of a decision, with the words and data of its buttons."""
    said = []
    for reply in decision.replies:
        match reply:
            case Show(screen=screen) | Say(screen=screen):
                said += [screen.html, *(str(button) for row in screen.rows for button in row)]
            case Toast(text=text) | Code(html=text):
                said.append(text)
    return "\n".join(said)


@pytest.fixture(scope="module")
def dialogues():
    """The real ones, for invited people only."""
    known = read_knowledge(folder())
    return Dialogues(replace(known, house=replace(known.house, access=Access.INVITE)))


@pytest.fixture
def town(tmp_path, dialogues):
    """Everybody in their places; the council has a profile, an open link and a filed letter."""
    engine = engine_for(f"sqlite:///{tmp_path / 'kimbot.sqlite3'}")
    migrate(engine, SEAL)
    with engine.connect() as connection, connection.begin() as transaction:
        town = Town(dialogues, connection)
        for person in (BOSS, AYLA, BEN, CEM, FORMER, NOBODY):
            town.commit(person, Decision(member=member(person), position=home()))
        connection.exec_driver_sql(f"INSERT INTO operator (person, since) VALUES ({BOSS}, 0)")
        ours = Profile(ags="05513000", office_name="Xoffice", groups=("Xgroup",))
        town.do(BOSS, Found(council=HERE, profile=ours))
        town.do(BOSS, Found(council=THERE, profile=Profile(ags="05315000")))
        town.do(BOSS, invite("a", Role.ADMIN), invite("c", Role.ADMIN, THERE))
        town.do(AYLA, join("a", Role.ADMIN, name="Xayla"), invite("m", uses=5))
        town.do(CEM, join("c", Role.ADMIN, THERE, name="Cem"))
        town.do(BEN, join("m", name="Xben"))
        town.do(FORMER, join("m", name="Fay"), Leave(council=HERE))
        town.commit(BEN, paper())
        town.do(AYLA, call("sent"), Rehearse(id=SENT, council=HERE, revision=1))
        town.do(AYLA, Confirm(id=SENT, council=HERE, revision=1), call("draft"))
        yield town
        transaction.rollback()
    engine.dispose()


def home():
    """Where everybody begins."""
    return Position(flow="home", step="home", version=1)


def paper():
    """A filed letter and a draft of the council."""
    draft = Draft(
        id=DraftId("d1"),
        definition="kim-anfrage-kreisfrei",
        definition_version=1,
        title="Xtitle",
        answers=Answers(),
        council=HERE,
        touched=NOW,
    )
    order = LetterOrder(
        id=LetterId("l1"),
        draft=draft.id,
        title="Xtitle",
        version=1,
        letter=letter_of(["Xtitle"]),
        council=HERE,
    )
    filed = ((order.id, Filing(day=NOW.date())),)
    return Decision(drafts=(draft,), orders=(order,), filings=filed, position=home())


def call(id_):
    """A broadcast of the council in the making."""
    content = Content(posts={"de": Post(text="Xcall")})
    return Compose(id=BroadcastId(id_), council=HERE, revision=0, content=content)


def shown(town, person, id_):
    """Telegram took the preview of a broadcast."""
    at_it = Called(name="rundruf")
    one = town.load(person, at_it).broadcasts.one(id_)
    return Rehearsed(broadcast=id_, revision=one.revision)


def walked(town, person, seeds=24, steps=40):
    """Random ways of a person through all they may do, each taken back; every position met, one
    for each step and kinds of buttons there."""
    found: dict[tuple[str, str, frozenset[str]], Position] = {}
    for seed in range(seeds):
        chance = random.Random(seed)
        with town.connection.begin_nested() as way:
            event = Called(name=ENTRIES[seed % len(ENTRIES)])
            for _ in range(steps):
                try:
                    decision, said = town.tell(person, event)
                except ForbiddenError:
                    break
                town.seen.add(said)
                position = town.load(person).position
                if decision.erase or position is None:
                    break
                ids = [one for one in position.buttons.split(" ") if one]
                kinds = frozenset(one.partition(":")[0] for one in ids)
                found[position.flow, position.step, kinds] = position
                if decision.rehearse is not None and chance.random() < 0.8:
                    event = shown(town, person, decision.rehearse)
                    continue
                event = (
                    Pressed(data=f"{position.version}.{chance.choice(ids)}")
                    if ids and chance.random() < 0.85
                    else Typed(text=chance.choice(TEXTS))
                )
            way.rollback()
    return list(found.values())


def shared(card):
    """Whether the position holds no word of the council: what somebody answered stands in their
    own position, which nobody else ever gets."""
    return not any(secret in str(card.args) for secret in SECRETS)


def tried(town, person, event, position=None):
    """What an intruder gets to read, and what their turn left of the council; then taken back."""
    with town.connection.begin_nested() as attempt:
        if position is not None and town.load(person).member is not None:
            town.commit(person, Decision(position=replace(position, draft=None)))
        try:
            _, said = town.tell(person, event)
        except ForbiddenError:
            said = ""
        left = town.of_council()
        attempt.rollback()
    return said, left


def test_p5_no_button_of_an_admin_works_for_anybody_else(town):
    """Every button of every card that the admin and the operator see, pressed and answered by a
    stranger, a former member, another council's admin and a person without a seat, as if the card
    were theirs: no word of the council is said, nothing of it changes."""
    every = [*walked(town, AYLA), *walked(town, BOSS), *walked(town, BEN, seeds=8)]
    cards = [card for card in every if shared(card)]
    seen = "\n".join(town.seen)
    assert [secret for secret in SECRETS if secret not in seen] == []
    assert len({(one.flow, one.step) for one in cards}) > 40
    before = town.of_council()
    for who, person in INTRUDERS.items():
        for card in cards:
            for id_ in card.buttons.split(" "):
                event = Pressed(data=f"{card.version}.{id_}")
                said, left = tried(town, person, event, card)
                assert [one for one in SECRETS if one in said] == [], (who, card, id_)
                assert left == before, (who, card, id_)


def test_p5_no_press_below_a_broadcasts_message_works_for_anybody_else(town):
    """The buttons of the message that tells the admin how far a broadcast is, by everybody who has
    no business with it: nothing is said of it, and nothing of the council changes."""
    before = town.of_council()
    for who, person in (*INTRUDERS.items(), ("member", BEN)):
        for action in ("pause", "resume", "cancel", "unreached", "again", "let", "open"):
            for id_ in (SENT, "draft"):
                said, left = tried(town, person, Pressed(data=f"b:{action}:{id_}"))
                assert "Xcall" not in said, (who, action)
                assert left == before, (who, action)


def test_p5_no_text_at_an_admins_card_works_for_anybody_else(town):
    """The same with a typed answer to every question of the admin's cards."""
    cards = {(one.flow, one.step): one for one in [*walked(town, AYLA), *walked(town, BOSS)]}
    before = town.of_council()
    for who, person in INTRUDERS.items():
        for card in cards.values():
            for text in TEXTS:
                said, left = tried(town, person, Typed(text=text), card)
                assert [one for one in SECRETS if one in said] == [], (who, card, text)
                assert left == before, (who, card, text)


@pytest.mark.parametrize("command", [one.name for one in COMMANDS])
def test_p5_no_command_tells_outsiders_anything(town, command):
    """Every command, by everybody outside of the council."""
    before = town.of_council()
    for who, person in INTRUDERS.items():
        said, left = tried(town, person, Called(name=command))
        assert [one for one in SECRETS if one in said] == [], who
        assert left == before, who


def test_c09_a_member_does_nothing_of_an_admin(town):
    """Every card of the admin, as if it were a member's: the council's profile, people, links and
    log stay as they are, but for what is a member's own to do."""
    cards = [one for one in walked(town, AYLA) if one.flow not in OWN]
    before = [row for row in town.of_council() if row[0] not in ("draft", "letter")]
    for card in cards:
        for id_ in card.buttons.split(" "):
            _, left = tried(town, BEN, Pressed(data=f"{card.version}.{id_}"), card)
            kept = [row for row in left if row[0] not in ("draft", "letter")]
            assert kept == before, (card, id_)
