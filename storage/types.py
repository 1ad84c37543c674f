from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, DateTime, Dialect
from sqlalchemy.types import TypeDecorator


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
