"""Settings: what can be set, how it is refused, and that .env.example says so."""

import os
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.production import budget_of
from bot.settings import Settings, SettingsError, load
from bot.telegram.pace import Budget

EXAMPLE = Path(__file__).parents[1] / ".env.example"


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    """No settings from the environment of the tests."""
    for name in [name for name in os.environ if name.startswith("KIMBOT_")]:
        monkeypatch.delenv(name)


def test_the_example_lists_every_setting_with_its_default():
    """.env.example equals the settings, names and defaults alike."""
    listed = dotenv_values(EXAMPLE)
    defaults = {
        f"KIMBOT_{name.upper()}": _written(field.default)
        for name, field in Settings.model_fields.items()
    }
    assert listed == defaults


def _written(default):
    """As it stands in the example."""
    if isinstance(default, bool):
        return "on" if default else "off"
    return "" if default in (None, ()) else str(default)


def test_the_example_can_be_used_as_it_is():
    """Empty values count as not set."""
    assert load(EXAMPLE) == load(None)


def test_a_typing_error_is_named(tmp_path):
    """An unknown KIMBOT_ name in .env is refused by name; other programs' names are not ours."""
    file = tmp_path / ".env"
    file.write_text("KIMBOT_TOKN=1\nPATH_OF_ANOTHER=x\n")
    with pytest.raises(SettingsError, match=r"KIMBOT_TOKN .* is no setting") as refused:
        load(file)
    assert "ANOTHER" not in str(refused.value)


def test_a_secret_comes_from_its_file(tmp_path, monkeypatch):
    """KIMBOT_TOKEN_FILE holds the token; the line feed at its end is not part of it."""
    file = tmp_path / "token"
    file.write_text("123:abc\n")
    monkeypatch.setenv("KIMBOT_TOKEN_FILE", str(file))
    assert load(None).token.get_secret_value() == "123:abc"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("KIMBOT_TOKEN_FILE", "/no/such/file", "KIMBOT_TOKEN_FILE can't be read"),
        ("KIMBOT_ACCESS", "closed", "KIMBOT_ACCESS"),
        ("KIMBOT_LOG_LEVEL", "loud", "KIMBOT_LOG_LEVEL"),
        ("KIMBOT_API_URL", "ftp://x", "KIMBOT_API_URL must begin with https://"),
        ("KIMBOT_API_URL", "https://", "KIMBOT_API_URL must begin with https://"),
        ("KIMBOT_API_URL", "http://127.0.0.1:99999", "KIMBOT_API_URL must begin with https://"),
        ("KIMBOT_PROXY", "nonsense", "KIMBOT_PROXY must begin with https://"),
        ("KIMBOT_WEBHOOK_URL", "https://x", "KIMBOT_WEBHOOK_SECRET is needed"),
        ("KIMBOT_WEBHOOK_LISTEN", "8080", "KIMBOT_WEBHOOK_LISTEN must look like"),
        ("KIMBOT_SEND_PER_SECOND", "31", "at most 30, .* only with KIMBOT_PAID_BROADCAST=on"),
        ("KIMBOT_SEND_PER_SECOND", "1001", "KIMBOT_SEND_PER_SECOND"),
        ("KIMBOT_PAID_BROADCAST", "perhaps", "KIMBOT_PAID_BROADCAST"),
        ("KIMBOT_FOUR_EYES", "two", "KIMBOT_FOUR_EYES"),
    ],
)
def test_a_bad_value_is_refused_by_name(monkeypatch, name, value, words):
    """Each refusal names the setting."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=words):
        load(None)


def test_a_refusal_never_shows_a_secret(monkeypatch, tmp_path):
    """Not even a wrong one."""
    monkeypatch.setenv("KIMBOT_WEBHOOK_URL", "https://x")
    monkeypatch.setenv("KIMBOT_WEBHOOK_SECRET", "not allowed!")
    monkeypatch.setenv("KIMBOT_TOKEN", "123:marked")
    with pytest.raises(SettingsError) as refused:
        load(None)
    assert "not allowed!" not in str(refused.value)
    assert "123:marked" not in str(refused.value)
    assert "marked" not in repr(Settings(token="123:marked", webhook_secret="marked"))


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("sqlite:////var/lib/kimbot/a.sqlite3", "/var/lib/kimbot/a.sqlite3"),
        ("sqlite+pysqlite:///a.sqlite3?timeout=9", "a.sqlite3"),
        ("sqlite:///:memory:", None),
        ("sqlite://", None),
        ("postgresql+psycopg://user@host/kimbot", None),
    ],
)
def test_a_sqlite_file_is_known_by_its_address_too(address, path):
    """Its lock and its health are looked after wherever it lies."""
    found = Settings(_env_file=None, database_url=address).database_path
    assert found == (Path(path) if path else None)


def test_what_costs_stars_is_faster_only_where_it_was_asked_for(monkeypatch):
    """The budget of broadcasts follows its two settings; by default it is free."""
    assert budget_of(Settings(_env_file=None)) == Budget(in_all=29.0, slots=12, paid=False)
    monkeypatch.setenv("KIMBOT_PAID_BROADCAST", "on")
    monkeypatch.setenv("KIMBOT_SEND_PER_SECOND", "100")
    assert budget_of(load(None)) == Budget(in_all=100.0, slots=30, paid=True)


def test_four_eyes_are_asked_for_by_setting(monkeypatch):
    """The dialogues know of it by the house."""
    assert not Settings(_env_file=None).house.four_eyes
    monkeypatch.setenv("KIMBOT_FOUR_EYES", "on")
    assert load(None).house.four_eyes
