"""Screens of the board: lists of proposals, one of them, its history, the reader's own."""

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlencode

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, in_rows, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.appeal_names import topic_line
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.party_callbacks import PartyLifeShown
from handlers.views.proposal_callbacks import (
    AnsweringShown,
    BoardShown,
    BoardStates,
    BoardTopics,
    EvidenceShown,
    HistoryShown,
    MergingAsked,
    OwnOpened,
    OwnProposals,
    OwnWithdrawn,
    ProposalOpened,
    ProposalSupported,
    SuggestBegun,
)
from handlers.views.proposal_words import (
    BOARD,
    REASONS,
    STATES,
    about,
    label,
    number,
    state_line,
)
from services.clock import local_date
from services.organisation.directory import Organisation
from services.proposals.board import OwnCard, OwnLine, Page
from services.proposals.machine import possible
from services.proposals.model import PUBLIC, SUPPORTED, Card, Moment, ProposalStatus
from services.text.length import shortened

_LABEL = 45


def board_screen(page: Page, press: BoardShown, organisation: Organisation) -> Screen:
    """Return a page of the board with the ways to sort it."""
    parts = [bold(_(BOARD)), difference(), _order(press, organisation)]
    if not page.lines:
        parts.append(_("There is nothing here yet."))
    rows = [[button(label(line), ProposalOpened(proposal=line.id))] for line in page.lines]
    turning = []
    if press.after:
        turning.append(button(_("« To the beginning"), press.model_copy(update=_FIRST)))
    if page.more:
        last = page.lines[-1]
        onward = {"after": last.id, "supports": last.supports}
        turning.append(button(_("More ›"), press.model_copy(update=onward)))
    other = (
        button(_("🆕 The newest"), press.model_copy(update={"most": False, **_FIRST}))
        if press.most
        else button(_("🔝 Most supported"), press.model_copy(update={"most": True, **_FIRST}))
    )
    sorting = [button(_("🗂 By topic"), BoardTopics()), button(_("📌 By state"), BoardStates())]
    return Screen(
        "\n\n".join(part for part in parts if part),
        keyboard(
            *rows,
            turning,
            [button(_("💡 Suggest something"), SuggestBegun())],
            [other],
            sorting,
            [button(_("📋 My proposals"), OwnProposals())],
            [back(PartyLifeShown())],
        ),
    )


_FIRST = {"after": 0, "supports": 0}


def difference() -> str:
    """Return in one sentence how a proposal differs from an appeal."""
    return _(
        "A proposal is read and supported by everybody and gets one answer for all; an appeal of "
        "the type «proposal» is read only by those who answer it, and the answer comes to you by "
        "its term."
    )


def _order(press: BoardShown, organisation: Organisation) -> str:
    parts = [_("The most supported first") if press.most else _("The newest first")]
    if press.topic:
        parts.append(escape(topic_line(press.topic, organisation)))
    if press.status in _PUBLIC:
        parts.append(state_line(ProposalStatus(press.status)))
    return " · ".join(parts)


_PUBLIC = {status.value for status in PUBLIC}


def topics_screen(topics: Sequence[tuple[str, int]], organisation: Organisation) -> Screen:
    """Return the topics of which there are proposals."""
    rows = [
        [button(f"{topic_line(code, organisation)} · {count}", BoardShown(topic=code))]
        for code, count in topics[:30]
    ]
    text = _("Which topic?") if rows else _("There is nothing here yet.")
    return Screen(bold(text), keyboard(*rows, [back(BoardShown())]))


def states_screen() -> Screen:
    """Return the states in which proposals of the board are."""
    buttons = [
        button(_(name), BoardShown(status=status.value))
        for status, name in STATES.items()
        if status in PUBLIC
    ]
    return Screen(bold(_("Which state?")), keyboard(*in_rows(buttons, 1), [back(BoardShown())]))


def card_screen(
    card: Card,
    organisation: Organisation,
    bot: str,
    stories: list[InlineKeyboardButton],
    *,
    note: str = "",
    answers: bool = False,
    merges: bool = False,
) -> Screen:
    """Return a proposal with what can be done with it; bot is the bot's name for the link.

    stories: the way to stories of what was done about it. answers: the reader may say what
    becomes of it; merges: may join it to another one.
    """
    line = card.line
    rows = [_support_row(card), stories]
    if card.evidence:
        rows.append([button(_("📎 What shows it"), EvidenceShown(proposal=line.id))])
    rows.append(
        [
            button(_("🕘 History"), HistoryShown(proposal=line.id)),
            InlineKeyboardButton(text=_("📤 Share"), url=share_url(card, bot)),
        ]
    )
    if card.own:
        rows.append([button(_("📋 My proposals"), OwnProposals())])
    if answers and possible(line.status):
        rows.append([button(_("📌 Answer it"), AnsweringShown(proposal=line.id))])
    if merges and line.status in SUPPORTED:
        joining = MergingAsked(proposal=line.id, version=card.version)
        rows.append([button(_("🔗 Join to another one"), joining)])
    rows.append([back(BoardShown())])
    parts = [note, *_card_parts(card, organisation)]
    return Screen("\n\n".join(part for part in parts if part), keyboard(*rows))


def share_url(card: Card, bot: str) -> str:
    """Return the address by which Telegram asks to whom the proposal is sent on."""
    link = f"https://t.me/{bot}?start=prop_{card.line.id}"
    title = card.line.title(current_language())
    return f"https://t.me/share/url?{urlencode({'url': link, 'text': title})}"


def _support_row(card: Card) -> list[InlineKeyboardButton]:
    line = card.line
    if card.supported:
        words = _("✅ You support it · {count}").format(count=number(line.supports))
        return [button(words, ProposalSupported(proposal=line.id, wanted=False))]
    if line.status not in SUPPORTED or card.own:
        return []
    words = _("👍 Support · {count}").format(count=number(line.supports))
    return [button(words, ProposalSupported(proposal=line.id, wanted=True))]


def _card_parts(card: Card, organisation: Organisation) -> Iterable[str]:
    language = current_language()
    yield bold(escape(card.line.title(language)))
    yield about(card.line, organisation)
    yield f"<blockquote>{escape(card.words)}</blockquote>"
    since = _("On the board since: {date}").format(date=full(local_date(card.published_at)))
    own = _("This is your proposal; nobody sees that.") if card.own else ""
    yield "\n".join(part for part in (since, own) if part)
    if card.answers is None or card.answered_at is None:
        yield _("There is no official answer yet.")
        return
    head = _("🏛 Official answer, {date}").format(date=full(local_date(card.answered_at)))
    official = organisation.officials.get(card.official or "")
    by = [escape(f"{official.name(language)}, {official.position(language)}")] if official else []
    yield "\n".join([bold(head), escape(card.answer(language)), *by])


def history_screen(card: Card, moments: Sequence[Moment]) -> Screen:
    """Return every state of a proposal with its day and what was said."""
    language = current_language()
    lines = [bold(escape(card.line.title(language)))]
    for moment in moments:
        said = escape(shortened(moment.note(language), 300))
        head = f"{full(local_date(moment.at))} · {state_line(moment.status)}"
        lines.append(f"{head}\n{said}" if said else head)
    return Screen("\n\n".join(lines), keyboard([back(ProposalOpened(proposal=card.line.id))]))


def own_list_screen(lines: Sequence[OwnLine], note: str = "") -> Screen:
    """Return the reader's own proposals, on the board or not."""
    rows = [
        [button(f"{state_line(line.status).partition(' ')[0]} {_short(line)}", _opened(line))]
        for line in lines
    ]
    text = _("Your proposals, the newest first.")
    if not lines:
        text = _("You have not suggested anything yet.")
    head = "\n\n".join(part for part in (note, bold(_("📋 My proposals")), text) if part)
    suggest = [button(_("💡 Suggest something"), SuggestBegun())]
    return Screen(head, keyboard(*rows, suggest, [back(BoardShown())]))


def _short(line: OwnLine) -> str:
    return shortened(line.label or _("(taken back)"), _LABEL)


def _opened(line: OwnLine) -> OwnOpened:
    return OwnOpened(proposal=line.id)


def own_screen(card: OwnCard, *, sure: bool = False) -> Screen:
    """Return an own proposal, its state and the way to take it back; sure: asked once more."""
    line = card.line
    parts = [bold(_("📌 State: {state}").format(state=state_line(line.status)))]
    if line.refused_for is not None:
        parts.append(_(REASONS[line.refused_for]))
    if card.words:
        parts.append(f"<blockquote>{escape(card.words)}</blockquote>")
    rows = []
    if card.merged_into is not None:
        parts.append(_("It was joined to a proposal that says the same; you support it there."))
        other = card.merged_into
        rows.append([button(label(other), ProposalOpened(proposal=other.id))])
    if line.status in PUBLIC:
        parts.append(_("👍 Supported by: {count}").format(count=number(line.supports)))
        rows.append([button(_("💡 As everybody sees it"), ProposalOpened(proposal=line.id))])
    if line.status in {ProposalStatus.WAITING, ProposalStatus.PUBLISHED}:
        words = _("🗑 Yes, take it back") if sure else _("↩️ Take it back")
        if sure:
            parts.append(_("Its words and its supporters will be gone. This cannot be undone."))
        data = OwnWithdrawn(proposal=line.id, version=card.version, sure=sure)
        rows.append([button(words, data)])
    return Screen("\n\n".join(parts), keyboard(*rows, [back(OwnProposals())]))
