"""What the composer of news shows at each step."""

from html import escape

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.buttons import back, button, cancel, keyboard, paired, skip
from handlers.notice import Notice
from handlers.operator.news_callbacks import (
    LinkRemoved,
    MediaLeftOut,
    MediaWhole,
    NewsChannelChosen,
    NewsDropped,
    NewsEditOpened,
    NewsPartOpened,
    NewsSent,
    NewsTested,
    NewsTopicChosen,
    Step,
)
from handlers.operator.news_composer.approving import approval_lines, send_label
from handlers.operator.news_composer.audience import audience_lines
from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.news_composer.sheet import Sheet
from handlers.operator.news_composer.timing import when_lines
from handlers.operator.news_composer.ways import ways_out
from handlers.screen import Screen
from handlers.text import N_, _, current_language, pick
from handlers.views.mailing_progress import spaced
from handlers.views.news_notices import topic_line
from services.news.bilingual import Doubt, doubts
from services.news.length import CAPTION_LENGTH, TEXT_LENGTH, first_line
from services.news.links import MOST_LINKS
from services.news.model import ChannelText, MediaType
from services.organisation.directory import Organisation

_TITLE_LENGTH = 60
DOUBTS = {
    Doubt.SAME: N_("Both texts are the same. Please look whether each is in its language."),
    Doubt.RUSSIAN_FOR_KAZAKH: N_(
        "The Kazakh text has no Kazakh letters. Please look whether it is in Kazakh."
    ),
}
MEDIA_WORDS = {
    MediaType.PHOTO: N_("a photo"),
    MediaType.VIDEO: N_("a video"),
    MediaType.DOCUMENT: N_("a file"),
}
CHANNEL_WORDS: dict[ChannelText | None, str] = {
    None: N_("No, only in the bot"),
    ChannelText.KAZAKH: N_("In Kazakh"),
    ChannelText.RUSSIAN: N_("In Russian"),
    ChannelText.BOTH: N_("In both languages"),
}


def begun_screen(sheet: Sheet, organisation: Organisation) -> Screen:
    """Say that there is an unfinished post, and offer to go on with it."""
    title = first_line(sheet.text_kk or sheet.text_ru or "", _TITLE_LENGTH)
    topic = topic_line(sheet.topic, organisation) if sheet.topic else ""
    text = _("You have an unfinished post: {post}").format(
        post=" · ".join(part for part in (topic, escape(title)) if part)
    )
    go_on = NewsPartOpened(draft=sheet.draft, step=sheet.step)
    return Screen(
        text,
        keyboard(
            [button(_("▶️ Go on"), go_on)],
            [button(_("🗑 Delete the draft"), NewsDropped(draft=sheet.draft)), cancel()],
        ),
    )


def topic_screen(sheet: Sheet, organisation: Organisation) -> Screen:
    """Ask what the post is about."""
    topics = [
        button(
            f"{topic.emoji} {topic.name(current_language())}",
            NewsTopicChosen(draft=sheet.draft, topic=topic.code),
        )
        for topic in organisation.news_topics.values()
        if not topic.retired
    ]
    text = _("A new post. What is it about? Its topic’s subscribers will get it.")
    return Screen(text, keyboard(*paired(topics), ways_out(sheet)))


def text_kk_screen(sheet: Sheet) -> Screen:
    """Ask for the Kazakh text."""
    text = _(
        "Send the text in Kazakh. Bold, italics, quotes and links are kept; a photo or a video "
        "may come with it. Up to {long} characters, with one photo, video or file up to {short}."
    )
    return _asking(sheet, text.format(long=TEXT_LENGTH, short=CAPTION_LENGTH))


def text_ru_screen(sheet: Sheet) -> Screen:
    """Ask for the Russian text."""
    text = _("Now send the same text in Russian. Neither goes out alone.")
    return _asking(sheet, "\n\n".join([*doubt_lines(sheet), text]))


def media_screen(sheet: Sheet, problem: str = "") -> Screen:
    """Ask for media or none, or when an album that is coming is whole; a problem stands above."""
    lines = [f"⚠️ {problem}"] if problem else []
    if sheet.album is not None:
        lines.append(_("An album is coming. Once all its parts stand above, press «Next»."))
    else:
        lines.append(_("Send a photo, a video, a file or an album, or go on without."))
    if sheet.media and sheet.album is None:
        lines.append(_("Now: {media}").format(media=media_words(sheet)))
    whole = [button(_("Next ›"), MediaWhole(draft=sheet.draft))] if sheet.media else []
    without = MediaLeftOut(draft=sheet.draft)
    label = button(_("🗑 Without media"), without) if sheet.media else skip(without)
    return Screen("\n\n".join(lines), keyboard(whole, [label], ways_out(sheet)))


def links_screen(sheet: Sheet, problem: str = "") -> Screen:
    """Show the buttons that lead out and ask for one more; a problem stands above."""
    lines = [f"⚠️ {problem}"] if problem else []
    listed = [
        f"{number}. {escape(link.text_kk)} / {escape(link.text_ru)}\n{escape(link.url)}"
        for number, link in enumerate(sheet.links, 1)
    ]
    lines += ["\n".join(listed)] if listed else []
    if len(sheet.links) < MOST_LINKS:
        lines.append(
            _(
                "Send the address for a button «Толығырақ / Подробнее», or three lines: words in "
                "Kazakh, words in Russian, the address. Up to {count} buttons."
            ).format(count=MOST_LINKS)
        )
    removing = [
        button(
            _("🗑 Remove: {words}").format(words=pick(link.text_kk, link.text_ru)),
            LinkRemoved(draft=sheet.draft, version=sheet.version, number=number),
        )
        for number, link in enumerate(sheet.links)
    ]
    done = button(_("✅ Ready"), NewsPartOpened(draft=sheet.draft, step=Step.CHECK))
    return Screen("\n\n".join(lines), keyboard(*([one] for one in removing), [done, cancel()]))


def channel_screen(sheet: Sheet) -> Screen:
    """Ask in which words the post also stands in the party's channel."""
    choices = [
        button(
            f"{'✅ ' if sheet.channel is channel else ''}{_(words)}",
            NewsChannelChosen(draft=sheet.draft, channel=channel),
        )
        for channel, words in CHANNEL_WORDS.items()
    ]
    text = _("Shall the post also stand in the party’s channel?")
    return Screen(text, keyboard(*([one] for one in choices), ways_out(sheet)))


def check_screen(
    desk: NewsDesk, sheet: Sheet, people: int, problem: str = "", waits: str = ""
) -> Screen:
    """Show whom the post reaches; above it stands the post in both languages.

    waits: that it will wait for the end of the silence before a vote.
    """
    channel = _(CHANNEL_WORDS[sheet.channel])
    lines = (
        f"⚠️ {escape(problem)}\n"
        if problem
        else _("Above is the post as citizens will see it, in Kazakh and in Russian."),
        *doubt_lines(sheet),
        _("Topic: {topic}").format(topic=topic_line(sheet.topic or "", desk.organisation)),
        *audience_lines(sheet),
        *([waits, *when_lines(desk, sheet)[1:]] if waits else when_lines(desk, sheet)),
        *([_("Channel: {choice}").format(choice=channel)] if sheet.channel else []),
        _("Will get it: {count}").format(count=spaced(people)),
        *approval_lines(desk, sheet, people),
    )
    return Screen("\n".join(lines), _check_buttons(desk, sheet, people))


def edit_screen(desk: NewsDesk, sheet: Sheet) -> Screen:
    """Ask which part of the post to change."""

    def change(label: str, step: Step) -> InlineKeyboardButton:
        return button(label, NewsPartOpened(draft=sheet.draft, step=step))

    channel = [change(_("📢 Channel"), Step.CHANNEL)] if _has_channel(desk, sheet) else []
    return Screen(
        _("What would you like to change?"),
        keyboard(
            [change(_("✏️ Kazakh text"), Step.TEXT_KK), change(_("✏️ Russian text"), Step.TEXT_RU)],
            [change(_("🖼 Photo, video, file"), Step.MEDIA)],
            [change(_("🔗 Link buttons"), Step.LINKS), change(_("🏷 Topic"), Step.TOPIC)],
            channel,
            [back(NewsPartOpened(draft=sheet.draft, step=Step.CHECK)), cancel()],
        ),
    )


def doubt_lines(sheet: Sheet) -> list[str]:
    """Return what looks wrong with the texts: a sentence each, nothing is refused for it."""
    return [f"⚠️ {_(DOUBTS[doubt])}" for doubt in doubts(sheet.text_kk, sheet.text_ru)]


def media_words(sheet: Sheet) -> str:
    """Return what stands above the text, in words."""
    media = sheet.media or ()
    if len(media) == 1:
        return _(MEDIA_WORDS[media[0].type])
    return _("an album, {count}").format(count=len(media))


def post_screen(notice: Notice) -> Screen:
    """Show the post as it will arrive."""
    return Screen(notice.text, notice.keyboard, media=notice.media)


def dropped_screen() -> Screen:
    """Say that the draft is gone."""
    return Screen(_("The draft is deleted. Nothing was sent."))


def too_late_screen() -> Screen:
    """Say that the post was approved and sent before."""
    return Screen(_("This post has already been sent or deleted."))


def _asking(sheet: Sheet, text: str) -> Screen:
    return Screen(text, keyboard(ways_out(sheet)))


def _check_buttons(desk: NewsDesk, sheet: Sheet, people: int) -> InlineKeyboardMarkup:
    draft, version = sheet.draft, sheet.version
    return keyboard(
        [button(send_label(desk, sheet, people), NewsSent(draft=draft, version=version))],
        [button(_("🧪 Send a test to myself"), NewsTested(draft=draft, version=version))],
        [
            button(_("👥 Who gets it"), NewsPartOpened(draft=draft, step=Step.AUDIENCE)),
            button(_("🕒 When"), NewsPartOpened(draft=draft, step=Step.WHEN)),
        ],
        [button(_("✏️ Change the post"), NewsEditOpened(draft=draft))],
        [button(_("🗑 Delete the draft"), NewsDropped(draft=draft)), cancel()],
    )


def _has_channel(desk: NewsDesk, sheet: Sheet) -> bool:
    """Tell whether to offer the channel: there is one, or one was chosen while there was."""
    return desk.policy.channel is not None or sheet.channel is not None
