"""What the composer of stories shows at each step."""

from collections.abc import Mapping
from html import escape

from aiogram.types import InlineKeyboardButton
from aiogram.utils.i18n import I18n

from handlers.buttons import back, button, cancel, keyboard, skip
from handlers.screen import Event, Screen, send
from handlers.text import N_, _, current_language
from handlers.views.appeal_names import topic_line
from handlers.views.emphasis import bold
from handlers.views.story_callbacks import (
    PartOpened,
    PartsShown,
    PhotoLeft,
    PlaceWhole,
    Step,
    StoryDesk,
    StoryDropped,
    StorySent,
    TieSet,
    TiesListed,
)
from handlers.views.story_words import people_words, place_words, story_text
from services.language import Language, choose
from services.organisation.directory import Organisation
from services.stories.checking import LONGEST_DID, LONGEST_SAID, SHORTEST, WITH_PHOTO
from services.stories.model import Draft, Tie, TieKind
from services.stories.ties import Choice, Titles
from services.text.length import shortened

PLACE = N_("Where was it done? Of a topic those are told who wrote from there.")
_SHOWN = 700
_LABEL = 40
_KINDS = {
    TieKind.POLL: N_("📊 Polls"),
    TieKind.TOPIC: N_("🏷 Topics"),
    TieKind.PROPOSAL: N_("💡 Proposals"),
}
_ASKED = {
    Step.SAID_KK: N_("What did people say? Write it in Kazakh, in one or two sentences."),
    Step.SAID_RU: N_("Write the same in Russian: what people said."),
    Step.DID_KK: N_("What was done about it? Write it in Kazakh: what, where, since when."),
    Step.DID_RU: N_("Write the same in Russian: what was done."),
}
_PARTS = {
    Step.TIES: N_("🔗 What it is about"),
    Step.SAID_KK: N_("✏️ Said, Kazakh"),
    Step.SAID_RU: N_("✏️ Said, Russian"),
    Step.DID_KK: N_("✏️ Done, Kazakh"),
    Step.DID_RU: N_("✏️ Done, Russian"),
    Step.PHOTO: N_("🖼 Photo"),
    Step.PLACE: N_("📍 Place"),
}


def begun_screen(draft: str, step: Step, words: Draft) -> Screen:
    """Say that there is an unfinished story, and offer to go on with it."""
    title = escape(words.title(current_language()))
    lines = [_("You have an unfinished story."), f"<i>{title}</i>" if title else ""]
    return Screen(
        "\n".join(filter(None, lines)),
        keyboard(
            [button(_("▶️ Go on"), PartOpened(draft=draft, step=step))],
            [button(_("🗑 Delete the draft"), StoryDropped(draft=draft))],
            [back(StoryDesk())],
        ),
    )


def ties_screen(
    draft: str, words: Draft, titles: Titles, organisation: Organisation, leave: Step | None
) -> Screen:
    """Show what the story is about, and ask for more."""
    ask = _(
        "What is the story about? Choose polls, topics or proposals: it is told to those who "
        "took part in them, to each once. A poll: for whom it was – who answered nobody knows."
    )
    lines = [bold(_("✅ You said, we did")), ask]
    if words.ties:
        chosen = [f"• {escape(tie_label(tie, titles, organisation))}" for tie in words.ties]
        lines.append("\n".join(chosen))
    lists = [
        [button(_(label), TiesListed(draft=draft, kind=kind))] for kind, label in _KINDS.items()
    ]
    done = [button(_("Next ›"), PartOpened(draft=draft, step=Step.CHECK))] if words.ties else []
    return Screen("\n\n".join(lines), keyboard(*lists, done, _ways_out(draft, leave)))


def choice_screen(
    draft: str, kind: TieKind, choice: Choice, words: Draft, organisation: Organisation
) -> Screen:
    """Show what can be tied, of one kind; what is tied bears a mark."""
    rows = [
        [
            button(
                f"{'✅ ' if tie in words.ties else ''}"
                f"{shortened(tie_label(tie, choice.titles, organisation), _LABEL)}",
                TieSet(draft=draft, kind=kind, ref=tie.ref, tied=tie not in words.ties),
            )
        ]
        for tie in choice.ties
    ]
    if choice.after:
        further = TiesListed(draft=draft, kind=kind, after=choice.after)
        rows.append([button(_("More ›"), further)])
    text = _("Choose one; press it again to take it out.")
    if not choice.ties:
        text = _("There is nothing here yet.")
    leave = [back(PartOpened(draft=draft, step=Step.TIES))]
    return Screen(f"{bold(_(_KINDS[kind]))}\n\n{text}", keyboard(*rows, leave))


def words_screen(
    draft: str, step: Step, words: Draft, leave: Step | None, problem: str = ""
) -> Screen:
    """Ask for the words of one step; a problem stands above."""
    said = step in {Step.SAID_KK, Step.SAID_RU}
    limits = _("From {least} to {most} characters, without anybody’s name or address.").format(
        least=SHORTEST, most=LONGEST_SAID if said else LONGEST_DID
    )
    language = "kk" if step in {Step.SAID_KK, Step.DID_KK} else "ru"
    now = words.said(language) if said else words.did(language)
    lines = [f"⚠️ {problem}" if problem else "", bold(_(_ASKED[step])), limits]
    if now:
        says = _("Now it says:")
        lines.append(f"{says}\n{escape(shortened(now, _SHOWN))}")
    return Screen("\n\n".join(filter(None, lines)), keyboard(_ways_out(draft, leave)))


def photo_screen(draft: str, words: Draft, leave: Step | None, problem: str = "") -> Screen:
    """Ask for a photo or none; a problem stands above."""
    ask = _("Send one photo of what was done, or go on without.")
    room = _("Under a photo both texts may have {most} characters together.").format(
        most=WITH_PHOTO
    )
    lines = [f"⚠️ {problem}" if problem else "", ask, room]
    without = PhotoLeft(draft=draft)
    label = button(_("🗑 Without a photo"), without) if words.photo else skip(without)
    return Screen("\n\n".join(filter(None, lines)), keyboard([label], _ways_out(draft, leave)))


def place_rows(draft: str) -> list[list[InlineKeyboardButton]]:
    """Return what stands below the regions."""
    return [[button(_("🇰🇿 The whole country"), PlaceWhole(draft=draft))]]


def place_way_out(draft: str) -> list[InlineKeyboardButton]:
    """Return the last row below the regions."""
    return [back(PartOpened(draft=draft, step=Step.PHOTO)), cancel(StoryDesk())]


async def send_previews(event: Event, words: Draft, organisation: Organisation) -> None:
    """Send the story as a reader of each language gets it, Kazakh first."""
    i18n = I18n.get_current(no_error=False)
    for language in Language:
        with i18n.use_locale(language.value):
            screen = Screen(story_text(words, organisation), photo=words.photo)
        await send(event, screen)


def check_lines(
    words: Draft, titles: Titles, organisation: Organisation, people: int
) -> list[str]:
    """Return what stands beside the texts: ties, place, and how many would be told."""
    tied = [f"• {escape(tie_label(tie, titles, organisation))}" for tie in words.ties]
    return [
        "\n".join([_("🔗 What it is about:"), *tied]),
        escape(_("📍 Place: {place}").format(place=place_words(words))),
        _("Will be told, as they took part: {people}").format(people=people_words(people)),
    ]


def check_screen(draft: str, version: int, lines: list[str], *, asks: bool) -> Screen:
    """Show what stands beside the previews above; asks: somebody else must approve it first."""
    label = _("🔎 Ask for approval") if asks else _("📨 Publish and tell them")
    above = _("Above is the story as it will be read, in Kazakh and in Russian.")
    rows = [
        [button(label, StorySent(draft=draft, version=version))],
        [button(_("✏️ Change"), PartsShown(draft=draft))],
        [button(_("🗑 Delete the draft"), StoryDropped(draft=draft)), cancel(StoryDesk())],
    ]
    return Screen("\n\n".join([above, *lines]), keyboard(*rows))


def parts_screen(draft: str) -> Screen:
    """Ask which part to change."""
    rows = [
        [button(_(label), PartOpened(draft=draft, step=step))] for step, label in _PARTS.items()
    ]
    leave = [back(PartOpened(draft=draft, step=Step.CHECK))]
    return Screen(_("What would you like to change?"), keyboard(*rows, leave))


def dropped_screen() -> Screen:
    """Say that the draft is gone."""
    return Screen(
        _("The draft is deleted. Nothing was told to anybody."), keyboard([back(StoryDesk())])
    )


def tie_label(tie: Tie, titles: Mapping[Tie, tuple[str, str]], organisation: Organisation) -> str:
    """Return what a tie is called, as plain text."""
    if tie.kind is TieKind.TOPIC:
        return topic_line(tie.ref, organisation)
    sign = "📊" if tie.kind is TieKind.POLL else "💡"
    title = choose(current_language(), *titles[tie]) if tie in titles else tie.ref
    return f"{sign} {title}"


def _ways_out(draft: str, leave: Step | None) -> list[InlineKeyboardButton]:
    before = [] if leave is None else [back(PartOpened(draft=draft, step=leave))]
    return [*before, cancel(StoryDesk())]
