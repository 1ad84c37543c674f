"""What Alembic runs to migrate; ``storage.migrations`` hands it a connection in a transaction."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import DefaultClause, False_, True_

from storage.migrations import is_compared
from storage.schema import metadata
from storage.types import UTCDateTime


def render(kind: str, item: object, autogenerate: AutogenContext) -> str | Literal[False]:
    """Write into a revision what both databases understand: our own type, false and true."""
    if kind == "server_default" and isinstance(item, DefaultClause):
        if isinstance(item.arg, False_):
            return "sa.false()"
        if isinstance(item.arg, True_):
            return "sa.true()"
    if kind == "type" and isinstance(item, UTCDateTime):
        autogenerate.imports.add("from storage.types import UTCDateTime")
        return "UTCDateTime()"
    return False


def migrate(options: dict[str, Any]) -> None:
    """Run the asked for revisions on the connection in the configuration."""
    context.configure(
        connection=options["connection"],
        target_metadata=metadata,
        render_as_batch=True,
        render_item=render,
        include_name=is_compared,
        transactional_ddl=True,
    )
    context.run_migrations()


migrate(context.config.attributes)
