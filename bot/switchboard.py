"""The way from an update to its handler, without asking every router on the way.

aiogram asks one router after the other, and each wraps and copies everything once more: with
fifty of them that costs an update more than its work. Here the handlers of the whole tree stand
in one list for each kind of update, and what a filter says of itself beforehand (the prefix of its
buttons, its states, that it waits for a command) leaves two or three of them to be asked. Order,
filters and what handlers get are aiogram's own.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.dispatcher.event.bases import REJECTED, UNHANDLED, SkipHandler
from aiogram.dispatcher.event.handler import FilterObject, HandlerObject
from aiogram.dispatcher.event.telegram import TelegramEventObserver
from aiogram.filters import Command, StateFilter
from aiogram.types import CallbackQuery, Message, TelegramObject, Update

from handlers.filters import MenuButton

Way = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

SEPARATOR = ":"  # between the prefix of a button's data and the rest


@dataclass(frozen=True, slots=True)
class Line:
    """A handler with all that stands before it."""

    router: Router
    handler: HandlerObject
    # Filters of the routers above and of its own.
    filters: tuple[FilterObject, ...]
    # Through the inner middlewares of its routers to the handler.
    way: Way
    # What the filters say beforehand, None where they do not.
    prefix: str | None
    button: MenuButton | None
    command: str | None  # the characters that a command may begin with

    async def admits(self, event: TelegramObject, data: dict[str, Any]) -> bool:
        """Ask the filters, and add to the data what they hand on."""
        for one in self.filters:
            answer = await one.call(event, **data)
            if not answer:
                return False
            if isinstance(answer, dict):
                data.update(answer)
        return True

    async def fits(self, event: TelegramObject, state: str | None) -> bool:
        """Tell whether the filters of states let this state through."""
        states = [one.callback for one in self.filters if isinstance(one.callback, StateFilter)]
        return all([await known(event, raw_state=state) for known in states])

    def may_take(self, text: str) -> bool:
        """Tell whether a message with this text can be meant."""
        if self.button is not None:
            return text in self.button.words()
        return self.command is None or text[:1] in self.command


class Switchboard(Dispatcher):
    """A dispatcher that goes straight to the handlers which may take an update.

    Routers and middlewares must be complete before the first update. Where a router has outer
    middlewares of its own, updates of that kind go aiogram's way.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._way: Way | None = None
        self._lines: dict[str, tuple[Line, ...] | None] = {}
        self._prefixes: dict[str, dict[str, tuple[Line, ...]]] = {}
        self._states: dict[tuple[str, str | None], tuple[Line, ...]] = {}

    async def feed_update(self, bot: Bot, update: Update, **more: Any) -> Any:
        """Bring an update, bound to this bot, through the middlewares to its handler."""
        if update.bot is not bot:
            return await super().feed_update(bot, update, **more)
        if self._way is None:
            self._way = _chain(self.update.outer_middleware, self._deliver)
        data = {"dispatcher": self, **self.workflow_data, **more, "bot": bot}
        return await self._way(update, data)

    async def _deliver(self, update: TelegramObject, data: dict[str, Any]) -> Any:
        if not isinstance(update, Update):
            raise TypeError("a dispatcher takes updates")
        data["event_update"] = update
        return await self.propagate_event(update.event_type, update.event, **data)

    async def propagate_event(self, update_type: str, event: TelegramObject, **kwargs: Any) -> Any:
        """Run the first handler that takes the event."""
        lines = await self._candidates(update_type, event, kwargs.get("raw_state"))
        if lines is None:
            return await super().propagate_event(update_type, event, **kwargs)
        left: Router | None = None
        for line in lines:
            if line.router is left:
                continue
            data = {**kwargs, "event_router": line.router, "handler": line.handler}
            if not await line.admits(event, data):
                continue
            try:
                response = await line.way(event, data)
            except SkipHandler:
                continue
            if response is not UNHANDLED and response is not REJECTED:
                return response
            left = line.router
        return UNHANDLED

    async def _candidates(
        self, update_type: str, event: TelegramObject, state: str | None
    ) -> Iterable[Line] | None:
        if update_type not in self._lines:
            self._lines[update_type] = _lines_of(self, update_type)
        lines = self._lines[update_type]
        if lines is None:
            return None
        if isinstance(event, CallbackQuery):
            return self._by_prefix(update_type, lines, (event.data or "").partition(SEPARATOR)[0])
        if isinstance(event, Message):
            fitting = await self._by_state(update_type, lines, event, state)
            text = event.text or event.caption or ""
            return [line for line in fitting if line.may_take(text)]
        return lines

    def _by_prefix(
        self, update_type: str, lines: tuple[Line, ...], prefix: str
    ) -> tuple[Line, ...]:
        known = self._prefixes.get(update_type)
        if known is None:
            prefixes = {line.prefix for line in lines} - {None}
            known = self._prefixes[update_type] = {
                one or "": tuple(line for line in lines if line.prefix in {None, one})
                for one in [*prefixes, None]
            }
        return known.get(prefix) or known[""]

    async def _by_state(
        self, update_type: str, lines: tuple[Line, ...], event: Message, state: str | None
    ) -> tuple[Line, ...]:
        key = (update_type, state)
        if key not in self._states:
            fitting = [line for line in lines if await line.fits(event, state)]
            self._states[key] = tuple(fitting)
        return self._states[key]


def _chain(middlewares: Sequence[Any], last: Way) -> Way:
    """Return the way through middlewares, the first of them outermost; made once for all."""
    for middleware in reversed(middlewares):
        last = partial(middleware, last)
    return last


def _lines_of(root: Router, update_type: str) -> tuple[Line, ...] | None:
    """Return all handlers of a kind in their order, None where they cannot be put in a line."""
    if not all(_is_bare(router.observers.get(update_type)) for router in root.chain_tail):
        return None
    return tuple(_below(root, update_type, ()))


def _is_bare(observer: TelegramEventObserver | None) -> bool:
    return observer is None or not observer.outer_middleware


def _below(router: Router, update_type: str, above: tuple[FilterObject, ...]) -> Iterator[Line]:
    observer = router.observers.get(update_type)
    if observer is not None:
        above = (*above, *(observer._handler.filters or ()))  # noqa: SLF001 - no other way
        for handler in observer.handlers:
            filters = (*above, *(handler.filters or ()))
            yield _line(router, update_type, handler, filters)
    for below in router.sub_routers:
        yield from _below(below, update_type, above)


def _line(
    router: Router, update_type: str, handler: HandlerObject, filters: tuple[FilterObject, ...]
) -> Line:
    inner = [
        middleware
        for above in reversed(tuple(router.chain_head))
        for middleware in above.observers[update_type].middleware
    ]

    async def last(event: TelegramObject, data: dict[str, Any]) -> Any:
        return await handler.call(event, **data)

    asked: list[Callable[..., Any]] = [one.callback for one in filters]
    return Line(
        router,
        handler,
        filters,
        way=_chain(inner, last),
        prefix=next(filter(None, (getattr(one, "data_prefix", None) for one in asked)), None),
        button=next((one for one in asked if isinstance(one, MenuButton)), None),
        command=next((one.prefix for one in asked if isinstance(one, Command)), None),
    )
