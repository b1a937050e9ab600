"""Who gets a broadcast, and how many that are."""

from dataclasses import replace

from conversations.agenda import ChatKind
from conversations.broadcasts import Addressee, Audience, Circle, Public
from conversations.rules.audience import Counted, chosen, counted, matches, placed, sample
from conversations.rules.knowledge import Knowledge
from conversations.rules.reporting import ClockState
from conversations.standing import CouncilId, PersonId, Role

BONN, GLADBECK = CouncilId("bonn"), CouncilId("gladbeck")
CIRCLES = (
    Circle(
        council=BONN,
        ags="05314000",
        kind="kreisfreie Stadt",
        variant="kim-anfrage-kreisfrei",
        clock=ClockState.OK,
    ),
    Circle(
        council=GLADBECK,
        ags="05562014",
        kind="große kreisangehörige Stadt",
        variant="kim-anfrage-grosse-kreisangehoerige",
        clock=ClockState.DUE,
    ),
)


def person(
    number: int,
    council: CouncilId = BONN,
    role: Role = Role.MEMBER,
    language: str = "de",
    name: str = "",
) -> Addressee:
    return Addressee(
        chat=number,
        council=council,
        person=PersonId(number),
        role=role,
        language=language,
        name=name,
    )


def linked(
    chat: int,
    council: CouncilId = BONN,
    kind: ChatKind = ChatKind.SUPERGROUP,
    thread: int | None = None,
) -> Addressee:
    return Addressee(chat=chat, council=council, kind=kind, thread=thread)


def public(*addressees: Addressee) -> Public:
    return Public(circles=CIRCLES, addressees=addressees)


def test_no_condition_means_everybody() -> None:
    """Without conditions, everybody and every chat gets it, in their order."""
    everybody = (person(1), linked(-5, GLADBECK), person(2, GLADBECK))
    assert chosen(Audience(), public(*everybody)) == everybody


def test_nobody_without_people_and_chats() -> None:
    """With neither people nor chats nobody is left."""
    nobody = Audience(people=False, chats=False)
    assert chosen(nobody, public(person(1), linked(-5))) == ()


def test_only_chats() -> None:
    """People can be left out."""
    assert chosen(Audience(people=False), public(person(1), linked(-5))) == (linked(-5),)


def test_only_people() -> None:
    """Chats can be left out."""
    assert chosen(Audience(chats=False), public(person(1), linked(-5))) == (person(1),)


def test_roles_judge_people_only() -> None:
    """A role is asked of people; chats have none and stay."""
    admin = person(2, role=Role.ADMIN)
    found = chosen(Audience(roles=frozenset({Role.ADMIN})), public(person(1), admin, linked(-5)))
    assert found == (admin, linked(-5))


def test_languages_judge_people_only() -> None:
    """A language is asked of people; chats have none and stay."""
    turkish = person(2, language="tr")
    found = chosen(Audience(languages=frozenset({"tr"})), public(person(1), turkish, linked(-5)))
    assert found == (turkish, linked(-5))


def test_conditions_of_councils_count_for_chats_too() -> None:
    """A council that does not fit has neither people nor chats in it."""
    audience = Audience(clocks=frozenset({ClockState.DUE, ClockState.OVERDUE}))
    found = chosen(audience, public(person(1), linked(-5), person(2, GLADBECK)))
    assert found == (person(2, GLADBECK),)


def test_all_conditions_hold_at_once() -> None:
    """A council has to meet every condition, not one of them."""
    audience = Audience(kinds=frozenset({"kreisfreie Stadt"}), clocks=frozenset({ClockState.DUE}))
    assert [matches(audience, one) for one in CIRCLES] == [False, False]


def test_each_condition_tells_councils_apart() -> None:
    """Councils, kinds of municipality, variants and clocks each choose by themselves."""
    bonn = CIRCLES[0]
    audiences = (
        Audience(councils=frozenset({bonn.council})),
        Audience(kinds=frozenset({bonn.kind})),
        Audience(variants=frozenset({bonn.variant})),
        Audience(clocks=frozenset({bonn.clock})),
    )
    found = [[matches(audience, one) for one in CIRCLES] for audience in audiences]
    assert found == [[True, False]] * 4


def test_a_person_of_two_councils_gets_it_once() -> None:
    """Somebody with seats in two councils stands there once, for the first of them."""
    found = chosen(Audience(), public(person(1), person(1, GLADBECK)))
    assert found == (person(1),)


def test_the_first_council_that_fits_counts() -> None:
    """When the first council does not fit, the person gets it for the second."""
    audience = Audience(councils=frozenset({GLADBECK}))
    found = chosen(audience, public(person(1), person(1, GLADBECK)))
    assert found == (person(1, GLADBECK),)


def test_topics_of_one_group_are_different_chats() -> None:
    """Two linked topics of a forum each get it."""
    topics = (linked(-5, kind=ChatKind.TOPIC, thread=2), linked(-5, kind=ChatKind.TOPIC, thread=3))
    assert chosen(Audience(), public(*topics)) == topics


def test_a_council_that_is_not_there_has_nobody() -> None:
    """An addressee of a council without a circle gets nothing."""
    assert chosen(Audience(), public(person(1, CouncilId("gone")))) == ()


def test_counts_by_kind() -> None:
    """People, groups with topics, channels and councils are counted apart."""
    found = counted(
        (
            person(1),
            person(2, GLADBECK),
            linked(-5),
            linked(-5, kind=ChatKind.TOPIC, thread=2),
            linked(-6, kind=ChatKind.CHANNEL),
        )
    )
    assert found == Counted(people=2, groups=2, channels=1, councils=2)
    assert (found.chats, found.all) == (3, 5)


def test_a_sample_is_taken_from_all_over() -> None:
    """The names shown are not just the first ones of the list."""
    people = [person(number, name=f"Name {number}") for number in range(1, 101)]
    assert sample(people) == ("Name 1", "Name 21", "Name 41", "Name 61", "Name 81")


def test_a_sample_has_no_hidden_names() -> None:
    """Who may not be seen by name is left out, and no name comes twice."""
    people = (person(1, name="Ayla"), person(2), person(3, name="Ayla"), person(4, name="Ben"))
    assert sample(people) == ("Ayla", "Ben")


def test_kind_and_variant_follow_from_the_municipality(know: Knowledge) -> None:
    """The register and the catalogue say what the store does not know of a council."""
    bare = tuple(replace(one, kind="", variant="") for one in CIRCLES)
    assert placed(know, Public(circles=bare)).circles == CIRCLES


def test_an_unknown_municipality_has_no_kind(know: Knowledge) -> None:
    """A key that left the register meets no condition about kinds, and breaks nothing."""
    gone = replace(CIRCLES[0], ags="99999999")
    found = placed(know, Public(circles=(gone,))).circles[0]
    assert (found.kind, found.variant) == ("", "")
