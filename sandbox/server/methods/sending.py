"""Texts, places, contacts, dice and «typing…»."""

import random
import time
from collections.abc import Mapping
from typing import Any

from aiogram.enums import ChatAction
from aiogram.methods import (
    SendChatAction,
    SendContact,
    SendDice,
    SendLocation,
    SendMessage,
    SendVenue,
)

from sandbox.server.chats import PrivateChat
from sandbox.server.events import EventType
from sandbox.server.formatted import read_text
from sandbox.server.payload import Json, present
from sandbox.server.posting import post, read_envelope
from sandbox.server.refusal import Refusal
from sandbox.server.requests import Call
from sandbox.server.telegram import Telegram

ACTION_SECONDS = 5.0
"""Telegram shows an action for 5 seconds: https://core.telegram.org/bots/api#sendchataction."""
ACTIONS = frozenset(action.value for action in ChatAction)
DICE_FACES = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}


def send_message(telegram: Telegram, call: Call[SendMessage]) -> Json:
    """Send a text of 1 to 4,096 UTF-16 units after entity parsing."""
    raw = call.raw
    text = read_text(raw.get("text"), raw.get("parse_mode"), raw.get("entities"))
    envelope = read_envelope(call)
    content = text.as_text()
    if "link_preview_options" in raw:
        content["link_preview_options"] = raw["link_preview_options"]
    return post(telegram, telegram.reachable(call.method.chat_id), content, envelope)


def send_location(telegram: Telegram, call: Call[SendLocation]) -> Json:
    """Send a point on the map."""
    method = call.method
    return post(
        telegram,
        telegram.reachable(method.chat_id),
        {"location": {"latitude": method.latitude, "longitude": method.longitude}},
        read_envelope(call),
    )


def send_venue(telegram: Telegram, call: Call[SendVenue]) -> Json:
    """Send a place with its address."""
    method = call.method
    location = {"latitude": method.latitude, "longitude": method.longitude}
    venue = {"location": location, "title": method.title, "address": method.address}
    return post(
        telegram,
        telegram.reachable(method.chat_id),
        {"location": location, "venue": venue},
        read_envelope(call),
    )


def send_contact(telegram: Telegram, call: Call[SendContact]) -> Json:
    """Send a telephone number with a name."""
    method = call.method
    contact = present(
        phone_number=method.phone_number,
        first_name=method.first_name,
        last_name=method.last_name,
        vcard=method.vcard,
    )
    return post(
        telegram, telegram.reachable(method.chat_id), {"contact": contact}, read_envelope(call)
    )


def send_dice(telegram: Telegram, call: Call[SendDice]) -> Json:
    """Send a die with a random face."""
    emoji = call.raw.get("emoji", "🎲")
    if emoji not in DICE_FACES:
        raise Refusal.bad_request("EMOTICON_INVALID")
    value = random.randint(1, DICE_FACES[emoji])  # noqa: S311  # a toy
    return post(
        telegram,
        telegram.reachable(call.method.chat_id),
        {"dice": {"emoji": emoji, "value": value}},
        read_envelope(call),
    )


def send_chat_action(telegram: Telegram, call: Call[SendChatAction]) -> bool:
    """Show an action for 5 seconds or until the next message."""
    chat = telegram.reachable(call.method.chat_id)
    action = call.method.action
    if action not in ACTIONS:
        raise Refusal.bad_request("wrong parameter action in request")
    if isinstance(chat, PrivateChat):
        chat.actions[:] = [(action, time.monotonic() + ACTION_SECONDS)]
        telegram.events.add(EventType.ACTION, chat.id, action=action)
    return True


HANDLERS: Mapping[type[Any], Any] = {
    SendMessage: send_message,
    SendLocation: send_location,
    SendVenue: send_venue,
    SendContact: send_contact,
    SendDice: send_dice,
    SendChatAction: send_chat_action,
}
