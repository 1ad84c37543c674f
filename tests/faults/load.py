"""What people do: whole appeals, votes, ratings; and what of it the bot has confirmed."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import count

from sandbox.server.actions import actor, press, write
from sandbox.server.callbacks import Callback
from sandbox.server.contents import text_content
from sandbox.server.updates import FIRST_UPDATE_ID
from tests.faults.scene import DECISION, REGION, Scene

SCREENS = 3  # messages in the chat that an appeal costs: the topics, the check, the receipt
TOPIC = "water-supply"
_SYLLABLES = [
    "ба",
    "ғы",
    "де",
    "жо",
    "зе",
    "ки",
    "қу",
    "лу",
    "мы",
    "нә",
    "со",
    "ті",
    "ұш",
    "фа",
    "ша",
    "ын",
]


class Kind(Enum):
    """What a fact is."""

    APPEAL = "appeal"
    VOTE = "vote"
    RATING = "rating"
    SOLVED = "solved"


@dataclass(frozen=True, slots=True, eq=False)
class Deed:
    """Something that somebody did, and that must be a fact once it is confirmed.

    subject is a poll, an answered appeal, or 0; value an option, a rating, or the words of an
    appeal. The last update is the one that decides; `changes` is how many opinions it was, the
    last of which stands.
    """

    kind: Kind
    person: int
    subject: int
    value: int | str
    updates: tuple[int, ...]
    tap: Callback
    changes: int = 1

    @property
    def shown(self) -> bool:
        """Whether a pop-up has told the person that it is recorded."""
        words = str((self.tap.answer or {}).get("text", ""))
        return self.kind is not Kind.APPEAL and words.startswith(("✅", "Рақмет"))


@dataclass(slots=True)
class Load:
    """All deeds so far; citizens act one after the other, in the order of their numbers."""

    scene: Scene
    deeds: list[Deed] = field(default_factory=list)
    kinds: tuple[Kind, ...] = tuple(Kind)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _waiting: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self._waiting = list(reversed(self.scene.citizens))

    @property
    def over(self) -> bool:
        """Whether everybody has acted."""
        return not self._waiting

    @property
    def unconfirmed(self) -> int:
        """How many updates the bot has not confirmed."""
        telegram = self.scene.sandbox.telegram
        return telegram.updates.unconfirmed + telegram.webhook_pending

    def confirmed(self) -> Callable[[Deed], bool]:
        """Return what tells of a deed whether the bot has confirmed it by now."""
        updates = self.scene.sandbox.telegram.updates
        waiting = {entry.id for entry in updates.entries}
        return lambda deed: deed.shown or waiting.isdisjoint(deed.updates)

    def top_up(self, level: int) -> None:
        """Let people act until so many updates wait."""
        while self._waiting and self.unconfirmed < level:
            self.next_citizen()

    def all_act(self) -> None:
        """Let everybody act now."""
        while self._waiting:
            self.next_citizen()

    def people(self) -> Iterator[int]:
        """Yield those who have not acted, each of whom the caller lets act."""
        while self._waiting:
            yield self._waiting.pop()

    def next_citizen(self) -> None:
        """Let the next citizen do everything that there is to do, as fast as they can tap."""
        person = self._waiting.pop()
        if Kind.VOTE in self.kinds:
            for poll in self.scene.polls:
                self.vote(person, poll, (person + poll) % 3)
        if Kind.APPEAL in self.kinds:
            self.file_appeal(person)
        if Kind.RATING in self.kinds:
            self.rate(person, 1 + person % 5)
        if Kind.SOLVED in self.kinds:
            self.judge(person)

    def vote(self, person: int, poll: int, option: int) -> None:
        """Answer a poll."""
        self._tap(Kind.VOTE, person, poll, option, f"v:{poll}:{option}")

    def rate(self, person: int, rating: int) -> None:
        """Rate the answer to one's appeal."""
        appeal = self.scene.answered[person]
        self._tap(Kind.RATING, person, appeal, rating, f"vrate:{appeal}:{DECISION}:{rating}")

    def judge(self, person: int) -> None:
        """Say that the matter is solved."""
        appeal = self.scene.answered[person]
        self._tap(Kind.SOLVED, person, appeal, value=True, data=f"vyes:{appeal}:{DECISION}")

    def file_appeal(self, person: int) -> None:
        """Go the whole way of an appeal without waiting for an answer.

        A draft's id follows from the message that begins it, so its buttons are known before.
        """
        words = words_of(f"{next(self._numbers)}")
        first = self._next_update()
        draft = draft_of(person, self.say(person, "/appeal"))
        self.press(person, f"apt:{draft}:{TOPIC}")
        self.press(person, f"plc:appeal:{draft}:{REGION}:0")
        self.say(person, words)
        tap = self.press(person, f"aps:{draft}")
        updates = tuple(range(first, self._next_update()))
        self.deeds.append(Deed(Kind.APPEAL, person, 0, words, updates, tap))

    def say(self, person: int, text: str) -> int:
        """Write a message and return its number."""
        telegram = self.scene.sandbox.telegram
        number: int = write(telegram, actor(telegram, person), text_content(text))["message_id"]
        return number

    def press(self, person: int, data: str) -> Callback:
        """Tap a button."""
        telegram = self.scene.sandbox.telegram
        return press(telegram, actor(telegram, person), self.scene.anchors[person], data)

    def _tap(self, kind: Kind, person: int, subject: int, value: int, data: str) -> None:
        number = self._next_update()
        tap = self.press(person, data)
        self.deeds.append(Deed(kind, person, subject, value, (number,), tap))

    def _next_update(self) -> int:
        return FIRST_UPDATE_ID + self.scene.sandbox.telegram.updates.made


def words_of(what: str) -> str:
    """Return a sentence that is like no other: the bot offers to join appeals that are alike."""
    digest = hashlib.blake2s(what.encode(), digest_size=20).hexdigest()
    words = [digest[start : start + 8] for start in range(0, len(digest), 8)]
    return " ".join("".join(_SYLLABLES[int(digit, 16)] for digit in word[:4]) for word in words)


def draft_of(person: int, message: int) -> str:
    """Return the id of the draft that this message begins."""
    return hashlib.blake2s(f"message {person} {message}".encode(), digest_size=8).hexdigest()
