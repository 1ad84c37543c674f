"""The messages of one mailing, each written and packed once for all who get the same."""

from collections import OrderedDict

from bot.sender.post import Parcel, Post
from bot.sender.rendering import Rendering
from handlers.notices import Notice
from services.delivery.claiming import Recipient
from services.delivery.mailing import Mailing
from services.language import Language

MOST = 500  # parcels kept: digests of many variants must not fill the memory

_Which = tuple[Language, tuple[int, ...]]


class Parcels:
    """Knows the parcel of each recipient; the latest ones are kept."""

    def __init__(self, mailing: Mailing, rendering: Rendering, post: Post) -> None:
        self._mailing = mailing
        self._rendering = rendering
        self._post = post
        self._kept: OrderedDict[_Which, Parcel] = OrderedDict()

    def of(self, recipient: Recipient) -> Parcel:
        """Return what this person gets; raises whatever its renderer raises."""
        which = recipient.language, recipient.variant
        parcel = self._kept.get(which)
        if parcel is None:
            parcel = self._kept[which] = self._post.pack(self._notice(*which))
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(which)
        return parcel

    def _notice(self, language: Language, variant: tuple[int, ...]) -> Notice:
        payload = self._mailing.payload
        if variant:
            payload = {**payload, "variant": list(variant)}
        return self._rendering.notice(self._mailing.kind, payload, language)
