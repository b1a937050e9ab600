"""Addresses of databases."""

import pytest

from bot.store.opening import StoreError, engine_for


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://kim@127.0.0.1/kimbot",
        "postgres://kim@127.0.0.1/kimbot",
        "postgresql+psycopg://kim@127.0.0.1/kimbot",
    ],
)
def test_addresses_of_postgresql_get_the_driver_that_is_there(address):
    """As hosters write them, and with the driver named."""
    engine = engine_for(address)
    assert engine.url.drivername == "postgresql+psycopg"
    assert engine.url.database == "kimbot"
    engine.dispose()


@pytest.mark.parametrize("address", ["mysql://h/d", "postgresql+nothing://h/d", "no address"])
def test_an_address_of_something_else_is_refused_in_plain_words(address):
    """With examples of what can be used."""
    with pytest.raises(StoreError, match="postgresql://user@host/kimbot"):
        engine_for(address)
