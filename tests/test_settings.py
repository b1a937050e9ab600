"""Settings: what can be set, how it is refused, and that .env.example says so."""

import os
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.settings import Settings, SettingsError, load

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
        f"KIMBOT_{name.upper()}": "" if field.default in (None, ()) else str(field.default)
        for name, field in Settings.model_fields.items()
    }
    assert listed == defaults


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
