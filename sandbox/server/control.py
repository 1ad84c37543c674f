"""The control API: what the chat page and tests do on the desk."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from datetime import time as time_of_day
from typing import Any

import orjson
from aiohttp import web

from sandbox.server import actions
from sandbox.server.actions import Impossible
from sandbox.server.chats import ChatType, PrivateChat, SharedChat
from sandbox.server.clock import SandboxClock
from sandbox.server.events import EventType
from sandbox.server.faults import Fault, FaultKind
from sandbox.server.files import FileKind, Upload
from sandbox.server.limits import Limits
from sandbox.server.page import add_page
from sandbox.server.payload import Json
from sandbox.server.refusal import Refusal
from sandbox.server.telegram import Telegram

BODY_LIMIT = 200 * 1024 * 1024
LONGEST_WAIT = 60.0
PULSE = 0.01
KEEP_ALIVE_SECONDS = 15.0

Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]


def answer(content: Any, status: int = 200) -> web.Response:
    """Return a JSON response."""
    return web.Response(body=orjson.dumps(content), status=status, content_type="application/json")


@web.middleware
async def spoken_errors(request: web.Request, handler: Handle) -> web.StreamResponse:
    """Turn what cannot be done into `{"error": …}` with a 4xx status."""
    try:
        return await handler(request)
    except Impossible as error:
        return answer({"error": str(error)}, 409)
    except Refusal as refusal:
        return answer({"error": refusal.description}, 400)
    except KeyError as error:
        return answer({"error": f"not found: {error.args[0]}"}, 404)
    except (ValueError, TypeError) as error:
        return answer({"error": str(error)}, 400)


class Control:
    """Answers /api/... on the state."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self._closing = asyncio.Event()

    def application(self) -> web.Application:
        """Return the web application of the control API and the page."""
        app = web.Application(client_max_size=BODY_LIMIT, middlewares=[spoken_errors])
        app.add_routes(
            [
                web.get("/api/state", self.state),
                web.post("/api/people", self.add_person),
                web.post("/api/chats", self.add_shared),
                web.get("/api/chats/{chat}", self.chat),
                web.post("/api/chats/{chat}/messages", self.send),
                web.patch("/api/chats/{chat}/messages/{message}", self.edit),
                web.post("/api/chats/{chat}/press", self.press),
                web.post("/api/chats/{chat}/start", self.start),
                web.post("/api/chats/{chat}/block", self.block),
                web.post("/api/chats/{chat}/unblock", self.unblock),
                web.post("/api/chats/{chat}/deactivate", self.deactivate),
                web.get("/api/files/{file}", self.file),
                web.get("/api/events", self.events),
                web.get("/api/clock", self.clock),
                web.post("/api/clock", self.move_clock),
                web.post("/api/faults", self.order_fault),
                web.get("/api/faults", self.faults),
                web.delete("/api/faults", self.clear_faults),
                web.get("/api/limits", self.limits),
                web.post("/api/limits", self.set_limits),
                web.post("/api/updates", self.inject),
                web.post("/api/callbacks/expire", self.expire),
                web.get("/api/calls", self.calls),
                web.get("/api/pending", self.pending),
            ]
        )
        add_page(app)
        return app

    def close(self) -> None:
        """End the streams of events."""
        self._closing.set()

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

    async def chat(self, request: web.Request) -> web.Response:
        """Show a chat as its person sees it."""
        chat = self.telegram.chats[chat_id(request)]
        shown: Json = {"messages": [stored.shown() for stored in chat.messages()]}
        shown |= {"commands": [], "reply_keyboard": None, "actions": [], "pinned": chat.pinned}
        if isinstance(chat, PrivateChat):
            profile, language = self.telegram.profile, chat.person.language_code
            now = time.monotonic()
            shown |= {
                "commands": profile.commands_for_private(chat.id, language),
                "reply_keyboard": chat.reply_keyboard,
                "actions": [action for action, until in chat.actions if until > now],
                "description": profile.description_for(language),
                "menu_button": profile.menu_button_for(chat.id),
            }
        return answer(shown)

    async def send(self, request: web.Request) -> web.Response:
        """Write as a person: a text, files, or one of the other kinds."""
        if request.content_type == "multipart/form-data":
            return await self._send_files(request)
        body = await read_json(request)
        who = actions.actor(self.telegram, chat_id(request), body.get("from"))
        reply_to = body.get("reply_to")
        if "text" in body:
            sent = actions.say(self.telegram, who, str(body["text"]), reply_to)
        else:
            content = actions.other_content(self.telegram, who, body)
            if content is None:
                raise ValueError("nothing to send: text, location, contact, sticker, ...")
            sent = [actions.write(self.telegram, who, content, reply_to=reply_to)]
        return answer({"messages": [message | {"outgoing": False} for message in sent]})

    async def _send_files(self, request: web.Request) -> web.Response:
        form = await request.post()
        uploads = [
            Upload(part.filename, part.file.read(), part.content_type)
            for part in form.getall("file", [])
            if isinstance(part, web.FileField)
        ]
        sender = form.get("from")
        who = actions.actor(self.telegram, chat_id(request), int(str(sender)) if sender else None)
        kind = FileKind(str(form.get("kind", "document")))
        caption = str(form.get("caption") or "")
        sent = actions.send_files(self.telegram, who, kind, uploads, caption)
        return answer({"messages": [message | {"outgoing": False} for message in sent]})

    async def edit(self, request: web.Request) -> web.Response:
        """Change a person's message."""
        body = await read_json(request)
        message_id = int(request.match_info["message"])
        changed = actions.edit(self.telegram, chat_id(request), message_id, str(body["text"]))
        return answer(changed | {"outgoing": False})

    async def press(self, request: web.Request) -> web.Response:
        """Tap an inline button, by its place or with any data; may wait for the answer."""
        body = await read_json(request)
        chat, message_id = chat_id(request), int(body["message_id"])
        data = body.get("data")
        if data is None:
            button = actions.button(
                self.telegram, chat, message_id, int(body["row"]), int(body["column"])
            )
            if "callback_data" not in button:
                return answer({"callback_id": None, "url": button.get("url"), "answer": None})
            data = button["callback_data"]
        who = actions.actor(self.telegram, chat, body.get("from"))
        tap = actions.press(self.telegram, who, message_id, str(data))
        told: Json = {"callback_id": tap.id}
        if "wait" in body:
            try:
                async with asyncio.timeout(min(float(body["wait"]), LONGEST_WAIT)):
                    await tap.answered.wait()
            except TimeoutError:
                pass
            told["answer"] = tap.answer
        return answer(told)

    async def start(self, request: web.Request) -> web.Response:
        """Press «Start», perhaps by a deep link."""
        body = await read_json(request)
        payload = str(body.get("payload") or "")
        message = actions.start(self.telegram, chat_id(request), payload)
        return answer({"messages": [message | {"outgoing": False}]})

    async def block(self, request: web.Request) -> web.Response:
        """Let a person block the bot."""
        actions.block(self.telegram, chat_id(request))
        return answer({"blocked": True})

    async def unblock(self, request: web.Request) -> web.Response:
        """Let a person take the bot back."""
        actions.unblock(self.telegram, chat_id(request))
        return answer({"blocked": False})

    async def deactivate(self, request: web.Request) -> web.Response:
        """Delete a person's account."""
        self.telegram.private(chat_id(request)).deactivated = True
        return answer({"deactivated": True})

    async def file(self, request: web.Request) -> web.Response:
        """Serve a file's bytes."""
        stored = self.telegram.files.find(request.match_info["file"])
        if stored is None:
            raise KeyError(request.match_info["file"])
        headers = {"X-Content-Type-Options": "nosniff"}
        return web.Response(body=stored.data, content_type=stored.mime_type, headers=headers)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Tell what happens: a stream, or a long poll with `format=json`."""
        events = self.telegram.events
        after = int(request.query.get("after", events.last))
        if request.query.get("format") == "json":
            wait = min(float(request.query.get("wait", 0)), LONGEST_WAIT)
            found = await events.wait(after, wait)
            return answer({"events": found, "last": events.last})
        if "after" not in request.query and "Last-Event-ID" in request.headers:
            after = int(request.headers["Last-Event-ID"])
        return await self._stream(request, after)

    async def _stream(self, request: web.Request, after: int) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        await response.write(b": here\n\n")
        closing = asyncio.ensure_future(self._closing.wait())
        try:
            while not self._closing.is_set():
                waiting = asyncio.ensure_future(
                    self.telegram.events.wait(after, KEEP_ALIVE_SECONDS)
                )
                await asyncio.wait({waiting, closing}, return_when=asyncio.FIRST_COMPLETED)
                if not waiting.done():
                    waiting.cancel()
                    break
                for event in waiting.result():
                    after = event["id"]
                    await response.write(b"id: %d\ndata: %b\n\n" % (after, orjson.dumps(event)))
                if not waiting.result():
                    await response.write(b": still here\n\n")
        except ConnectionError:
            return response
        finally:
            closing.cancel()
        return response

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

    async def calls(self, request: web.Request) -> web.Response:
        """Show what the bot has called."""
        calls = self.telegram.calls
        after = int(request.query.get("after", 0))
        return answer(
            {
                "calls": [record.shown() for record in calls.after(after)],
                "last": calls.last,
                "unimplemented": dict(calls.unimplemented),
            }
        )

    async def pending(self, request: web.Request) -> web.Response:
        """Tell what the bot has not confirmed; with `wait`, once it is idle.

        `quiet` asks for that many seconds without any event, call or update first.
        """
        until = time.monotonic() + min(float(request.query.get("wait", 0)), LONGEST_WAIT)
        quiet = float(request.query.get("quiet", 0))
        while not self._settled(quiet) and time.monotonic() < until:
            await asyncio.sleep(PULSE)
        telegram = self.telegram
        return answer(
            {
                "updates": telegram.updates.unconfirmed + telegram.webhook_pending,
                "polling": telegram.updates.polling,
                "idle": telegram.idle,
                "settled": self._settled(quiet),
                "under_way": telegram.calls.under_way,
                "last_event": telegram.events.last,
            }
        )

    def _settled(self, quiet: float) -> bool:
        telegram = self.telegram
        last = max(telegram.events.last_at, telegram.updates.last_at, telegram.calls.last_at)
        return telegram.idle and time.monotonic() - last >= quiet


def chat_id(request: web.Request) -> int:
    """Return the chat in a request's path: a person's id, or a negative one."""
    return int(request.match_info["chat"])


async def read_json(request: web.Request) -> Json:
    """Return a request's JSON object, empty for no body; raises ValueError."""
    raw = await request.read()
    if not raw.strip():
        return {}
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise ValueError(f"the body is no JSON: {error}") from error
    if not isinstance(body, dict):
        raise ValueError("the body must be a JSON object")  # noqa: TRY004  # a bad request
    return body
