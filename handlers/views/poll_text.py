"""A poll as citizens see it: in their chat, in the list, in the operator's preview."""

from datetime import datetime
from html import escape

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.buttons import button, keyboard
from handlers.callbacks import Noop
from handlers.text import _, current_language, ngettext
from handlers.views.calendar_days import full
from handlers.views.poll_callbacks import OpenVote, Secrecy, Vote
from handlers.views.poll_drawn import drawn_line
from handlers.views.survey_callbacks import SurveyOpened
from services.clock import local, local_date
from services.polls.model import Option, Poll, PollKind, Stream
from services.text.length import shortened

# A phone shows about so much of a button; longer options stand in the message in full.
BUTTON_LENGTH = 30


def moment(at: datetime) -> str:
    """Return the moment in Asia/Almaty: «25.11.2026, 18:00»."""
    return f"{full(local_date(at))}, {local(at):%H:%M}"


def poll_text(poll: Poll) -> str:
    """Return what is asked, long options in full, the closing time, and what is protected.

    Of a survey its title and how many questions it has.
    """
    language = current_language()
    blocks = [f"<b>{escape(poll.title(language))}</b>"]
    if not poll.plain:
        blocks.append(_questions(poll))
    elif _listed(poll):
        lines = (
            f"{option.position + 1}. {escape(option.text(language))}" for option in poll.options
        )
        blocks.append("\n".join(lines))
    blocks.append(
        _("⏳ Answers are accepted until: {moment}").format(moment=moment(poll.closes_at))
    )
    if (announced := poll.passport.extended_from) is not None:
        told = _("Extended once; first announced until: {moment}")
        blocks.append(told.format(moment=moment(announced)))
    named = poll.passport.kind is PollKind.NAMED
    blocks.append(named_in_brief() if named else secrecy_in_brief())
    if poll.passport.verified:
        blocks.append(
            _(
                "📱 Only people with a confirmed phone number answer: /settings → "
                "“📱 Confirm my number”."
            )
        )
    if line := drawn_line(poll):
        blocks.append(line)
    return "\n\n".join(blocks)


def secrecy_in_brief() -> str:
    """Return the two sentences that stand under every question."""
    kept = _(
        "🔒 Your answer is sealed: the party sees only totals, and once the poll is closed nobody "
        "can learn how you answered."
    )
    not_kept = _(
        "Messages pass through Telegram’s servers, and until closing the keeper of our server "
        "could break the seal."
    )
    return f"<i>{kept}</i>\n<i>{not_kept}</i>"


def named_in_brief() -> str:
    """Return the warning that a poll is not secret."""
    warning = _(
        "⚠️ This poll is not secret: the party’s staff will see your name beside your answers."
    )
    return f"<b>{warning}</b>"


def poll_keyboard(
    poll: Poll, *, live: bool = True, stream: Stream = Stream.INVITED
) -> InlineKeyboardMarkup:
    """Return a button for each option, or the way into a survey, and what explains secrecy.

    Without `live` (in a preview) they do nothing. `stream`: whether it stands under an
    invitation, or was opened from the list or a link.
    """
    rows = [[_answer(poll, option, stream, live=live)] for option in poll.options]
    if not poll.plain:
        start = SurveyOpened(poll=poll.id, stream=stream)
        rows = [[button(_("▶️ Start"), start if live else Noop())]]
    if poll.passport.kind is PollKind.NAMED:
        return keyboard(*rows)
    return keyboard(*rows, [button(_("🔒 Is it secret?"), Secrecy() if live else Noop())])


def protection_text(poll: Poll) -> str:
    """Return what is protected and what is not, before the first question of a survey."""
    if poll.passport.kind is PollKind.NAMED:
        told = _(
            "After the closing the party’s staff see in a list your name in Telegram, your region "
            "and district if you told them, and your answers. The bot keeps that list for 90 "
            "days. Until you send your answers, nobody sees anything. If you do not want that, do "
            "not answer."
        )
        return f"{_questions(poll)}\n\n{named_in_brief()}\n\n{told}"
    return f"{_questions(poll)}\n\n{secrecy_text(survey=True)}"


def secrecy_text(*, survey: bool = False) -> str:
    """Return what is protected and what is not, in plain words."""
    sent = _("• What you write or photograph stays in this chat until you delete it.")
    more = f"\n{sent}" if survey else ""
    return "\n\n".join(
        (
            _("<b>🔒 What is protected</b>"),
            _(
                "• Your answer is locked the moment you press a button. Beside it there is no "
                "name, no number, no time.\n"
                "• While the poll is open nobody sees the counts, the party’s staff included.\n"
                "• When it closes, answers are counted all at once; then the locked answers and "
                "the key are destroyed. Only totals remain, and none if fewer than 10 people "
                "answered."
            ),
            _("<b>⚠️ What is not protected</b>"),
            _(
                "• Messages pass through Telegram’s servers: Telegram can see which button you "
                "press.\n"
                "• Until the poll closes, somebody who controls our server and means harm could "
                "break the lock. After closing, nobody can.\n"
                "• Whoever looks at your phone sees this chat; your choice is not marked in it."
            )
            + more,
        )
    )


def _questions(poll: Poll) -> str:
    count = len(poll.questions)
    return ngettext("{count} question", "{count} questions", count).format(count=count)


def _answer(poll: Poll, option: Option, stream: Stream, *, live: bool) -> InlineKeyboardButton:
    text = option.text(current_language())
    label = (
        shortened(f"{option.position + 1}. {text}", BUTTON_LENGTH + 4) if _listed(poll) else text
    )
    kind = Vote if stream is Stream.INVITED else OpenVote
    return button(label, kind(poll=poll.id, option=option.position) if live else Noop())


def _listed(poll: Poll) -> bool:
    language = current_language()
    return any(len(option.text(language)) > BUTTON_LENGTH for option in poll.options)
