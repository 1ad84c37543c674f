"""Who is on the desk at the start, read from a YAML file.

Only the parts that the sandbox needs are read (`bot`, `people`, `channels`, `files`); other
top-level keys belong to whoever shares the file.
"""

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError


class SeedError(Exception):
    """The seed file cannot be used; the message says why in one sentence."""


class SeedBot(BaseModel):
    """The bot's account."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    username: str = Field(default="desk_bot", pattern=r"^[A-Za-z][A-Za-z0-9_]{3,31}$")
    name_kk: str = Field(default="Desk", min_length=1, max_length=64)
    name_ru: str = Field(default="Desk", min_length=1, max_length=64)


class SeedPerson(BaseModel):
    """One synthetic person; without an id the sandbox gives one."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: int | None = Field(default=None, gt=0)
    first_name: str = Field(min_length=1, max_length=64)
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    label: str | None = None
    about_kk: str | None = None
    about_ru: str | None = None
    # Has pressed Start before the desk opened, so that the bot may write first.
    started: bool = False


class SeedChannel(BaseModel):
    """A channel that is there at the start; the bot is its administrator unless said otherwise."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    title: str = Field(min_length=1, max_length=128)
    username: str | None = Field(default=None, pattern=r"^[A-Za-z][A-Za-z0-9_]{3,31}$")
    bot_is_administrator: bool = True


class SeedFile(BaseModel):
    """A document that Telegram has from the start, under an id by which the bot knows it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str = Field(min_length=1, max_length=64)
    name: str = Field(min_length=1, max_length=64)
    text: str = Field(min_length=1)


class Seed(BaseModel):
    """The start of a desk."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    bot: SeedBot = SeedBot()
    people: tuple[SeedPerson, ...] = ()
    channels: tuple[SeedChannel, ...] = ()
    files: tuple[SeedFile, ...] = ()


def read_seed(text: str) -> Seed:
    """Return the seed in a YAML text; raises SeedError."""
    try:
        content: Any = yaml.safe_load(text) or {}
        return Seed.model_validate(content)
    except yaml.YAMLError as error:
        raise SeedError(f"the seed is no YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SeedError(f"the seed is wrong at {place}: {first['msg']}") from error


def load_seed(path: Path) -> Seed:
    """Return the seed in a file; raises SeedError."""
    try:
        return read_seed(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SeedError(f"the seed {path} cannot be read: {error.strerror}") from error
