"""The first operator: by a link of the start or by a setting, noted in the audit log."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from bot.store import operators
from bot.store.opening import engine_for
from bot.store.schema import audit, invitation, operator
from bot.store.secrets import unlocked
from tests.shell import SEAL

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def opened(url):
    """A connection in a transaction, and the database's pseudonyms."""
    engine = engine_for(url)
    pseudonyms = unlocked(engine, SEAL)[0]
    with engine.begin() as connection:
        yield connection, pseudonyms
    engine.dispose()


def test_without_an_operator_there_is_a_link_for_one_use_and_one_hour(opened):
    """Only the hash of its token is stored."""
    connection, _ = opened
    token = operators.first_token(*opened, NOW)
    row = connection.execute(select(invitation)).one()
    assert token.expires == NOW + timedelta(hours=1)
    assert row.token_hash == sha256(token.text.encode()).hexdigest()
    assert (row.role, row.left, row.council) == ("operator", 1, None)
    assert len(token.text) == 22
    assert token.text not in str(tuple(row))


def test_another_start_ends_the_link_of_the_one_before(opened):
    """Whoever reads an old log finds nothing that still works."""
    connection, _ = opened
    operators.first_token(*opened, NOW)
    again = operators.first_token(*opened, NOW + timedelta(minutes=1))
    hashes = connection.scalars(select(invitation.c.token_hash)).all()
    assert hashes == [sha256(again.text.encode()).hexdigest()]


def test_with_an_operator_there_is_no_link_any_more(opened):
    """Also the one that is still open goes."""
    connection, pseudonyms = opened
    operators.first_token(*opened, NOW)
    operators.appoint(connection, pseudonyms, [5], NOW)
    assert operators.first_token(*opened, NOW) is None
    assert connection.scalar(select(func.count()).select_from(invitation)) == 0


def test_operators_by_setting_are_added_never_removed(opened):
    """Named twice is once; who is named no longer stays."""
    connection, pseudonyms = opened
    operators.appoint(connection, pseudonyms, [5, 5, 6], NOW)
    operators.appoint(connection, pseudonyms, [6, 7], NOW)
    assert connection.scalars(select(operator.c.person).order_by(operator.c.person)).all() == [
        5,
        6,
        7,
    ]


def test_the_audit_log_names_nobody_by_number(opened):
    """Who became operator stands there by pseudonym, once."""
    connection, pseudonyms = opened
    for _ in range(2):
        operators.appoint(connection, pseudonyms, [5201], NOW)
    line = connection.execute(select(audit)).one()
    assert (line.action, line.object) == ("appoint", f"person:{pseudonyms.of(5201)}")
    assert line.actor == pseudonyms.of(0)
    assert line.council is None
