"""The post between two messages: kept in the conversation, so that it survives a kill."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from handlers.operator.news_callbacks import Step
from services.delivery.target import EVERYBODY, Target
from services.news.model import ChannelText, Draft, Link, Media, MediaType

# Enough to know a repeated message by: Telegram repeats the latest ones.
_REMEMBERED = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A picture, a film or a file, the message it came in, and the album it came with."""

    message_id: int
    type: MediaType
    file_id: str
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A draft, the step it is at, and the messages it has taken.

    The texts are Telegram HTML; media and target are None until they are decided. What is
    optional has its usual value: at once, to who is there now, the uncertain once more, unpaid,
    not in the channel.
    """

    draft: str
    version: int = 0
    step: Step = Step.TOPIC
    topic: str | None = None
    text_kk: str | None = None
    text_ru: str | None = None
    media: tuple[Piece, ...] | None = None
    links: tuple[Link, ...] = ()
    # Without the topic, which is added when the post is published.
    target: Target | None = None
    publish_at: datetime | None = None
    late_joiners: bool = False
    repeat_uncertain: bool = True
    # What paid broadcasting may cost at most, in Stars.
    stars: int | None = None
    channel: ChannelText | None = None
    # The version for which another operator's approval was asked.
    asked: int | None = None
    taken: tuple[int, ...] = ()
    # An album that was not taken: its other parts are passed over in silence.
    passed_album: str | None = None

    def changed(self, message_id: int | None = None, **values: Any) -> "Sheet":
        """Return the draft with these values, at the next step, the message remembered."""
        taken = self.taken if message_id is None else (*self.taken, message_id)[-_REMEMBERED:]
        changed = replace(self, version=self.version + 1, taken=taken, **values)
        return replace(changed, step=changed.missing)

    @property
    def missing(self) -> Step:
        """The first necessary part that is not there yet, or the check."""
        parts = {
            Step.TOPIC: self.topic,
            Step.TEXT_KK: self.text_kk,
            Step.TEXT_RU: self.text_ru,
            Step.MEDIA: self.media,
            Step.AUDIENCE: self.target,
        }
        return next((step for step, part in parts.items() if part is None), Step.CHECK)

    @property
    def before(self) -> Step | None:
        """Where «Back» leads: to the check of a complete draft, else one step back."""
        if self.missing is Step.CHECK and self.step is not Step.CHECK:
            return Step.CHECK
        steps = [Step.TOPIC, Step.TEXT_KK, Step.TEXT_RU, Step.MEDIA, Step.AUDIENCE, Step.CHECK]
        position = steps.index(self.step) if self.step in steps else 0
        return steps[position - 1] if position else None

    @property
    def album(self) -> str | None:
        """The album that the media came with."""
        return self.media[0].album if self.media else None

    def post(self) -> Draft:
        """Return the draft as the use case takes it; what is missing is empty."""
        return Draft(
            topic=self.topic or "",
            text_kk=self.text_kk or "",
            text_ru=self.text_ru or "",
            media=tuple(Media(piece.type, piece.file_id) for piece in self.media or ()),
            links=self.links,
            target=self.target or EVERYBODY,
            publish_at=self.publish_at,
            late_joiners=self.late_joiners,
            repeat_uncertain=self.repeat_uncertain,
            stars=self.stars,
            channel=self.channel,
        )

    def as_json(self) -> dict[str, Any]:
        """Return what `of_json` reads."""
        media = None if self.media is None else [asdict(piece) for piece in self.media]
        return asdict(self) | {
            "step": self.step.value,
            "media": media,
            "links": [asdict(link) for link in self.links],
            "target": None if self.target is None else self.target.as_json(),
            "publish_at": self.publish_at.isoformat() if self.publish_at else None,
            "channel": self.channel.value if self.channel else None,
            "taken": list(self.taken),
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Sheet":
        """Return the draft that `as_json` wrote, now or in its former shape."""
        kept = _in_the_present_shape(kept) if "with_photo" in kept else kept
        media, target, publish_at = kept["media"], kept["target"], kept["publish_at"]
        values = dict(kept) | {
            "step": Step(kept["step"]),
            "media": None if media is None else tuple(map(_piece, media)),
            "links": tuple(Link(**link) for link in kept["links"]),
            "target": None if target is None else Target.of_json(target),
            "publish_at": datetime.fromisoformat(publish_at) if publish_at else None,
            "channel": ChannelText(kept["channel"]) if kept["channel"] else None,
            "taken": tuple(kept["taken"]),
        }
        return cls(**values)


def _piece(parts: Mapping[str, Any]) -> Piece:
    return Piece(**dict(parts) | {"type": MediaType(parts["type"])})


def _in_the_present_shape(kept: Mapping[str, Any]) -> Mapping[str, Any]:
    """Convert a draft from the time of one photo and one region."""
    photo = (Piece(0, MediaType.PHOTO, kept["photo"]),) if kept.get("photo") else ()
    region = (kept["region"],) if kept.get("region") else ()
    sheet = Sheet(
        draft=kept["draft"],
        version=kept["version"],
        topic=kept["topic"],
        text_kk=kept["text_kk"],
        text_ru=kept["text_ru"],
        media=None if kept["with_photo"] is None else photo,
        target=None if kept["everybody"] is None else Target(regions=region),
        taken=tuple(kept["taken"]),
    )
    return replace(sheet, step=sheet.missing).as_json()
