"""What the composer of news shows at each step."""

from html import escape

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.buttons import back, button, cancel, in_rows, keyboard, skip
from handlers.notice import Notice
from handlers.operator.news_callbacks import (
    NewsAudienceChosen,
    NewsDropped,
    NewsPartOpened,
    NewsRegionsOpened,
    NewsSent,
    NewsTopicChosen,
    PhotoLeftOut,
    Step,
)
from handlers.operator.news_composer.sheet import Sheet
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.mailing_progress import spaced
from handlers.views.news_notices import topic_line
from services.news.length import CAPTION_LENGTH, TEXT_LENGTH, first_line
from services.organisation.directory import Organisation
from services.places.atlas import atlas

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
    return Screen(text, keyboard(*in_rows(topics, 2), _ways_out(sheet)))


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


def photo_screen(sheet: Sheet) -> Screen:
    """Ask for a photo or none."""
    text = _("Send one photo for the post, or go on without.")
    without = [skip(PhotoLeftOut(draft=sheet.draft))]
    return Screen(text, keyboard(without, _ways_out(sheet)))


def audience_screen(sheet: Sheet, reachable: int) -> Screen:
    """Ask for whom; the number is that of all subscribers of the topic."""
    text = _("Who gets the post? Subscribers of the topic who can be reached: {count}")
    everybody = button(_("👥 All subscribers"), NewsAudienceChosen(draft=sheet.draft))
    region = button(_("📍 One region"), NewsRegionsOpened(draft=sheet.draft))
    return Screen(
        text.format(count=spaced(reachable)), keyboard([everybody], [region], _ways_out(sheet))
    )


def regions_screen(sheet: Sheet) -> Screen:
    """Ask for the region."""
    regions = [
        button(region.name(current_language()), NewsAudienceChosen(draft=sheet.draft, region=kato))
        for kato, region in atlas().regions.items()
    ]
    ways = [back(NewsPartOpened(draft=sheet.draft, step=Step.AUDIENCE)), cancel()]
    return Screen(_("People of which region get the post?"), keyboard(*in_rows(regions, 2), ways))


def check_screen(sheet: Sheet, organisation: Organisation, reachable: int) -> Screen:
    """Show whom the post reaches; above it stands the post in both languages."""
    place = atlas().find(sheet.region)
    region = place.region.name(current_language()) if place else _("All regions")
    lines = (
        _("Above is the post as citizens will see it, in Kazakh and in Russian."),
        _("Topic: {topic}").format(topic=topic_line(sheet.topic or "", organisation)),
        _("Region: {region}").format(region=escape(region)),
        _("Will get it: {count}").format(count=spaced(reachable)),
    )
    return Screen("\n".join(lines), _check_buttons(sheet))


def post_screen(notice: Notice, keyboard: InlineKeyboardMarkup) -> Screen:
    """Show the post as it will arrive, with buttons that only show themselves."""
    return Screen(notice.text, keyboard, photo=next((one.file_id for one in notice.media), None))


def dropped_screen() -> Screen:
    """Say that the draft is gone."""
    return Screen(_("The draft is deleted. Nothing was sent."))


def sent_screen() -> Screen:
    """Say that the post is on its way."""
    return Screen(_("✅ The post is being sent. You will get a message with the result."))


def _asking(sheet: Sheet, text: str) -> Screen:
    return Screen(text, keyboard(_ways_out(sheet)))


def _ways_out(sheet: Sheet) -> list[InlineKeyboardButton]:
    before = sheet.before
    ways = [back(NewsPartOpened(draft=sheet.draft, step=before))] if before else []
    return [*ways, cancel()]


def _check_buttons(sheet: Sheet) -> InlineKeyboardMarkup:
    def change(label: str, step: Step) -> InlineKeyboardButton:
        return button(label, NewsPartOpened(draft=sheet.draft, step=step))

    return keyboard(
        [button(_("📨 Send"), NewsSent(draft=sheet.draft, version=sheet.version))],
        [change(_("✏️ Kazakh text"), Step.TEXT_KK), change(_("✏️ Russian text"), Step.TEXT_RU)],
        [change(_("🖼 Photo"), Step.PHOTO), change(_("🏷 Topic"), Step.TOPIC)],
        [change(_("👥 Who gets it"), Step.AUDIENCE)],
        [button(_("🗑 Delete the draft"), NewsDropped(draft=sheet.draft)), cancel()],
    )
