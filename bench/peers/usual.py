"""The usual stack: aiogram's request handler and one SQLAlchemy transaction per update.

As tutorials write it: an async engine, a session for each update from a middleware, ORM classes,
a commit in the handler. SQLite is set to be as durable as ours (WAL, synchronous=FULL).

python -m bench.peers.usual PORT DATABASE_FILE
"""

import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import uvloop
from aiogram import BaseMiddleware, Bot, Dispatcher, F
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery, TelegramObject
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from sqlalchemy import ForeignKey, event
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bench.load import SECRET, TOKEN


class Base(DeclarativeBase):
    """All tables."""


class Person(Base):
    """Somebody who came."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    language: Mapped[str]


class Vote(Base):
    """An answer of a person in a poll."""

    __tablename__ = "votes"

    poll_id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    option: Mapped[int]
    voted_at: Mapped[datetime]


class SessionMiddleware(BaseMiddleware):
    """Opens a session for each update."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self._sessions = sessions

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Run the handler with it."""
        async with self._sessions() as session:
            data["session"] = session
            return await handler(event, data)


async def vote(query: CallbackQuery, session: AsyncSession) -> AnswerCallbackQuery:
    """Keep the person and the answer, and say so."""
    _, poll, option = (query.data or "").split(":")
    person = await session.get(Person, query.from_user.id)
    if person is None:
        session.add(Person(id=query.from_user.id, name=query.from_user.full_name, language="kk"))
    kept = await session.get(Vote, (int(poll), query.from_user.id))
    if kept is None:
        kept = Vote(poll_id=int(poll), person_id=query.from_user.id)
        session.add(kept)
    kept.option = int(option)
    kept.voted_at = datetime.now(UTC)
    await session.commit()
    return query.answer("Recorded", show_alert=True)


def main(port: str, database: str) -> None:
    """Serve until killed."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{database}", connect_args={"timeout": 60})

    @event.listens_for(engine.sync_engine, "connect")
    def durable(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")

    async def tables(_: web.Application) -> AsyncIterator[None]:
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        yield
        await engine.dispose()

    dispatcher = Dispatcher()
    dispatcher.update.middleware(SessionMiddleware(async_sessionmaker(engine)))
    dispatcher.callback_query.register(vote, F.data.startswith("v:"))
    app = web.Application()
    app.cleanup_ctx.append(tables)
    handler = SimpleRequestHandler(
        dispatcher, Bot(TOKEN), handle_in_background=False, secret_token=SECRET
    )
    handler.register(app, "/webhook")
    uvloop.install()
    web.run_app(app, host="127.0.0.1", port=int(port), access_log=None, print=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
