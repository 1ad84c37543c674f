"""What one person sends from «Leave an appeal» to «Send», as Telegram writes it."""

import hashlib
import json
from typing import Any

STEPS = 6
WORDS = "Біздің көшеде екі аптадан бері жарық жоқ, кешке балалар мектептен қараңғыда қайтады."
_MENU_WORD = "✍️ Өтініш қалдыру"
_PLACE = "Сарыағаш"
_KATO = "615400"
_TOPIC = "street-light"
_ASKED = 4  # the message id of the menu word; the draft takes its name from it


def step(number: int, person: int) -> bytes:
    """Return the JSON text of a step, counted from 0."""
    draft = hashlib.blake2s(f"message {person} {_ASKED}".encode(), digest_size=8).hexdigest()
    contents = (
        _message(person, _ASKED, _MENU_WORD),
        _press(person, 5, f"apt:{draft}:{_TOPIC}"),
        _message(person, 6, _PLACE),
        _press(person, 7, f"plc:appeal:{draft}:{_KATO}:0"),
        _message(person, 8, WORDS),
        _press(person, 9, f"aps:{draft}"),
    )
    return json.dumps({"update_id": person * STEPS + number, **contents[number]}).encode()


def _message(person: int, number: int, text: str) -> dict[str, Any]:
    return {
        "message": {
            "message_id": number,
            "from": _user(person),
            "chat": _chat(person),
            "date": 1_790_000_000,
            "text": text,
        }
    }


def _press(person: int, number: int, data: str) -> dict[str, Any]:
    """Return a press under a screen of two blocks and six rows, as most of them are."""
    rows = [[{"text": f"Батырма {row}", "callback_data": f"apg:{row}"}] for row in range(6)]
    return {
        "callback_query": {
            "id": f"{person}{number}",
            "from": _user(person),
            "message": {
                "message_id": number,
                "from": {"id": 4242, "is_bot": True, "first_name": "Unqosu"},
                "chat": _chat(person),
                "date": 1_790_000_000,
                "text": "Өтініш не туралы?\n\nТақырыпты таңдаңыз.",
                "entities": [{"type": "bold", "offset": 0, "length": 17}],
                "reply_markup": {"inline_keyboard": rows},
            },
            "chat_instance": "-42",
            "data": data,
        }
    }


def _user(person: int) -> dict[str, Any]:
    return {"id": person, "is_bot": False, "first_name": "Aigul", "language_code": "kk"}


def _chat(person: int) -> dict[str, Any]:
    return {"id": person, "type": "private", "first_name": "Aigul"}
