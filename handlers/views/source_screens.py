"""Screens about sources of news: the list, the card of one, and adding another."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard, paired
from handlers.operator.desk_callbacks import DeskShown
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.calendar_days import full, moment
from handlers.views.emphasis import bold
from handlers.views.news_notices import topic_line
from handlers.views.source_callbacks import (
    ChannelBegun,
    FeedBegun,
    NewLanguage,
    NewMode,
    NewSaved,
    NewTopic,
    RetireAsked,
    RetireConfirmed,
    SourceLanguageSet,
    SourceModeSet,
    SourceOpened,
    SourcesListed,
    SourceTopicAsked,
    SourceTopicSet,
)
from services.clock import local_date
from services.language import Language
from services.news.sources import WHO_MAY_AUTOMATE, NewSource, Source, SourceKind, SourcePage
from services.organisation.directory import Organisation
from services.text.length import shortened

NAMES: Mapping[Language, str] = {Language.KAZAKH: "Қазақша", Language.RUSSIAN: "Русский"}
_EMOJI = {SourceKind.CHANNEL: "📢", SourceKind.FEED: "📡"}
_LABEL = 40


def list_screen(page: SourcePage, *, first: bool) -> Screen:
    """Return the sources with their state."""
    lines = [
        bold(_("📡 Sources of news")),
        "",
        _("News comes from here by itself: from Telegram channels and from sites (RSS, Atom)."),
    ]
    if not page.sources and first:
        lines += ["", _("There are none yet.")]
    for source in page.sources:
        lines += ["", _source_line(source)]
    rows = [[button(_label(source), SourceOpened(source=source.id))] for source in page.sources]
    turning = [] if first else [button(_("« To the beginning"), SourcesListed())]
    if page.more:
        turning.append(button(_("More ›"), SourcesListed(after=page.sources[-1].id)))
    adding = [button(_("➕ Site"), FeedBegun()), button(_("➕ Channel"), ChannelBegun())]
    return Screen("\n".join(lines), keyboard(*rows, turning, adding, [back(DeskShown())]))


def card_screen(
    source: Source, organisation: Organisation, note: str = "", *, administrator: bool
) -> Screen:
    """Return a source and what the reader can change about it."""
    lines = [f"{_EMOJI[source.kind]} {bold(escape(source.title))}"]
    if source.kind is SourceKind.FEED:
        lines.append(escape(source.address))
    lines += [
        "",
        *_settings(source, organisation, administrator=administrator),
        _state(source),
    ]
    if note:
        lines += ["", note]
    text = "\n".join(lines)
    if source.retired_at is not None:
        return Screen(text, keyboard([back(SourcesListed())]))
    place = {"source": source.id, "version": source.version}
    other = _other(source.language)
    mode = _("❓ Ask an operator") if source.automatic else _("⚡ Publish by itself")
    switch = SourceModeSet(**place, automatic=not source.automatic)
    return Screen(
        text,
        keyboard(
            [button(_("🏷 Topic"), SourceTopicAsked(**place))],
            [button(f"🌐 {NAMES[other]}", SourceLanguageSet(**place, language=other))],
            [button(mode, switch)] if administrator or source.automatic else [],
            [button(_("🗑 Take no more news from here"), RetireAsked(**place))],
            [back(SourcesListed())],
        ),
    )


def topic_screen(source: Source, organisation: Organisation) -> Screen:
    """Return the topics for a source that is there already."""

    def chosen(code: str) -> CallbackData:
        return SourceTopicSet(source=source.id, version=source.version, topic=code)

    text = _("What is the news of this source about? Subscribers of the topic will get it.")
    leave = back(SourceOpened(source=source.id))
    return Screen(text, keyboard(*_topics(organisation, chosen), [leave]))


def retire_screen(source: Source) -> Screen:
    """Ask before a source is given up."""
    text = _("Take no more news from here? What has come already stays. Source: {title}")
    confirmed = RetireConfirmed(source=source.id, version=source.version)
    return Screen(
        text.format(title=escape(source.title)),
        keyboard(
            [button(_("🗑 Yes, no more news"), confirmed)],
            [back(SourceOpened(source=source.id))],
        ),
    )


def address_screen(problem: str = "") -> Screen:
    """Ask for the address of a feed."""
    text = _(
        "Send the address of the site’s news feed (RSS or Atom). "
        "It often looks like this: https://example.kz/rss"
    )
    return Screen(_below(problem, text), keyboard([back(SourcesListed())]))


def channel_screen(problem: str = "") -> Screen:
    """Ask for a channel."""
    text = _(
        "1. Make the bot an administrator of the channel.\n"
        "2. Forward any post of the channel to this chat."
    )
    return Screen(_below(problem, text), keyboard([back(SourcesListed())]))


def found_screen(
    draft: str, title: str, newest: Sequence[str], organisation: Organisation
) -> Screen:
    """Show what was found at an address, and ask what it is about."""
    lines = [bold(escape(title)), ""]
    if newest:
        lines += [_("The latest news there:"), *(f"• {escape(one)}" for one in newest), ""]
    lines.append(_("What is the news of this source about? Subscribers of the topic will get it."))

    def chosen(code: str) -> CallbackData:
        return NewTopic(draft=draft, topic=code)

    leave = back(SourcesListed())
    return Screen("\n".join(lines), keyboard(*_topics(organisation, chosen), [leave]))


def language_screen(draft: str) -> Screen:
    """Ask in which language a new source writes."""
    text = _("In which language does it write? Only readers of that language will get its news.")
    choices = [
        button(name, NewLanguage(draft=draft, language=language))
        for language, name in NAMES.items()
    ]
    return Screen(text, keyboard(choices, [back(SourcesListed())]))


def mode_screen(draft: str) -> Screen:
    """Ask whether a new source publishes by itself."""
    text = _(
        "Shall its news go out by itself? If not, an operator sees each first and decides. "
        "By itself a source publishes at most ten times a day."
    )
    return Screen(
        text,
        keyboard(
            [button(_("❓ Ask an operator"), NewMode(draft=draft, automatic=False))],
            [button(_("⚡ Publish by itself"), NewMode(draft=draft, automatic=True))],
            [back(SourcesListed())],
        ),
    )


def check_screen(
    draft: str, new: NewSource, organisation: Organisation, *, administrator: bool
) -> Screen:
    """Show the new source as it would be taken up."""
    lines = [
        f"{_EMOJI[new.kind]} {bold(escape(new.title))}",
        "",
        *_settings(new, organisation, administrator=administrator),
    ]
    return Screen(
        "\n".join(lines),
        keyboard([button(_("✅ Save"), NewSaved(draft=draft))], [back(SourcesListed())]),
    )


def _topics(
    organisation: Organisation, chosen: Callable[[str], CallbackData]
) -> list[list[InlineKeyboardButton]]:
    language = current_language()
    everybodys = (each for each in organisation.news_topics.values() if not each.of_programme)
    topics = [topic for topic in everybodys if not topic.retired]
    buttons = [
        button(f"{topic.emoji} {topic.name(language)}", chosen(topic.code)) for topic in topics
    ]
    return paired(buttons)


def _settings(
    source: Source | NewSource, organisation: Organisation, *, administrator: bool
) -> list[str]:
    lines = [
        _("Topic: {topic}").format(topic=topic_line(source.topic, organisation)),
        _("Language of the source: {language}").format(language=NAMES[source.language]),
    ]
    if source.automatic:
        return [*lines, _("Its news goes out by itself.")]
    lines.append(_("An operator decides on each."))
    return lines if administrator else [*lines, _(WHO_MAY_AUTOMATE)]


def _source_line(source: Source) -> str:
    return f"{_EMOJI[source.kind]} {bold(escape(source.title))}\n{_state(source)}"


def _state(source: Source) -> str:
    if source.retired_at is not None:
        return _("No more news is taken from here.")
    if source.broken_since is not None:
        return _("⚠️ It cannot be read since: {moment}").format(moment=moment(source.broken_since))
    if source.newest is not None:
        day = full(local_date(source.newest))
        return _("The latest news came on: {day}").format(day=day)
    return _("Nothing has come from it yet.")


def _label(source: Source) -> str:
    sign = "⚠️" if source.broken_since else _EMOJI[source.kind]
    return f"{sign} {shortened(source.title, _LABEL)}"


def _below(problem: str, text: str) -> str:
    return f"{problem}\n\n{text}" if problem else text


def _other(language: Language) -> Language:
    return Language.KAZAKH if language is Language.RUSSIAN else Language.RUSSIAN
