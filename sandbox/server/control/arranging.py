"""The desk itself: who is on it, its clock, its faults and limits."""

from datetime import datetime, timedelta
from datetime import time as time_of_day

from aiohttp import web

from sandbox.server.chats import ChatType, SharedChat
from sandbox.server.clock import SandboxClock
from sandbox.server.control.answers import answer, read_json
from sandbox.server.events import EventType
from sandbox.server.faults import Fault, FaultKind
from sandbox.server.limits import Limits
from sandbox.server.telegram import Telegram

LONGEST_WAIT = 60.0


class Arranging:
    """Answers what concerns no single chat."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the desk."""
        return [
            web.get("/api/state", self.state),
            web.post("/api/people", self.add_person),
            web.post("/api/chats", self.add_shared),
            web.get("/api/clock", self.clock),
            web.post("/api/clock", self.move_clock),
            web.post("/api/faults", self.order_fault),
            web.get("/api/faults", self.faults),
            web.delete("/api/faults", self.clear_faults),
            web.get("/api/limits", self.limits),
            web.post("/api/limits", self.set_limits),
            web.post("/api/updates", self.inject),
            web.post("/api/callbacks/expire", self.expire),
        ]

    async def state(self, request: web.Request) -> web.Response:
        """Tell who is on the desk and what time it is there."""
        del request
        telegram = self.telegram
        bot = telegram.bot
        return answer(
            {
                "bot": {
                    "id": bot.id,
                    "username": bot.username,
                    "first_name": telegram.profile.name_for(None),
                },
                "clock": telegram.clock.shown(),
                "people": [telegram.shown_person(each) for each in telegram.people.values()],
                "chats": [
                    chat.json for chat in telegram.chats.values() if isinstance(chat, SharedChat)
                ],
            }
        )

    async def add_person(self, request: web.Request) -> web.Response:
        """Let somebody join the desk."""
        body = await read_json(request)
        if not str(body.get("first_name") or "").strip():
            raise ValueError("a person needs a first_name")
        known = ("id", "first_name", "last_name", "username", "language_code", "label")
        person = self.telegram.add_person(**{key: body[key] for key in known if key in body})
        return answer(self.telegram.shown_person(person), 201)

    async def add_shared(self, request: web.Request) -> web.Response:
        """Open a group or channel: type, title, username, members, administrators, bot."""
        body = await read_json(request)
        kind = ChatType(body.get("type", ChatType.SUPERGROUP))
        chat = self.telegram.add_shared(kind, str(body["title"]), body.get("username"))
        for person_id in body.get("members", []):
            chat.membership.members[person_id] = self.telegram.people[person_id]
        chat.membership.administrators.update(body.get("administrators", []))
        default = "administrator" if kind is ChatType.CHANNEL else "member"
        chat.membership.bot_is_administrator = body.get("bot", default) == "administrator"
        return answer(chat.json, 201)

    async def clock(self, request: web.Request) -> web.Response:
        """Show the clock; with `after` and `wait`, once it has been moved."""
        clock = self.telegram.clock
        if "after" in request.query:
            wait = min(float(request.query.get("wait", 0)), LONGEST_WAIT)
            await clock.wait_for_version(int(request.query["after"]), wait)
        return answer(clock.shown())

    async def move_clock(self, request: web.Request) -> web.Response:
        """Move the clock forward."""
        clock: SandboxClock = self.telegram.clock
        match await read_json(request):
            case {"advance": seconds}:
                clock.advance(timedelta(seconds=float(seconds)))
            case {"to": str() as instant}:
                clock.move_to(datetime.fromisoformat(instant))
            case {"next_working_day": str() as at}:
                clock.move_to(clock.next_working_day(time_of_day.fromisoformat(at)))
            case _:
                raise ValueError("say advance (seconds), to (ISO) or next_working_day (08:30)")
        self.telegram.events.add(EventType.CLOCK, clock=clock.shown())
        return answer(clock.shown())

    async def order_fault(self, request: web.Request) -> web.Response:
        """Order a fault."""
        body = await read_json(request)
        body["kind"] = FaultKind(str(body["kind"]))
        known = ("kind", "count", "method", "retry_after", "seconds", "chance")
        self.telegram.faults.order(Fault(**{key: body[key] for key in known if key in body}))
        return await self.faults(request)

    async def faults(self, request: web.Request) -> web.Response:
        """Show the open orders."""
        del request
        return answer({"faults": [fault.shown() for fault in self.telegram.faults.orders]})

    async def clear_faults(self, request: web.Request) -> web.Response:
        """Clear every order."""
        self.telegram.faults.clear()
        return await self.faults(request)

    async def limits(self, request: web.Request) -> web.Response:
        """Show the limits and how often they were hit."""
        del request
        pace = self.telegram.pace
        shown = {name: getattr(pace.limits, name) for name in Limits.__slots__}
        return answer(shown | {"refused": pace.refused, "early": pace.early})

    async def set_limits(self, request: web.Request) -> web.Response:
        """Change limits: any of the fields, or `{"off": true}`."""
        body = await read_json(request)
        now = self.telegram.pace.limits
        if body.pop("off", False):
            self.telegram.pace.limits = Limits.off()
        else:
            fields = {name: getattr(now, name) for name in Limits.__slots__}
            self.telegram.pace.limits = Limits(**(fields | body))
        return await self.limits(request)

    async def inject(self, request: web.Request) -> web.Response:
        """Queue an update of any content, for instance one that no library can parse."""
        body = await read_json(request)
        return answer({"update_id": self.telegram.updates.put_raw(body, "raw:0")})

    async def expire(self, request: web.Request) -> web.Response:
        """Let every tap be too old."""
        del request
        self.telegram.callbacks.expire()
        return answer({})
