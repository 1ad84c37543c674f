"""What those who took part are told by themselves: a story."""

from collections.abc import Mapping
from typing import Any

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.text import _
from handlers.views.story_callbacks import StoriesMuted, StoriesShown
from handlers.views.story_words import STORIES, story_text, tie_rows
from services.news.model import Media, MediaType
from services.organisation.directory import Organisation
from services.stories.model import Draft


def story_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return a story with why it comes, and the way to hear no more of them."""
    draft = Draft.of_json(payload["words"])
    why = _("It comes to you because it is about what you wrote, supported or were asked.")
    buttons = keyboard(
        *tie_rows(draft),
        [button(_(STORIES), StoriesShown())],
        [button(_("🔕 No such messages any more"), StoriesMuted(muted=True))],
    )
    media = () if draft.photo is None else (Media(MediaType.PHOTO, draft.photo),)
    return Notice(f"{story_text(draft, organisation)}\n\n<i>{why}</i>", buttons, media)
