from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import orjson
from sqlalchemy import BigInteger, DateTime, Dialect, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

from storage import vault


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: an aware datetime of any zone goes in, an aware datetime in UTC comes out.

    SQLite keeps it as the text ``YYYY-MM-DD HH:MM:SS.ffffff``, which sorts as time does;
    PostgreSQL as ``timestamptz``. Raises ValueError for a naive datetime.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware datetime into what the driver stores."""
        if value is None:
            return None
        if value.tzinfo is None or value.utcoffset() is None:
            raise ValueError(f"a moment needs its time zone, {value!r} has none")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn what the driver read into an aware datetime in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Thousandths(TypeDecorator[Decimal]):
    """An amount with at most three decimals, kept as a whole number of thousandths: exact.

    Raises ValueError for an amount with more decimals.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Turn an amount into thousandths."""
        if value is None:
            return None
        scaled = value.scaleb(3)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"an amount has at most three decimals, {value} has more")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Turn thousandths into an amount without needless noughts."""
        if value is None:
            return None
        amount = Decimal(value).scaleb(-3)
        return amount.quantize(Decimal(1)) if value % 1000 == 0 else amount.normalize()


class SealedText(TypeDecorator[str]):
    """Words of a person: sealed by `storage.vault` where there is a key.

    Nothing in SQL can compare or sort it; what must be found has an index of its own beside it.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Seal a text."""
        return None if value is None else vault.seal_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Open a text."""
        return None if value is None else vault.open_text(value)


class SealedBytes(TypeDecorator[bytes]):
    """Bytes that hold words of a person; see `SealedText`."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        """Seal bytes."""
        return None if value is None else vault.seal_bytes(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        """Open bytes."""
        return None if value is None else vault.open_bytes(bytes(value))


class SealedJSON(TypeDecorator[Any]):
    """A JSON value that holds words of a person; see `SealedText`. None is NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write and seal a value."""
        return None if value is None else vault.seal_text(orjson.dumps(value).decode())

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """Open and read a value."""
        return None if value is None else orjson.loads(vault.open_text(value))
