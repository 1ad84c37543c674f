"""What the composer of news shows at each step."""

from html import escape

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.buttons import button, cancel, in_rows, keyboard, skip
from handlers.notice import Notice
from handlers.operator.news_callbacks import (
    MediaLeftOut,
    NewsDropped,
    NewsPartOpened,
    NewsSent,
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
from handlers.text import _, current_language
from handlers.views.mailing_progress import spaced
from handlers.views.news_notices import topic_line
from services.news.length import CAPTION_LENGTH, TEXT_LENGTH, first_line
from services.organisation.directory import Organisation

_TITLE_LENGTH = 60


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
    return Screen(text, keyboard(*in_rows(topics, 2), ways_out(sheet)))


def text_kk_screen(sheet: Sheet) -> Screen:
    """Ask for the Kazakh text."""
    text = _(
        "Send the text in Kazakh. Bold, italics and links are kept. "
        "Up to {long} characters, with a photo up to {short}."
    )
    return _asking(sheet, text.format(long=TEXT_LENGTH, short=CAPTION_LENGTH))


def text_ru_screen(sheet: Sheet) -> Screen:
    """Ask for the Russian text."""
    return _asking(sheet, _("Now send the same text in Russian. Neither goes out alone."))


def media_screen(sheet: Sheet) -> Screen:
    """Ask for a photo or none."""
    text = _("Send one photo for the post, or go on without.")
    without = [skip(MediaLeftOut(draft=sheet.draft))]
    return Screen(text, keyboard(without, ways_out(sheet)))


def check_screen(desk: NewsDesk, sheet: Sheet, people: int) -> Screen:
    """Show whom the post reaches; above it stands the post in both languages."""
    lines = (
        _("Above is the post as citizens will see it, in Kazakh and in Russian."),
        _("Topic: {topic}").format(topic=topic_line(sheet.topic or "", desk.organisation)),
        *audience_lines(sheet),
        *when_lines(desk, sheet),
        _("Will get it: {count}").format(count=spaced(people)),
        *approval_lines(desk, sheet, people),
    )
    return Screen("\n".join(lines), _check_buttons(desk, sheet, people))


def post_screen(notice: Notice) -> Screen:
    """Show the post as it will arrive."""
    return Screen(notice.text, notice.keyboard, media=notice.media)


def dropped_screen() -> Screen:
    """Say that the draft is gone."""
    return Screen(_("The draft is deleted. Nothing was sent."))


def sent_screen() -> Screen:
    """Say that the post is on its way."""
    return Screen(_("✅ The post is being sent. You will get a message with the result."))


def _asking(sheet: Sheet, text: str) -> Screen:
    return Screen(text, keyboard(ways_out(sheet)))


def _check_buttons(desk: NewsDesk, sheet: Sheet, people: int) -> InlineKeyboardMarkup:
    def change(label: str, step: Step) -> InlineKeyboardButton:
        return button(label, NewsPartOpened(draft=sheet.draft, step=step))

    return keyboard(
        [
            button(
                send_label(desk, sheet, people),
                NewsSent(draft=sheet.draft, version=sheet.version),
            )
        ],
        [change(_("✏️ Kazakh text"), Step.TEXT_KK), change(_("✏️ Russian text"), Step.TEXT_RU)],
        [change(_("🖼 Photo"), Step.MEDIA), change(_("🏷 Topic"), Step.TOPIC)],
        [change(_("👥 Who gets it"), Step.AUDIENCE)],
        [button(_("🗑 Delete the draft"), NewsDropped(draft=sheet.draft)), cancel()],
    )
