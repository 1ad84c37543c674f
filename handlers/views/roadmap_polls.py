"""The screen on which an administrator ties polls to an indicator."""

from collections.abc import Sequence
from html import escape

from handlers.buttons import back, button, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.roadmap_editing_callbacks import EditShown, PollsAsked, PollTied
from services.clock import local_date
from services.polls.reporting import ClosedPage
from services.roadmap.board import TiedPoll
from services.roadmap.indicator import Indicator
from services.text.length import shortened

PAGE = 8
_LABEL = 44


def polls_screen(
    indicator: Indicator, tied: Sequence[TiedPoll], page: ClosedPage, *, first: bool
) -> Screen:
    """Return counted polls to choose from; tied: what is shown beside the indicator now."""
    code, language = indicator.code, current_language()
    ask = _(
        "Which poll speaks of this indicator? Its result is shown beside it; where there are "
        "several, that of the newest."
    )
    if not page.polls:
        ask = _("No poll has been counted yet.")
    lines = [bold(escape(indicator.name(language)))]
    lines += [_("Tied now: “{title}”").format(title=escape(poll.title(language))) for poll in tied]
    rows = [
        [
            button(
                shortened(f"{full(local_date(poll.ended_at))} · {poll.title(language)}", _LABEL),
                PollTied(code=code, poll=poll.id, on=True),
            )
        ]
        for poll in page.polls
    ]
    turning = [] if first else [button(_("« To the beginning"), PollsAsked(code=code))]
    if page.more:
        turning.append(button(_("More ›"), PollsAsked(code=code, before=page.polls[-1].id)))
    untied = [
        [button(_("✖️ Untie this poll"), PollTied(code=code, poll=poll.poll, on=False))]
        for poll in tied
    ]
    text = "\n".join(lines) + f"\n\n{ask}"
    return Screen(text, keyboard(*rows, turning, *untied, [back(EditShown(code=code))]))
