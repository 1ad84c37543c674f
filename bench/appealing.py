"""What one person sends from «Leave an appeal» to «Send», as Telegram writes it.

People write of all topics from all districts, each in words of their own. Somebody else may have
written of something similar all the same: so everybody says that theirs is another matter, as
the screen then asks.
"""

import hashlib
import json
import math
from functools import cache
from typing import Any

from services.places.atlas import atlas
from services.places.model import District

STEPS = 7
_MENU_WORD = "✍️ Өтініш қалдыру"
_TOPICS = ("street-light", "roads", "water-supply", "heating", "transport", "gas", "schools")
_STREETS = ("Абай", "Сәтбаев", "Әуезов", "Жамбыл", "Тәуелсіздік", "Қонаев", "Наурыз", "Достық")
_WHAT = (
    "екі аптадан бері жарық жоқ, балалар мектептен қараңғыда қайтады",
    "жол ойылып қалды, жедел жәрдем өте алмайды",
    "таңертең су келмейді, кешке лай су ағады",
    "үй суық, батареялар жылымайды",
    "автобус сағатына бір рет қана келеді",
)
_ASKED = 4  # the message id of the menu word; the draft takes its name from it


def step(number: int, person: int) -> bytes:
    """Return the JSON text of a step, counted from 0."""
    draft = hashlib.blake2s(f"message {person} {_ASKED}".encode(), digest_size=8).hexdigest()
    topic = _TOPICS[person % len(_TOPICS)]
    place = _districts()[person % len(_districts())]
    contents = (
        _message(person, _ASKED, _MENU_WORD),
        _press(person, 5, f"apt:{draft}:{topic}"),
        _message(person, 6, place.name_kk),
        _press(person, 7, f"plc:appeal:{draft}:{place.kato}:0"),
        _message(person, 8, words(person)),
        _press(person, 9, f"apo:{draft}"),
        _press(person, 10, f"aps:{draft}"),
    )
    return json.dumps({"update_id": person * STEPS + number, **contents[number]}).encode()


def turns() -> int:
    """Return after how many people in a row topic and district come together again."""
    return math.lcm(len(_TOPICS), len(_districts()))


def words(person: int) -> str:
    """Return what a person complains of."""
    street, what = _STREETS[person % len(_STREETS)], _WHAT[person % len(_WHAT)]
    return f"{street} көшесі, {person % 97 + 1}-үй: {what}. Өтініш, шара қолданыңыздар."


@cache
def _districts() -> tuple[District, ...]:
    return tuple(atlas().districts.values())


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
