"""Settings from the environment or `.env`; `.env.example` lists every one of them."""

import json
import re
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.relay import Relay, parse_relay
from storage.vault import Keyring, keyring

_ADDRESS = re.compile(r"[!-?A-~]+@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")


class BadSettings(Exception):  # noqa: N818  # said to the administrator as one sentence
    """One clear sentence that names the variable."""


class Settings(BaseSettings):
    """Everything that differs between installations."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    bot_token: SecretStr | None = None
    telegram_api: str = "https://api.telegram.org"
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    staff_session_hours: Annotated[int, Field(ge=0, le=720)] = 12
    database_url: str = "sqlite:///var/unqosu.db"
    data_key: SecretStr | None = None
    keys_dir: Path = Path("var/keys")
    charts_dir: Path = Path("var/charts")
    attachments_dir: Path | None = None
    backup_dir: Path | None = None
    backup_keep: Annotated[int, Field(ge=1)] = 14
    organisation_file: Path = Path("services/organisation/demonstration.yaml")
    messages_per_second: Annotated[int, Field(ge=1, le=1000)] = 30
    free_messages_per_second: Annotated[int, Field(ge=1, le=1000)] = 30
    messages_per_second_in_chat: Annotated[int, Field(ge=1, le=1000)] = 1
    paid_stars: Annotated[int, Field(ge=0)] = 0
    approval_above: Annotated[int, Field(ge=1)] = 1000
    mailings_per_week: Annotated[int, Field(ge=1)] = 5
    party_channel: str | None = None
    smtp_url: SecretStr | None = None
    smtp_from: Annotated[str | None, Field(validate_default=True)] = None
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    webhook_port: Annotated[int, Field(ge=1, le=65535)] = 8090
    sandbox_port: Annotated[int, Field(ge=0, le=65535)] = 8080
    sandbox_api_port: Annotated[int, Field(ge=0, le=65535)] = 8081
    clock_url: str | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator(
        "bot_token",
        "data_key",
        "attachments_dir",
        "backup_dir",
        "party_channel",
        "smtp_url",
        "smtp_from",
        "webhook_url",
        "webhook_secret",
        "clock_url",
        mode="before",
    )
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        """`.env.example` shows optional settings as `NAME=`."""
        return None if value == "" else value

    @field_validator("bot_token")
    @classmethod
    def _token_shape(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            number, colon, secret = value.get_secret_value().partition(":")
            if not (number.isdigit() and colon and len(secret) >= 10):  # noqa: PLR2004
                raise ValueError("is not a token: BotFather gives one like 123456:ABC-DEF…")
        return value

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _comma_separated(cls, value: object) -> object:
        if isinstance(value, str):
            parts = [part.strip() for part in value.split(",") if part.strip()]
            if not all(part.isdigit() for part in parts):
                raise ValueError("must be Telegram user ids separated by commas")
            return frozenset(int(part) for part in parts)
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value

    @field_validator("data_key")
    @classmethod
    def _spells_keys(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            keyring(value.get_secret_value())
        return value

    @field_validator("party_channel")
    @classmethod
    def _is_channel(cls, value: str | None) -> str | None:
        """Take an id, which begins with -100, or a public name with @ (Bot API, sendMessage)."""
        if value is not None and not re.fullmatch(r"-100\d+|@[A-Za-z]\w{4,}", value):
            raise ValueError("must be a channel's id like -1001234567890 or a name like @party")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _names_relay(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            parse_relay(value.get_secret_value())
        return value

    @field_validator("smtp_from")
    @classmethod
    def _is_sender(cls, value: str | None, info: ValidationInfo) -> str | None:
        """Take an address, or a name with an address in angle brackets."""
        if value is None:
            if info.data.get("smtp_url") is not None:
                raise ValueError("is not set; SMTP_URL needs an address to send from")
            return None
        address = parseaddr(value)[1]
        if not _ADDRESS.fullmatch(address) or not value.isprintable():
            raise ValueError("must be an address, like we@example.kz or Name <we@example.kz>")
        return value

    @field_validator("telegram_api", "webhook_url", "clock_url")
    @classmethod
    def _is_url(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/") if value else value

    @field_validator("webhook_secret")
    @classmethod
    def _secret_shape(cls, value: SecretStr | None) -> SecretStr | None:
        """Telegram takes 1 to 256 of A-Z, a-z, 0-9, _ and - (Bot API, setWebhook)."""
        if value is not None:
            secret = value.get_secret_value()
            plain = secret.replace("_", "").replace("-", "")
            if not (plain.isascii() and plain.isalnum() and 16 <= len(secret) <= 256):  # noqa: PLR2004
                raise ValueError("must be 16 to 256 letters, digits, _ or -")
        return value

    @property
    def ring(self) -> Keyring | None:
        """The keys that seal and open what people wrote; None where there is none."""
        return keyring(self.data_key.get_secret_value()) if self.data_key else None

    @property
    def relay(self) -> Relay | None:
        """The mail server; None where there is none."""
        return parse_relay(self.smtp_url.get_secret_value()) if self.smtp_url else None


def load_settings() -> Settings:
    """Return the settings; raise BadSettings with one sentence that names the variable."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "?"
        reason = first["msg"].removeprefix("Value error, ")
        raise BadSettings(f"{name}: {reason}.") from None
    except json.JSONDecodeError as error:
        raise BadSettings(f"The settings cannot be read: {error.msg}.") from None
