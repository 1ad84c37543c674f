"""The latest news, what a search found, and a post out of these, as a citizen sees them."""

import hashlib
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.calendar_days import full
from handlers.views.news_callbacks import (
    NewsFound,
    NewsListed,
    NewsSearchBegun,
    OpenNewsTopics,
    PostOpened,
)
from handlers.views.news_notices import post_keyboard, topic_line
from services.clock import local_date
from services.delivery.target import Target
from services.news.latest import Page
from services.news.length import first_line
from services.news.model import Post
from services.news.reading import Read
from services.organisation.directory import Organisation
from services.places.atlas import atlas

_TITLE_LENGTH = 90
_PLACES = 3


def news_screen(page: Page, organisation: Organisation) -> Screen:
    """Return a page of the latest posts, each to be opened by its number."""
    topics = button(_("🔔 Topics of news"), OpenNewsTopics())
    if not page.posts:
        return Screen(_("There is no news yet. It will arrive here."), keyboard([topics]))
    turning = []
    if page.newer:
        turning.append(button(_("‹ Newer"), NewsListed(edge=page.posts[0].id, newer=True)))
    if page.older:
        turning.append(button(_("Older ›"), NewsListed(edge=page.posts[-1].id)))
    search = button(_("🔎 Search"), NewsSearchBegun())
    text = "\n\n".join(
        [
            _("📰 <b>Latest news</b>"),
            *_items(page, organisation),
            _("Press a number to read."),
        ]
    )
    return Screen(text, keyboard(_numbers(page), turning, [search], [topics]))


def search_screen(note: str = "") -> Screen:
    """Ask for the words to look for; `note` stands above."""
    question = _(
        "Which words are you looking for in the news? "
        "Send one or several: the beginning of a word is enough."
    )
    text = "\n\n".join(filter(None, (note, question)))
    return Screen(text, keyboard([back(NewsListed())]))


def found_screen(words: str, page: Page, organisation: Organisation, *, first: bool) -> Screen:
    """Return a page of what was found; `first` where nothing newer was found before it."""
    again = button(_("🔎 Search again"), NewsSearchBegun())
    leave = [back(NewsListed())]
    if not page.posts:
        text = _("Nothing was found: {words}").format(words=escape(words))
        advice = _("Try another word, or only its beginning.")
        return Screen(f"{text}\n{advice}", keyboard([again], leave))
    turning = []
    of = words_hash(words)
    if not first:
        turning.append(button(_("‹ Newer"), NewsFound(edge=0, words=of)))
    if page.older:
        turning.append(button(_("Older ›"), NewsFound(edge=page.posts[-1].id, words=of)))
    title = _("🔎 Found by the words: {words}").format(words=escape(words))
    text = "\n\n".join([title, *_items(page, organisation), _("Press a number to read.")])
    return Screen(text, keyboard(_numbers(page), turning, [again], leave))


def post_screen(read: Read, organisation: Organisation, *, all_muted: bool) -> Screen:
    """Return a post as it once arrived, with its buttons as they stand for this person."""
    post = read.post
    buttons = post_keyboard(
        post.id,
        post.topic,
        post.links,
        organisation,
        useful=read.useful,
        topic_muted=read.topic_muted,
        all_muted=all_muted,
    )
    return Screen(post.text(current_language()), buttons, media=post.media)


def words_hash(words: str) -> str:
    """Return a mark of these words for a button, which holds no text."""
    return hashlib.blake2s(words.encode(), digest_size=4).hexdigest()


def _items(page: Page, organisation: Organisation) -> list[str]:
    return [_item(number, post, organisation) for number, post in enumerate(page.posts, 1)]


def _item(number: int, post: Post, organisation: Organisation) -> str:
    title = escape(first_line(post.text(current_language()), _TITLE_LENGTH))
    about = f"{full(local_date(post.published_at))} · {topic_line(post.topic, organisation)}"
    return "\n".join(filter(None, (f"<b>{number}. {title}</b>", about, _places(post.target))))


def _places(target: Target) -> str:
    """Return the places that a post is for; "" where it is for the whole country."""
    found = [atlas().place(kato) for kato in (*target.regions, *target.districts)]
    names = [(place.district or place.region).name(current_language()) for place in found if place]
    if not names:
        return ""
    more = ["…"] if len(names) > _PLACES else []
    return "📍 " + escape(", ".join([*names[:_PLACES], *more]))


def _numbers(page: Page) -> list[InlineKeyboardButton]:
    return [
        button(str(number), PostOpened(post=post.id)) for number, post in enumerate(page.posts, 1)
    ]
