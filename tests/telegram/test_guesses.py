"""How many wrong tokens are looked up."""

from datetime import timedelta

from bot.telegram.guesses import Guesses
from conversations.standing import PersonId
from tests.store.councils import NOW, later

ME, YOU = PersonId(1), PersonId(2)


def test_five_wrong_ones_in_ten_minutes_are_too_many():
    """The sixth isn't looked up, for that person alone, until the first of the five is old."""
    guesses = Guesses()
    for minute in range(5):
        assert not guesses.too_many(ME, later(minutes=minute))
        guesses.wrong(ME, later(minutes=minute))
    assert guesses.too_many(ME, later(minutes=9, seconds=59))
    assert not guesses.too_many(YOU, later(minutes=9))
    assert not guesses.too_many(ME, later(minutes=10))


def test_two_hundred_wrong_ones_in_a_minute_stop_all():
    """Guessed by as many people as you like: nobody's token is looked up for that minute."""
    guesses = Guesses()
    for n in range(200):
        assert not guesses.too_many(PersonId(1000 + n), NOW)
        guesses.wrong(PersonId(1000 + n), NOW + timedelta(milliseconds=n))
    assert guesses.too_many(ME, later(seconds=59))
    assert not guesses.too_many(ME, later(seconds=60))


def test_only_so_many_people_are_remembered():
    """Twenty thousand guessers take no more memory than five thousand."""
    guesses = Guesses()
    for n in range(20_000):
        guesses.wrong(PersonId(n), NOW)
    assert len(guesses._by_person) == 5000
