"""P5, every step there is: a council with a marked word in every field, and people without business
there put before each question, with forged ids and forged places; on both databases."""

import json
import os
import random
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cache

import pytest
from sqlalchemy import delete, insert, select, update

from bot.production import read_knowledge
from bot.store import schema
from bot.store.opening import engine_for, migrate
from bot.store.persons import Persons
from bot.store.scope import ForbiddenError
from bot.store.turns import Asked, changes
from bot.store.worker import LostRaceError
from bot.telegram.turns import Turn
from bot.wording import folder
from conversations.agenda import (
    CalendarSource,
    ChatKind,
    ChatLinkId,
    CouncilMeeting,
    Filed,
    LinkedChat,
    MeetingId,
    Report,
    ReportId,
)
from conversations.broadcasts import Stage
from conversations.commands import COMMANDS
from conversations.core import (
    Decision,
    Deliver,
    Draft,
    DraftId,
    Filing,
    LetterId,
    LetterOrder,
    Position,
)
from conversations.deeds import (
    Amend,
    Compose,
    Confirm,
    File,
    Follow,
    Found,
    Leave,
    Link,
    Note,
    Rehearse,
    Reply,
    Schedule,
)
from conversations.dialogues import Dialogues
from conversations.events import Called, Pressed, Resumed, Typed
from conversations.routes import FLOWS
from conversations.rules.answers import (
    Address,
    Answers,
    Council,
    FilingRule,
    Meeting,
    Person,
    Sender,
    Unit,
)
from conversations.rules.house import Access
from conversations.rules.profile import (
    CouncilRule,
    Form,
    NamedBody,
    PaperKind,
    Profile,
    Signature,
)
from conversations.rules.reminding import ReminderKind
from conversations.standing import Badge, PersonId, Role
from tests.shell import PSEUDONYMS, SEAL, letter_of
from tests.store.composed import content
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
from tests.store.test_every_button import Town, walked

FORMER, NOBODY, DAN = PersonId(6), PersonId(7), PersonId(8)
"""A person whose seat ended; one who agreed and never had any; a second member here."""
OUTSIDERS = {
    "stranger": EVE,
    "former": FORMER,
    "elsewhere": CEM,
    "nobody": NOBODY,
    "operator": BOSS,
}
CASES = [
    ("stranger", Access.INVITE),
    ("former", Access.OPEN),
    ("elsewhere", Access.OPEN),
    ("nobody", Access.OPEN),
    ("nobody", Access.INVITE),
    ("operator", Access.INVITE),
]
REMINDER = "R" * 16
BROADCAST = 700
"""The message with which a broadcast came to a member."""
MARK, CLOSE = "Quitte", "Mispel"
"""In all that outsiders may not read; in what not even another member of the council may."""
CAST = "Schlehe"
"""In a broadcast of the council: operators see those of all councils, nobody else outside does."""
FIGURE = "kim-anfrage-kreisfrei"
RULE = CouncilRule(
    count=FilingRule(number=17, unit=Unit.WORKING, cutoff=time(11, 7)),
    section=f"§ 99 {MARK}",
    basis=f"{MARK} der Ordnung",
    forms=(Form.LETTER,),
    signature=Signature.FILER,
    most_questions=3,
)
PROFILE = Profile(
    ags="05513000",
    bodies=(NamedBody(name=f"{MARK}rat", since=date(2025, 11, 1)),),
    chair=Person(name=f"{MARK} Vorsitz", address=Address.FRAU),
    head=Person(name=f"{MARK} Leitung", address=Address.HERR),
    office_name=f"{MARK}stelle",
    office_address=f"{MARK}weg 1\n45879 Gelsenkirchen",
    office_email=f"{MARK}@example.org",
    groups=(f"{MARK}liste",),
    rules=dict.fromkeys(PaperKind, RULE),
)
OTHERS = (
    f"{CLOSE} Entwurf",
    f"{CLOSE} Brief",
    f"{CLOSE} Mitglied {BEN}",
    f"{CLOSE} Konto",
    f"{CLOSE} Antwort",
    f"{CLOSE} Rundruf",
    CAST,
)
"""What a member may not read of the others."""
OWN = {AYLA: "d2", BEN: "d3", CEM: "d4", FORMER: "d6", NOBODY: "d7", DAN: "d8"}
"""Everybody's own draft."""
EVERYTHING = bool(os.environ.get("KIMBOT_TEST_WALK"))
"""Every button and every forged id instead of some at each place."""
MEETING = Meeting(day=date(2027, 1, 14))


def paper(person, number, mark, *, council=HERE, filed):
    """A draft and a letter of a person, filed or not."""
    draft = Draft(
        id=DraftId(f"d{number}"),
        definition=FIGURE,
        definition_version=1,
        title=f"{mark} Entwurf",
        answers=Answers(
            council=Council(ags="05513000", body=f"{mark}rat", office_name=f"{mark}amt"),
            sender=Sender(name=f"{mark} Name"),
            own=(f"{mark} eigene Frage",),
            meeting=MEETING,
        ),
        step="review",
        council=council,
        touched=NOW,
    )
    order = LetterOrder(
        id=LetterId(f"l{number}"),
        draft=draft.id,
        title=f"{mark} Brief",
        version=1,
        letter=letter_of([f"{mark} Wortlaut"]),
        council=council,
    )
    return Decision(
        member=known(person, mark),
        drafts=(draft,),
        orders=(order,),
        filings=((order.id, Filing(day=NOW.date())),) if filed else (),
        position=Position(flow="home", step="home", version=1, draft=draft.id),
    )


def known(person, mark):
    """Somebody who agreed, with the words that the next letter takes over."""
    sender = Sender(name=f"{mark} Name", address=f"{mark}weg 2", email=f"{mark}2@example.org")
    council = Council(ags="05513000", body=f"{mark}rat")
    changed = replace(member(person), sender=sender, council=council, called=f"{mark} Konto")
    return replace(changed, district_head=Person(name=f"{mark} Kreis"))


def badge(council, person, mark):
    """As somebody stands in the council."""
    return Badge(name=f"{mark} Mitglied {person}", function=f"{mark}amt", group=f"{mark}liste")


@dataclass
class Marked(Town):
    """The town with marks in every field of the council here."""

    def settle(self):
        """Everybody in their places, each with papers of their own."""
        for person in (BOSS, AYLA, BEN, CEM, DAN, FORMER, NOBODY):
            home = Position(flow="home", step="home", version=1)
            self.commit(person, Decision(member=member(person), position=home))
        self.connection.exec_driver_sql(f"INSERT INTO operator (person, since) VALUES ({BOSS}, 0)")
        self.do(BOSS, Found(council=HERE, profile=Profile(ags="05513000")))
        self.do(BOSS, Found(council=THERE, profile=Profile(ags="05315000")))
        self.do(BOSS, invite("a", Role.ADMIN, uses=2), invite("c", Role.ADMIN, THERE))
        self.do(AYLA, replace(join("a", Role.ADMIN), badge=badge(HERE, AYLA, MARK)))
        self.do(AYLA, Amend(council=HERE, revision=1, profile=PROFILE, what="chair"))
        self.do(AYLA, invite("open", uses=9))
        for person in (BEN, DAN, FORMER):
            self.do(person, replace(join("open"), badge=badge(HERE, person, CLOSE)))
        self.commit(FORMER, paper(FORMER, 6, MARK, filed=True))
        self.do(FORMER, Leave(council=HERE))
        self.commit(FORMER, Decision(member=member(FORMER)))
        self.do(CEM, join("c", Role.ADMIN, THERE, name="Cem"), invite("x", council=THERE))
        self.commit(AYLA, paper(AYLA, 2, CLOSE, filed=False))
        self.commit(BEN, paper(BEN, 3, CLOSE, filed=False))
        self.commit(DAN, paper(DAN, 8, MARK, filed=True))
        self.agree_on_an_agenda()
        self.call_everybody()
        self.commit(CEM, paper(CEM, 4, "Apfel", council=THERE, filed=True))
        self.commit(NOBODY, paper(NOBODY, 7, "Birne", council="", filed=False))

    def call_everybody(self):
        """A broadcast that was sent, a member's answer to it, and a draft of another one."""
        for id_, words in (("b1", CAST), ("b2", f"{CLOSE} Rundruf")):
            said = content(f"{words} an alle")
            self.do(AYLA, Compose(id=id_, council=HERE, revision=0, content=said))
            self.do(AYLA, Rehearse(id=id_, council=HERE, revision=1))
        self.do(AYLA, Confirm(id="b1", council=HERE, revision=1))
        sent = (schema.delivery.c.kind == "broadcast") & (schema.delivery.c.chat == BEN)
        arrived = update(schema.delivery).where(sent).values(state="sent", message=BROADCAST)
        self.connection.execute(arrived)
        self.do(BEN, Reply(id="w1", broadcast="b1", text=f"{CLOSE} Antwort"))

    def agree_on_an_agenda(self):
        """Meetings, reports, a calendar, a chat, a filing, and a reminder that was sent."""
        meeting = CouncilMeeting(
            id=MeetingId("m1"), day=date(2027, 1, 14), place=f"{MARK}saal", name=f"{MARK}sitzung"
        )
        report = Report(id=ReportId("r1"), day=date(2026, 9, 1), number=MARK, note=f"{MARK} Notiz")
        chat = LinkedChat(
            id=ChatLinkId("k1"),
            chat=-1001,
            kind=ChatKind.SUPERGROUP,
            title=f"{MARK} Gruppe",
            receives=frozenset(),
        )
        body = CODEC.chat.write(chat, chat.id)
        row = {"id": chat.id, "council": HERE, "chat": chat.chat, "kind": chat.kind, "body": body}
        state = {"thread": 0, "confirmed": 0, "disabled": "", "since": 0, "by": "", "format": 2}
        self.connection.execute(insert(schema.chat_link), {**row, **state})
        source = CalendarSource(url=f"https://{MARK.lower()}.example/kalender.ics")
        for deed in (
            Schedule(council=HERE, kept=(meeting,)),
            Note(council=HERE, report=report),
            Follow(council=HERE, source=source),
            Link(council=HERE, chat=chat),
        ):
            self.do(AYLA, deed)
        filed = Filed(letter="l8", title=f"{MARK} Brief", day=NOW.date(), proof=f"{MARK} Beleg")
        self.do(DAN, File(letter="l8", council=HERE, filed=filed))
        values = {column.name: 0 for column in schema.delivery.c if not column.nullable}
        texts = {"id": REMINDER, "kind": next(iter(ReminderKind)), "subject": "meeting:m1"}
        rest = {"slot": "x", "state": "sent", "reason": "", "council": HERE, "chat": -1001}
        self.connection.execute(insert(schema.delivery), {**values, **texts, **rest})

    def load(self, person, event=None):
        """What a turn of the person rests on, with what an event's ids lead to."""
        event = event or Called(name="start")
        asked = Asked(
            person=person,
            chat=person,
            update=None,
            now=NOW,
            needs=lambda flow: self.dialogues.needs(event, flow),
            token_hash=self.dialogues.invited(event),
            reminder=self.dialogues.reminded(event),
            reply_to=getattr(event, "reply_to", None),
        )
        return TURNS.load(self.connection, asked)

    def turn(self, person, event, place):
        """What the person loads and decides, put at a place with a draft of their own; stored."""
        if place is not None:
            self.put(person, place)
        loaded = self.load(person, event)
        turn = Turn(updates=(), event=event, person=person, chat=person, loaded=loaded, message=9)
        state = turn.state(NOW, f"f{random.getrandbits(60):x}", "kim_bot")
        decision = self.dialogues.advance(state, event)
        self.commit(person, decision, loaded)
        return loaded, decision

    def put(self, person, place):
        """Where somebody stands, by hand: of a stranger nothing would be stored."""
        own = OWN.get(person) if place.flow in ("inquiry", "papers") else None
        key = f"{person}/{person}"
        body = CODEC.position.write(replace(place, draft=own), key)
        self.connection.execute(delete(schema.dialogue).where(schema.dialogue.c.person == person))
        values = {"person": person, "chat": person, "revision": 1, "format": schema.FORMAT}
        shown = {"body": body, "draft": own, "version": place.version, "shown": 0}
        self.connection.execute(insert(schema.dialogue), {**values, **shown})

    def rows(self, person):
        """All rows of the council and its people but those of one's own, and what was refused."""
        own = ("inbox", "secret", "dialogue", "lease")
        tables = [one for one in schema.metadata.sorted_tables if one.name not in own]
        return sorted(
            (table.name, *map(repr, row.values()))
            for table in tables
            for row in self.connection.execute(select(table)).mappings()
            if not _own(table.name, row, person)
        )


def _own(table, row, person):
    """What somebody may change: rows of their own, and of their own council or office."""
    mine = person in (row.get("person"), row.get("chat"), row.get("author"))
    if table == "audit":
        return row["action"] == "refused" or row["actor"] == PSEUDONYMS.of(person)
    if person == CEM and THERE in (row.get("council"), row.get("id")):
        return True
    if person == BOSS:
        return (
            table == "operator"
            or (table == "invitation" and row["role"] != "member")
            or (table == "council" and row["id"] not in (HERE, THERE))
            or (table == "broadcast" and row["stage"] != Stage.DRAFT)
            or (table == "delivery" and row["kind"] == "broadcast")
            or mine
        )
    return mine


@cache
def shipped():
    """What is shipped, read and its templates compiled once: nobody changes it."""
    return read_knowledge(folder())


def dialogues_for(access):
    """The real ones."""
    found = shipped()
    return Dialogues(replace(found, house=replace(found.house, access=access)))


@pytest.fixture
def access():
    """Unless a case says otherwise: everybody may write letters, so that more is open."""
    return Access.OPEN


@pytest.fixture
def town(url, access):
    """In one transaction that is taken back."""
    engine = engine_for(url)
    migrate(engine, SEAL)
    with engine.connect() as connection, connection.begin() as transaction:
        town = Marked(dialogues_for(access), connection)
        town.settle()
        yield town
        transaction.rollback()
    engine.dispose()


def places(town):
    """Every place of every dialogue with all kinds of buttons it has: as admin, operator and member
    met it by walking, and each step that chance left out as the one of them sees it."""
    met = [*walked(town, AYLA, seeds=6), *walked(town, BOSS, seeds=3), *walked(town, BEN, seeds=3)]
    found = {}
    for one in met:
        key = (one.flow, one.step, tuple(sorted(one.args)))
        known = _kinds(found[key]) if key in found else {}
        found[key] = replace(one, buttons=" ".join({**_kinds(one), **known}.values()))
    for flow in FLOWS.values():
        for step in flow.steps:
            if not any(key[:2] == (flow.name, step) for key in found):
                found[flow.name, step, ()] = _looked_up(town, flow, step)
    return list(found.values())


def _looked_up(town, flow, step):
    there = Position(
        flow=flow.name, step=step, flow_version=flow.version, version=7, buttons="back"
    )
    for person in (AYLA, BOSS):
        with town.connection.begin_nested() as look:
            _, decision = town.turn(person, Resumed(), there)
            look.rollback()
        at = decision.position
        if at is not None and (at.flow, at.step) == (flow.name, step):
            return at
    return there


def _kinds(place):
    return {id_.partition(":")[0]: id_ for id_ in place.buttons.split(" ")}


IDS = (
    *(HERE, "open", "d2", "l2", "l6", "l8", str(AYLA), str(DAN), "05513000", "inquiry"),
    *("m1", "r1", "k1", "meeting:m1", REMINDER),
    *("b1", "b2", "w1"),
)
"""Of the council here: its own, its invitation's, drafts', letters', people's, its place's, and of
what stands in its agenda."""


def forged(place):
    """The place with each id of the council here among its arguments and buttons."""
    kinds = [kind for kind, id_ in _kinds(place).items() if ":" in id_]
    for id_ in IDS:
        args = {name: id_ if isinstance(old, str) else old for name, old in place.args.items()}
        ids = " ".join([*place.buttons.split(" "), *(f"{kind}:{id_}" for kind in kinds)])
        yield replace(place, args=args or {"of": id_}, buttons=ids), [f"{k}:{id_}" for k in kinds]


def tried(town, person, event, place=None, before=None, *, made_up=False):
    """What a turn says and loads, and what it leaves, if it stores more than where one stands
    (`before` else); then it is taken back."""
    with town.connection.begin_nested() as attempt:
        try:
            loaded, decision = town.turn(person, event, place)
        except (ForbiddenError, LostRaceError):
            attempt.rollback()
            return "", before
        except (KeyError, ValueError, AssertionError, OverflowError):
            if not made_up:  # a place nobody was ever brought to: failing says nothing
                raise
            attempt.rollback()
            return "", before
        files = any(isinstance(reply, Deliver) for reply in decision.replies)
        left = town.rows(person) if files or decision.erase or changes(decision) else before
        attempt.rollback()
    return f"{loaded!r}\n{decision!r}", left


def acts(place, chance=None):
    """The place as it is shown, presses on its buttons (all, or some by chance), and a text."""
    yield Resumed()
    # Erasing takes one's own name out of a letter that the council keeps: that is one's right.
    ids = [id_ for id_ in place.buttons.split(" ") if id_ != "erase_yes"]
    some = ids if chance is None or EVERYTHING else chance.sample(ids, min(4, len(ids)))
    for id_ in some:
        yield Pressed(data=f"{place.version}.{id_}")
    yield Typed(text="Solingen")


def judge(town, person, event, place, before, *, made_up=False):
    """Nothing read, nothing written."""
    said, left = tried(town, person, event, place, before, made_up=made_up)
    marks = (MARK, CLOSE) if person == BOSS else (MARK, CLOSE, CAST)
    assert [mark for mark in marks if mark in said] == [], (event, place)
    assert left == before, (event, place)


@pytest.fixture(scope="module")
def every(tmp_path_factory):
    """All places, walked once."""
    engine = engine_for(f"sqlite:///{tmp_path_factory.mktemp('walk') / 'kimbot.sqlite3'}")
    migrate(engine, SEAL)
    with engine.connect() as connection, connection.begin() as transaction:
        town = Marked(dialogues_for(Access.OPEN), connection)
        town.settle()
        found = places(town)
        transaction.rollback()
    engine.dispose()
    return found


ACTIONS = ("listed", "postponed", "reported", "later", "off", "answered", "x")
"""What stands between r: and the reminder's id."""


def test_the_walk_is_worth_something(town, every):
    """The admin reads the marks, and the places are all there are."""
    said, _ = tried(town, AYLA, Called(name="rat"))
    assert MARK in said
    agenda = repr(town.load(AYLA).agenda)
    marked = ("saal", " Notiz", " Gruppe", " Beleg")
    assert [part for part in marked if MARK + part not in agenda] == []
    assert {(one.flow, one.step) for one in every} == {
        (flow.name, step) for flow in FLOWS.values() for step in flow.steps
    }


@pytest.mark.parametrize(("who", "access"), CASES)
def test_p5_no_place_is_open_to_outsiders(town, every, who):
    """Put before every question of every dialogue, with its buttons and its arguments: an outsider
    reads no marked word, nothing marked is even loaded, and no row changes but their own."""
    person, chance = OUTSIDERS[who], random.Random(who)
    before = town.rows(person)
    for place in every:
        for event in acts(place, chance):
            judge(town, person, event, place, before)


@pytest.mark.parametrize(("who", "access"), CASES)
def test_f03_p5_ids_of_the_council_open_nothing(town, every, who):
    """Its ids in stored arguments and in the buttons of every question: the same."""
    person, chance = OUTSIDERS[who], random.Random(who)
    before = town.rows(person)
    for place in every:
        for at, ids in chance.sample(list(forged(place)), len(IDS) if EVERYTHING else 2):
            judge(town, person, Resumed(), at, before, made_up=True)
            for id_ in ids:
                event = Pressed(data=f"{at.version}.{id_}")
                judge(town, person, event, at, before, made_up=True)


@pytest.mark.parametrize(("who", "access"), CASES)
def test_f03_p5_buttons_of_a_reminder_are_nothing_to_outsiders(town, who, access):
    """Forwarded or made up: its buttons and its way into the private chat tell and change
    nothing."""
    person = OUTSIDERS[who]
    before = town.rows(person)
    events = [Pressed(data=f"r:{one}:{REMINDER}") for one in ACTIONS]
    for event in (*events, Called(name="start", args=f"i_{REMINDER}")):
        judge(town, person, event, None, before)


CAST_ACTIONS = ("pause", "resume", "cancel", "again", "let", "unreached", "open", "reply", "x")
"""What stands between b: and the id of a broadcast or an answer."""


@pytest.mark.parametrize(("who", "access"), CASES)
def test_f03_p5_buttons_of_a_broadcast_are_nothing_to_outsiders(town, who, access):
    """Of its progress, of an answer to it, of a draft; and its message as one's own to reply to."""
    person = OUTSIDERS[who]
    before = town.rows(person)
    for id_ in ("b1", "b2", "w1"):
        for action in CAST_ACTIONS:
            judge(town, person, Pressed(data=f"b:{action}:{id_}"), None, before)
    judge(town, person, Typed(text="Solingen", reply_to=BROADCAST), None, before)


def test_p5_answers_are_for_the_author_of_the_broadcast(town):
    """Another member reads neither them nor drafts, and answers to nothing that others got."""
    before = town.rows(DAN)
    for event in (
        *(Pressed(data=f"b:{action}:{id_}") for action in CAST_ACTIONS for id_ in ("b1", "w1")),
        Typed(text="Solingen", reply_to=BROADCAST),
    ):
        said, left = tried(town, DAN, event, None, before)
        assert left == before, event
        assert [words for words in OTHERS if words in said] == [], event
    assert f"{CLOSE} Antwort" in repr(town.load(AYLA, Called(name="rundruf")).broadcasts.answers)


@pytest.mark.parametrize(("who", "access"), CASES)
def test_p5_no_command_and_no_export_tells_outsiders(town, who):
    """Every command by its every name, with an id of the council, and the export of own data."""
    person = OUTSIDERS[who]
    before = town.rows(person)
    for command in COMMANDS:
        for name in (command.name, *command.aliases):
            judge(town, person, Called(name=name, args=HERE), None, before)
    if who == "former":  # whose own badge and papers bear the marks
        return
    persons = Persons(codec=CODEC, pseudonyms=PSEUDONYMS)
    told = json.dumps(dict(persons.export(town.connection, person, NOW)), ensure_ascii=False)
    assert CLOSE not in told
    assert MARK not in told


def test_c09_p5_a_member_reads_and_changes_nothing_of_others(town, every):
    """A plain member at every question, with forged ids: what others keep for themselves is not
    even loaded, and nothing of others changes."""
    chance = random.Random("member")
    before = town.rows(DAN)
    for place in every:
        for at in (place, chance.choice([at for at, _ in forged(place)])):
            for event in acts(at, chance):
                said, left = tried(town, DAN, event, at, before, made_up=at is not place)
                assert left == before, (event, at)
                assert [words for words in OTHERS if words in said] == [], (event, at)
