"""What the page and tests do in a chat, as its person."""

import asyncio
import contextlib
import time

from aiohttp import web

from sandbox.server import actions, presence
from sandbox.server.chats import PrivateChat
from sandbox.server.contents import read_content
from sandbox.server.control.answers import answer, chat_id, read_json
from sandbox.server.files import FileKind, Upload
from sandbox.server.payload import Json
from sandbox.server.telegram import Telegram

LONGEST_WAIT = 60.0


class Chatting:
    """Answers /api/chats/{chat}/..."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of one chat."""
        here = "/api/chats/{chat}"
        return [
            web.get(here, self.chat),
            web.post(f"{here}/messages", self.send),
            web.patch(f"{here}/messages/{{message}}", self.edit),
            web.post(f"{here}/press", self.press),
            web.post(f"{here}/react", self.react),
            web.post(f"{here}/start", self.start),
            web.post(f"{here}/bot", self.change_bot),
            web.post(f"{here}/block", self.block),
            web.post(f"{here}/unblock", self.unblock),
            web.post(f"{here}/deactivate", self.deactivate),
        ]

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
        if "html" in body:
            sent = [actions.say_formatted(self.telegram, who, str(body["html"]))]
        elif "text" in body:
            sent = actions.say(self.telegram, who, str(body["text"]), reply_to)
        else:
            content = read_content(self.telegram, who.person, body)
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
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(float(body["wait"]), LONGEST_WAIT)):
                    await tap.answered.wait()
            told["answer"] = tap.answer
        return answer(told)

    async def react(self, request: web.Request) -> web.Response:
        """React to a message with an emoji, or take the reaction back without one."""
        body = await read_json(request)
        who = actions.actor(self.telegram, chat_id(request), body.get("from"))
        actions.react(self.telegram, who, int(body["message_id"]), body.get("emoji"))
        return answer({})

    async def start(self, request: web.Request) -> web.Response:
        """Press «Start», perhaps by a deep link."""
        body = await read_json(request)
        payload = str(body.get("payload") or "")
        message = presence.start(self.telegram, chat_id(request), payload)
        return answer({"messages": [message | {"outgoing": False}]})

    async def change_bot(self, request: web.Request) -> web.Response:
        """Let somebody make the bot an administrator or a member, or put it out: `as`, `from`."""
        body = await read_json(request)
        wanted = str(body.get("as", "administrator"))
        if wanted not in {"administrator", "member", "left"}:
            raise ValueError("say as: administrator, member or left")
        presence.change_bot(
            self.telegram,
            chat_id(request),
            int(body["from"]),
            member=wanted != "left",
            administrator=wanted == "administrator",
        )
        return answer({"as": wanted})

    async def block(self, request: web.Request) -> web.Response:
        """Let a person block the bot."""
        presence.block(self.telegram, chat_id(request))
        return answer({"blocked": True})

    async def unblock(self, request: web.Request) -> web.Response:
        """Let a person take the bot back."""
        presence.unblock(self.telegram, chat_id(request))
        return answer({"blocked": False})

    async def deactivate(self, request: web.Request) -> web.Response:
        """Delete a person's account."""
        self.telegram.private(chat_id(request)).deactivated = True
        return answer({"deactivated": True})
