"""The secret ballot: who answered becomes a tag, what they answered becomes a sealed box.

The tag is HMAC-SHA-256 (RFC 2104) under a key of the poll over (poll, person): the same person
overwrites the same ballot, and without the key nobody can tell whose it is, nor match tags of
two polls. The box is X25519 with XSalsa20-Poly1305 (libsodium's sealed box): whoever writes it
cannot open it again. The answers, the profile of that moment and the stream go in together,
padded to one length for all ballots of a poll, so that nothing can be told from a size.
"""

import hmac
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from nacl.bindings import crypto_box_seal_open
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

from services.people.model import Profile, Settlement, Sex
from services.polls.model import (
    LONGEST_OTHER,
    LONGEST_TEXT,
    Answer,
    Answers,
    OptionRole,
    Question,
    QuestionType,
    Stream,
)

KEY_LENGTH = 32
TAG_LENGTH = 32
# libsodium's crypto_box_SEALBYTES: an ephemeral public key and a Poly1305 tag.
SEAL_LENGTH = 48
# UTF-8 takes two bytes for a letter of Kazakh or Russian.
TEXT_BYTES = 2 * LONGEST_TEXT
OTHER_BYTES = 2 * LONGEST_OTHER
PHOTO_BYTES = 200  # a file id of Telegram has under 100

_FIRST_VERSION = 1
_VERSION = 2
# version, region, district, born_from, born_to, sex, settlement, stream
_HEAD = struct.Struct(">B2s6sHHBBB")
_SEXES = (None, Sex.MALE, Sex.FEMALE)
_SETTLEMENTS = (None, Settlement.URBAN, Settlement.RURAL)
_STREAMS = (Stream.INVITED, Stream.OPEN)
_NAMED = 2  # added to the stream
_NOT_ASKED, _SKIPPED, _ANSWERED = range(3)
_NUMBER = struct.Struct(">q")
_LENGTH = struct.Struct(">H")
_SHORTEST = 64  # what a plain ballot is padded to


class NotABallot(ValueError):  # noqa: N818  # the counting sets it aside, it stops nothing
    """These bytes cannot be opened with this key, or what is inside makes no sense."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """The answers and the profile at the moment of answering."""

    answers: Answers
    profile: Profile
    stream: Stream = Stream.INVITED
    # Whether the poll was declared named when this was answered.
    named: bool = False


class BallotForm:
    """How the ballots of one poll are written: every one in as many bytes as the longest needs."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._questions = tuple(questions)

    @cached_property
    def length(self) -> int:
        """The bytes of every ballot before sealing."""
        return max(_SHORTEST, _HEAD.size + sum(1 + _room(one) for one in self._questions))

    @property
    def sealed_length(self) -> int:
        """The bytes of every sealed ballot."""
        return self.length + SEAL_LENGTH

    def encode(self, ballot: Ballot) -> bytes:
        """Return `length` bytes; raises ValueError for an answer that has no room."""
        profile = ballot.profile
        parts = [
            _HEAD.pack(
                _VERSION,
                (profile.region or "").encode("ascii"),
                (profile.district or "").encode("ascii"),
                profile.born_from or 0,
                profile.born_to or 0,
                _SEXES.index(profile.sex),
                _SETTLEMENTS.index(profile.settlement),
                _STREAMS.index(ballot.stream) + (_NAMED if ballot.named else 0),
            )
        ]
        parts += [_packed(one, ballot.answers.get(one.position)) for one in self._questions]
        return b"".join(parts).ljust(self.length, b"\0")

    def decode(self, plain: bytes) -> Ballot:
        """Return the ballot; raises NotABallot."""
        head, parts = self.split(plain)
        profile, stream = whose(head)
        answers = {
            question.position: answer
            for question, part in zip(self._questions, parts, strict=True)
            if (answer := answer_in(question, part)) is not None
        }
        return Ballot(answers, profile, stream, bool(head[-1] & _NAMED))

    def split(self, plain: bytes) -> tuple[bytes, list[bytes]]:
        """Return who answered and each answer as they are written; raises NotABallot.

        `whose` and `answer_in` read them: what is alike among many ballots needs no reading twice.
        """
        if len(plain) != self.length or plain[0] not in {_FIRST_VERSION, _VERSION}:
            raise NotABallot("unknown encoding")
        if plain[0] == _FIRST_VERSION:
            plain = self._of_first_version(plain)
        return plain[: _HEAD.size], [plain[since:until] for since, until in self._places]

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        ends = list(accumulate((1 + _room(one) for one in self._questions), initial=_HEAD.size))
        return list(pairwise(ends))

    def _of_first_version(self, plain: bytes) -> bytes:
        """Return the same as it is written today.

        When polls had one question the last byte of the head counted the chosen options, which
        follow it.
        """
        last = _HEAD.size - 1
        chosen = tuple(plain[_HEAD.size : _HEAD.size + plain[last]])
        head = bytes((_VERSION,)) + plain[1:last] + bytes((0,))
        try:
            packed = _packed(self._questions[0], Answer(chosen=chosen))
        except struct.error as error:
            raise NotABallot("unknown encoding") from error
        return (head + packed).ljust(self.length, b"\0")


def whose(head: bytes) -> tuple[Profile, Stream]:
    """Return the profile and the stream that a ballot begins with; raises NotABallot."""
    _, region, district, born_from, born_to, sex, settlement, stream = _HEAD.unpack(head)
    try:
        profile = Profile(
            region=_text(region),
            district=_text(district),
            born_from=born_from or None,
            born_to=born_to or None,
            sex=_SEXES[sex],
            settlement=_SETTLEMENTS[settlement],
        )
        return profile, _STREAMS[stream & ~_NAMED]
    except (IndexError, UnicodeDecodeError) as error:
        raise NotABallot("unknown encoding") from error


def answer_in(question: Question, part: bytes) -> Answer | None:
    """Return an answer as it is written; None where it was not asked. Raises NotABallot."""
    try:
        return _unpacked(question, part)
    except (IndexError, struct.error, UnicodeDecodeError) as error:
        raise NotABallot("unknown encoding") from error


def opener(secret_key: bytes) -> Callable[[bytes], bytes]:
    """Return what opens sealed ballots of one poll, one after the other; it raises NotABallot."""
    public_key = bytes(PrivateKey(secret_key).public_key)

    def open_one(sealed: bytes) -> bytes:
        try:
            return crypto_box_seal_open(sealed, public_key, secret_key)
        except (CryptoError, ValueError) as error:
            raise NotABallot("cannot be opened with this key") from error

    return open_one


def voter_tag(tag_key: bytes, poll_id: int, person_id: int) -> bytes:
    """Return the 32 bytes under which this person's ballot in this poll is kept."""
    return hmac.digest(tag_key, struct.pack(">cqq", b"t", poll_id, person_id), "sha256")


def seal(public_key: bytes, form: BallotForm, ballot: Ballot) -> bytes:
    """Return the sealed ballot, always `form.sealed_length` bytes."""
    return SealedBox(PublicKey(public_key)).encrypt(form.encode(ballot))


def open_ballot(secret_key: bytes, form: BallotForm, sealed: bytes) -> Ballot:
    """Return the ballot; raises NotABallot."""
    return form.decode(opener(secret_key)(sealed))


def seal_draft(tag_key: bytes, poll_id: int, person_id: int, draft: bytes) -> bytes:
    """Return answers under way, readable only with the poll's tag key."""
    return bytes(_draft_box(tag_key, poll_id, person_id).encrypt(draft))


def open_draft(tag_key: bytes, poll_id: int, person_id: int, draft: bytes) -> bytes:
    """Return answers under way; raises NotABallot."""
    try:
        return _draft_box(tag_key, poll_id, person_id).decrypt(draft)
    except (CryptoError, ValueError) as error:
        raise NotABallot("cannot be opened with this key") from error


def _draft_box(tag_key: bytes, poll_id: int, person_id: int) -> SecretBox:
    return SecretBox(hmac.digest(tag_key, struct.pack(">cqq", b"d", poll_id, person_id), "sha256"))


def _room(question: Question) -> int:
    """Return the bytes of the longest answer, without the byte that says whether there is one."""
    match question.type:
        case QuestionType.SINGLE | QuestionType.MULTIPLE:
            other = any(option.role is OptionRole.OTHER for option in question.options)
            return 2 + (_LENGTH.size + OTHER_BYTES if other else 0)
        case QuestionType.SCALE:
            return 1
        case QuestionType.RANKING:
            return len(question.options)
        case QuestionType.NUMBER:
            return _NUMBER.size
        case QuestionType.TEXT:
            return _LENGTH.size + TEXT_BYTES
        case QuestionType.PHOTO:
            return _LENGTH.size + PHOTO_BYTES


def _packed(question: Question, answer: Answer | None) -> bytes:
    room = _room(question)
    if answer is None:
        return bytes((_NOT_ASKED,)) + bytes(room)
    if answer.skipped:
        return bytes((_SKIPPED,)) + bytes(room)
    body = _body(question, answer)
    if len(body) > room:
        raise ValueError(f"an answer to {question.code} has no room in the ballot")
    return bytes((_ANSWERED,)) + body.ljust(room, b"\0")


def _body(question: Question, answer: Answer) -> bytes:
    match question.type:
        case QuestionType.SINGLE | QuestionType.MULTIPLE:
            mask = sum(1 << position for position in answer.chosen)
            return _LENGTH.pack(mask) + (_worded(answer.text) if answer.text else b"")
        case QuestionType.SCALE:
            # One more than the value, so that 0 is «difficult to answer».
            return bytes((0 if answer.value is None else 1 + answer.value,))
        case QuestionType.RANKING:
            return bytes(1 + position for position in answer.chosen)
        case QuestionType.NUMBER:
            return _NUMBER.pack(answer.number or 0)
        case QuestionType.TEXT | QuestionType.PHOTO:
            return _worded(answer.text)


def _unpacked(question: Question, part: bytes) -> Answer | None:  # noqa: PLR0911  # one a type
    if part[0] == _NOT_ASKED:
        return None
    if part[0] == _SKIPPED:
        return Answer()
    body = part[1:]
    match question.type:
        case QuestionType.SINGLE | QuestionType.MULTIPLE:
            (mask,) = _LENGTH.unpack_from(body)
            chosen = tuple(position for position in range(16) if mask >> position & 1)
            words = _words(body[_LENGTH.size :]) if len(body) > _LENGTH.size else ""
            return Answer(chosen=chosen, text=words)
        case QuestionType.SCALE:
            return Answer(value=body[0] - 1) if body[0] else Answer(chosen=(0,))
        case QuestionType.RANKING:
            return Answer(chosen=tuple(place - 1 for place in body if place))
        case QuestionType.NUMBER:
            return Answer(number=_NUMBER.unpack(body)[0])
        case QuestionType.TEXT | QuestionType.PHOTO:
            return Answer(text=_words(body))


def _worded(text: str) -> bytes:
    words = text.encode()
    return _LENGTH.pack(len(words)) + words


def _words(body: bytes) -> str:
    (length,) = _LENGTH.unpack_from(body)
    return body[_LENGTH.size : _LENGTH.size + length].decode()


def _text(field: bytes) -> str | None:
    return field.rstrip(b"\0").decode("ascii") or None
