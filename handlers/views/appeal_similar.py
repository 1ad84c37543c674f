"""Appeals of others about the same: offered to somebody who writes, and joined."""

from collections.abc import Sequence
from html import escape

from handlers.buttons import back, button, cancel, keyboard
from handlers.screen import Screen
from handlers.text import _, ngettext
from handlers.views.appeal_callbacks import (
    DraftLeft,
    DraftShown,
    FollowedAppeal,
    OwnMatter,
    Screens,
    SimilarJoined,
)
from handlers.views.appeal_draft import above, stop_note
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from services.appeals.draft import Draft
from services.appeals.joining import JoinedAppeal, SimilarAppeal
from services.appeals.stops import triggered
from services.organisation.directory import Organisation


def similar_screen(
    draft: Draft, found: Sequence[SimilarAppeal], organisation: Organisation, note: str = ""
) -> Screen:
    """Return appeals of others that may be about the same, without anything about their people."""
    blocks = [_similar(number, appeal) for number, appeal in enumerate(found, 1)]
    joining = _(
        "If it is the same matter, join: you get the same news and the same answer, and your "
        "words are added. Many voices are heard better."
    )
    joins = [
        button(
            _("🤝 Join: № {number}").format(number=appeal.number),
            SimilarJoined(draft=draft.id, appeal=appeal.id),
        )
        for appeal in found
    ]
    stop = stop_note(triggered(organisation.stops, None, draft.text))
    title = bold(_("Others have written of something similar."))
    return Screen(
        above(note, stop, title, *blocks, joining),
        keyboard(
            *([join] for join in joins),
            [button(_("Mine is another matter"), OwnMatter(draft=draft.id))],
            [back(DraftShown(draft=draft.id, screen=Screens.TEXT)), cancel(DraftLeft())],
        ),
    )


def joined_screen(appeal: JoinedAppeal) -> Screen:
    """Return the word that comes at once; what happens next follows by itself."""
    text = _("🤝 You have joined: № {number}").format(number=appeal.number)
    opening = button(_("Open the appeal"), FollowedAppeal(appeal=appeal.id))
    return Screen(text, keyboard([opening]))


def _similar(number: int, appeal: SimilarAppeal) -> str:
    date = _("Registered: {date}").format(date=full(appeal.registered_on))
    lines = [f"{number}. № {appeal.number} · {date}", f"<i>{escape(appeal.excerpt)}</i>"]
    if appeal.joins:
        count = ngettext("{count} person joined", "{count} people joined", appeal.joins)
        lines.append(count.format(count=appeal.joins))
    return "\n".join(lines)
