"""Settings: from the environment and `.env`, prefix KIMBOT_; secrets also from a file (…_FILE).

`.env.example` lists them all; a test keeps the two equal.
"""

import re
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from conversations.rules.house import Access, House, Imprint

_PREFIX = "KIMBOT_"
_TOKEN = re.compile(r"[A-Za-z0-9_:-]{3,256}")
_SQLITE = re.compile(r"sqlite(?:\+\w+)?:///(?!:memory:)([^?]+)(?:\?.*)?")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_FREE = 30
"""Messages a second that Telegram takes of a bot for nothing (Bot API FAQ)."""


class SettingsError(Exception):
    """Settings that can't be used; each line of the text names one and says what is wrong."""


class Settings(BaseSettings):
    """Everything that can be set."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    token: SecretStr | None = Field(None, description="Bot token from @BotFather. Required to run.")
    token_file: Path | None = Field(None, description="File that holds the token, instead of it.")
    api_url: str = Field("https://api.telegram.org", description="Root of the Bot API.")
    data_dir: Path = Field(Path("kimbot-data"), description="Folder of the SQLite database.")
    database_url: SecretStr | None = Field(
        None, description="SQLAlchemy address of another database, e.g. PostgreSQL."
    )
    database_url_file: Path | None = Field(None, description="File that holds that address.")
    proxy: str | None = Field(None, description="HTTP proxy on the way to the Bot API.")
    webhook_url: str | None = Field(
        None, description="Public https address of the webhook; without it the bot polls."
    )
    webhook_listen: str = Field("127.0.0.1:8080", description="Where the webhook listens.")
    webhook_secret: SecretStr | None = Field(
        None, description="Secret that Telegram sends along: letters, digits, - and _."
    )
    webhook_secret_file: Path | None = Field(None, description="File that holds that secret.")
    http_listen: str = Field(
        "", description="Where health and calendar feeds are answered, also without a webhook."
    )
    public_url: str | None = Field(
        None, description="Public https address of that, for calendar feeds; empty offers none."
    )
    key: SecretStr | None = Field(
        None, description="Key that seals people's data (base64, 32 bytes), instead of its file."
    )
    key_file: Path = Field(
        Path("kimbot.key"), description="File of that key, outside the data folder."
    )
    erased_file: Path | None = Field(
        None, description="List of erased persons, outside the data folder and its backups."
    )
    access: Access = Field(
        Access.INVITE, description="Who may use the dialogue: invited people, or everybody."
    )
    operators: Annotated[tuple[int, ...], NoDecode] = Field(
        (), description="Telegram numbers of operators, parted by commas."
    )
    operator_name: str = Field("", description="Who runs this instance (/impressum).")
    operator_address: str = Field("", description="Postal address; commas part the lines.")
    operator_email: str = Field("", description="E-mail address.")
    operator_phone: str = Field("", description="Telephone number.")
    privacy_contact: str = Field("", description="Contact of the data protection officer.")
    send_per_second: int = Field(
        29, ge=1, le=1000, description="Messages sent unasked a second; Telegram allows 30 in all."
    )
    paid_broadcast: bool = Field(
        False, description="Broadcasts may be faster than that, for Telegram Stars."
    )
    four_eyes: bool = Field(
        False, description="Whether a second operator confirms what goes to all councils."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="From which level on messages are logged."
    )
    log_format: Literal["console", "json"] = Field("console", description="Form of the log.")

    @model_validator(mode="before")
    @classmethod
    def _from_files(cls, values: dict[str, object]) -> dict[str, object]:
        """Secrets from their files."""
        for name in ("token", "database_url", "webhook_secret"):
            path = values.get(f"{name}_file")
            if not path:
                continue
            if values.get(name):
                raise ValueError(f"set {_PREFIX}{name.upper()} or its _FILE, not both")
            try:
                values = {**values, name: Path(str(path)).read_text("utf-8").strip()}
            except (OSError, UnicodeError) as error:
                reason = error.strerror if isinstance(error, OSError) else "not a text file"
                raise ValueError(
                    f"{_PREFIX}{name.upper()}_FILE can't be read: {path}: {reason}"
                ) from None
        return values

    @model_validator(mode="after")
    def _agree(self) -> Self:
        """What must hold between settings."""
        if self.token is not None and not _TOKEN.fullmatch(self.token.get_secret_value()):
            raise ValueError(
                "KIMBOT_TOKEN does not look like a token: letters, digits, - and _ behind a number "
                "and a colon, without blanks"
            )
        for name, address in (
            ("API_URL", self.api_url),
            ("WEBHOOK_URL", self.webhook_url),
            ("PROXY", self.proxy),
            ("PUBLIC_URL", self.public_url),
        ):
            if address is not None and not _is_address(address):
                raise ValueError(
                    f"{_PREFIX}{name} must begin with https:// or http:// and name a host"
                )
        if self.webhook_url is not None:
            secret = self.webhook_secret.get_secret_value() if self.webhook_secret else ""
            if not _SECRET.fullmatch(secret):
                raise ValueError(
                    "KIMBOT_WEBHOOK_SECRET is needed with KIMBOT_WEBHOOK_URL: 1 to 256 letters, "
                    "digits, - and _ that nobody can guess"
                )
        listen(self.webhook_listen)
        if self.http_listen:
            listen(self.http_listen, "HTTP_LISTEN")
        if self.public_url is not None and not (self.http_listen or self.webhook_url):
            raise ValueError("KIMBOT_PUBLIC_URL needs KIMBOT_HTTP_LISTEN or a webhook")
        if self.send_per_second > _FREE and not self.paid_broadcast:
            raise ValueError(
                f"KIMBOT_SEND_PER_SECOND can be at most {_FREE}, which is what Telegram allows; "
                "only with KIMBOT_PAID_BROADCAST=on, which costs Telegram Stars, up to 1000"
            )
        return self

    @field_validator("operators", mode="before")
    @classmethod
    def _numbers(cls, value: object) -> object:
        """The numbers of "5201, 5202"."""
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isdecimal() and 0 < int(part) < 2**52 for part in parts):
            raise ValueError("must be Telegram's numbers of people, parted by commas")
        return tuple(int(part) for part in parts)

    @property
    def house(self) -> House:
        """What the dialogues know of the operator's settings."""
        lines = [line.strip() for line in self.operator_address.split(",")]
        return House(
            access=self.access,
            four_eyes=self.four_eyes,
            per_second=self.send_per_second,
            feeds=f"{self.public_url.rstrip('/')}/calendar" if self.public_url else "",
            imprint=Imprint(
                name=self.operator_name.strip(),
                address="\n".join(line for line in lines if line),
                email=self.operator_email.strip(),
                phone=self.operator_phone.strip(),
                privacy=self.privacy_contact.strip(),
            ),
        )

    @property
    def database_path(self) -> Path | None:
        """The SQLite file: in the data folder, or where the address says; None without one."""
        if self.database_url is None:
            return self.data_dir / "kimbot.sqlite3"
        found = _SQLITE.fullmatch(self.database_url.get_secret_value())
        return Path(found[1]) if found else None

    @property
    def erased_list(self) -> Path:
        """The list of erased persons: as set, or beside the key's file."""
        return self.erased_file or self.key_file.with_name("erased.txt")

    def database(self) -> str:
        """The database's SQLAlchemy address."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.database_path}"


def _is_address(value: str) -> bool:
    """Whether it is the address of a web server; its port, too, must be one."""
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def listen(value: str, name: str = "WEBHOOK_LISTEN") -> tuple[str, int]:
    """Host and port of "host:port". Raises ValueError."""
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise ValueError(f"{_PREFIX}{name} must look like 127.0.0.1:8080")
    return host.strip("[]"), int(port)


def load(env_file: Path | None = Path(".env")) -> Settings:
    """Read the settings. Raises SettingsError."""
    try:
        if unknown := _unknown(env_file):
            raise SettingsError(
                "\n".join(
                    f"{name} in {env_file} is no setting of kimbot; .env.example lists them all."
                    for name in unknown
                )
            )
        return Settings(_env_file=env_file)  # type: ignore[call-arg]
    except ValidationError as error:
        raise SettingsError("\n".join(_said(one) for one in error.errors())) from None
    except (OSError, UnicodeError):
        raise SettingsError(f"{env_file} can't be read as a text file in UTF-8.") from None


def _unknown(env_file: Path | None) -> list[str]:
    """Names with our prefix that mean nothing: most likely typing errors."""
    if env_file is None or not env_file.is_file():
        return []
    known = {_PREFIX + name.upper() for name in Settings.model_fields}
    names = (name.upper() for name in dotenv_values(env_file))
    return [name for name in names if name.startswith(_PREFIX) and name not in known]


def _said(error: object) -> str:
    """One problem in a sentence; never the value, which may be a secret."""
    assert isinstance(error, dict)
    name = ".".join(str(part) for part in error["loc"]).upper()
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{_PREFIX}{name}: {message}." if name else f"{message}."
