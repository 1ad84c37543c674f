"""What staff see of stories: the desk, lists, a card, what wants one, a table, a request."""

from collections.abc import Sequence
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard
from handlers.screen import Screen
from handlers.text import N_, _, current_language, pick
from handlers.views.appeal_names import topic_line
from handlers.views.approval_callbacks import ApprovalsListed
from handlers.views.approval_screens import own_buttons, request_buttons, state_lines
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.mailing_callbacks import MailingOpened
from handlers.views.party_callbacks import PartyDeskShown
from handlers.views.story_callbacks import (
    StoriesKept,
    StoriesWanted,
    StoryBegun,
    StoryCard,
    StoryDesk,
    StoryTableAsked,
    StoryTableGiven,
    StoryTaken,
    StoryWithdrawn,
    WithdrawalAsked,
)
from handlers.views.story_words import STORIES, people_words, story_text
from services.clock import local_date
from services.delivery.policy import Policy
from services.delivery.requests import Request
from services.organisation.directory import Organisation
from services.stories.model import Draft, Story, StoryStatus, TieKind
from services.stories.noted import Wanted
from services.stories.reading import Page
from services.tables.model import Imported
from services.text.length import shortened

STATES = {
    StoryStatus.PREPARED: N_("📝 Prepared"),
    StoryStatus.PUBLISHED: N_("✅ Told to people"),
    StoryStatus.WITHDRAWN: N_("↩️ Withdrawn"),
}
_LABEL = 50


def desk_screen(wanted: Wanted, *, tables: bool) -> Screen:
    """Return what can be done about stories."""
    words = _(
        "Tell people what became of what they said: it is shown beside the poll, the topic or "
        "the proposal, and told to those who took part."
    )
    waits = _("📣 Wants a story: {count}").format(count=wanted.count)
    rows = [
        [button(_("✍️ Write a story"), StoryBegun())],
        [button(waits, StoriesWanted())],
        [button(_(STATES[StoryStatus.PREPARED]), StoriesKept(status=StoryStatus.PREPARED))],
        [button(_(STATES[StoryStatus.PUBLISHED]), StoriesKept(status=StoryStatus.PUBLISHED))],
    ]
    if tables:
        rows.append([button(_("📥 Bring a table"), StoryTableAsked())])
    return Screen(f"{bold(_(STORIES))}\n\n{words}", keyboard(*rows, [back(PartyDeskShown())]))


def wanted_screen(wanted: Wanted, organisation: Organisation) -> Screen:
    """Return what wants a story; each is begun by a tap."""
    rule = _(
        "Polls that closed more than 30 days ago, and the topics about which most people wrote "
        "in the last 90 days: nobody has told them what was done. Choose one to write."
    )
    polls = [
        _begin(f"📊 {pick(one.title_kk, one.title_ru)}", TieKind.POLL, str(one.poll))
        for one in wanted.polls[:10]
    ]
    topics = [
        _begin(
            f"{topic_line(one.topic, organisation)} · {people_words(one.people)}",
            TieKind.TOPIC,
            one.topic,
        )
        for one in wanted.topics
    ]
    if not wanted.count:
        rule = _("Nothing waits: people were told about everything.")
    return Screen(
        "\n\n".join((bold(_("📣 Wants a story")), rule)),
        keyboard(*polls, *topics, [back(StoryDesk())]),
    )


def kept_screen(page: Page, status: StoryStatus) -> Screen:
    """Return a page of stories in one state."""
    rows = [
        [
            button(
                shortened(story.words.title(current_language()), _LABEL), StoryCard(story=story.id)
            )
        ]
        for story in page.stories
    ]
    if page.more:
        older = StoriesKept(status=status, before=page.stories[-1].id)
        rows.append([button(_("Older ›"), older)])
    words = bold(_(STATES[status]))
    if not page.stories:
        words += "\n\n" + _("There is nothing here yet.")
    return Screen(words, keyboard(*rows, [back(StoryDesk())]))


def card_screen(story: Story, organisation: Organisation, note: str = "") -> Screen:
    """Return a story as staff see it, and what they may do with it."""
    state = _(STATES[story.status])
    if story.published_at is not None:
        state += f" · {full(local_date(story.published_at))}"
    blocks = [note, state, story_text(story.words, organisation)]
    rows: list[list[InlineKeyboardButton]] = []
    if story.status is StoryStatus.PREPARED:
        rows.append([button(_("👁 Look at it and publish"), StoryTaken(story=story.id))])
    if story.status is StoryStatus.PUBLISHED and story.mailing_id is not None:
        rows.append([button(_("📨 Open the mailing"), MailingOpened(mailing=story.mailing_id))])
    if story.status is not StoryStatus.WITHDRAWN:
        rows.append([button(_("↩️ Withdraw"), WithdrawalAsked(story=story.id))])
    leave = [back(StoriesKept(status=story.status))]
    return Screen("\n\n".join(filter(None, blocks)), keyboard(*rows, leave))


def withdrawal_screen(story: Story) -> Screen:
    """Ask before a story is withdrawn."""
    words = _(
        "Withdraw this story? It is shown nowhere any more and told to nobody else. Whoever has "
        "got it keeps the message."
    )
    title = escape(story.words.title(current_language()))
    yes = StoryWithdrawn(story=story.id, version=story.version)
    rows = [[button(_("↩️ Yes, withdraw"), yes)], [back(StoryCard(story=story.id))]]
    return Screen(f"{words}\n\n<i>{title}</i>", keyboard(*rows))


def published_note(people: int) -> str:
    """Say what happens with a story that was just published."""
    words = _("✅ Published. It is being told to those who took part: {people}")
    return words.format(people=people_words(people))


def table_screen(problem: str = "") -> Screen:
    """Ask for a table; problem: what was wrong with the one before, HTML."""
    ask = _(
        "Send a table as a document, CSV or XLSX. Each row is a story in both languages; it is "
        "only prepared: you look at it and publish it yourself. With one mistake nothing is "
        "taken in, and you see every mistake by its row."
    )
    lines = [f"⚠️ {problem}" if problem else "", bold(_("📥 Bring a table")), ask]
    rows = [[button(_("📄 Example"), StoryTableGiven())], [back(StoryDesk())]]
    return Screen("\n\n".join(filter(None, lines)), keyboard(*rows))


def imported_screen(imported: Imported) -> Screen:
    """Say what a table has prepared."""
    lines = [_("✅ The table is taken in."), _("Rows: {count}").format(count=imported.rows)]
    if imported.changes:
        lines.append(_("Stories prepared: {count}").format(count=imported.changes))
    else:
        lines.append(_("It says nothing new: everything was so already."))
    prepared = StoriesKept(status=StoryStatus.PREPARED)
    rows = [[button(_(STATES[StoryStatus.PREPARED]), prepared)], [back(StoryDesk())]]
    return Screen("\n".join(lines), keyboard(*rows))


def request_screen(request: Request, reader: int, lines: Sequence[str], note: str = "") -> Screen:
    """Return everything beside the texts, which stand above, and what the reader may do."""
    blocks = [
        note,
        bold(_("🔎 A request for approval: a story")),
        _("Asks: {name}").format(name=escape(request.asker)),
        _("Above is exactly what goes out, in Kazakh and in Russian."),
        *lines,
        *state_lines(request),
    ]
    text = "\n".join(filter(None, blocks))
    return Screen(text, keyboard(*request_buttons(request, reader)))


def asked_screen(request: Request, policy: Policy, others: int) -> Screen:
    """Tell the author that others were asked, and what happens now."""
    words = _(
        "🔎 More than {limit} people would be told, so another operator has to look at it first. "
        "Asked: {others}. You will be told when somebody decides."
    ).format(limit=f"{policy.approval_above:,}".replace(",", "\N{NO-BREAK SPACE}"), others=others)
    rows = [
        own_buttons(request),
        [button(_("🔎 Waiting for approval"), ApprovalsListed())],
        [back(StoryDesk())],
    ]
    return Screen(words, keyboard(*rows))


def draft_of(request: Request) -> Draft:
    """Return the story that a request would publish."""
    return Draft.of_json(request.approval.content)


def _begin(label: str, kind: TieKind, ref: str) -> list[InlineKeyboardButton]:
    return [button(shortened(label, _LABEL), StoryBegun(kind=kind, ref=ref))]
