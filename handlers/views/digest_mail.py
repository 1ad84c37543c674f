"""A digest as an e-mail: the same words as in Telegram, plain and as simple HTML."""

import re
from html import escape, unescape

from handlers.notice import Notice
from handlers.text import _, current_language
from handlers.views.digest_names import digest_name
from services.digests.channel import Attachment, Content, Undelivered

_MARK = re.compile(r"<[^>]*>")
_KEPT = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_PAGE = (
    '<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"></head>\n'
    '<body style="font-family: sans-serif; line-height: 1.5; max-width: 40em">\n'
    "{body}\n</body></html>\n"
)


def mail_content(
    notice: Notice,
    digest: Undelivered,
    link: str | None,
    attachments: tuple[Attachment, ...] = (),
) -> Content:
    """Return the e-mail of a digest in the current language.

    notice: the digest as Telegram has it; link: where the bot is, there its reader says that they
    have read it.
    """
    plain = unescape(_MARK.sub("", notice.text)) if notice.plain is None else notice.plain
    text, body = f"{plain}\n", _html(notice.text)
    if link is not None:
        words = _("Please confirm in the bot that you have read it: {link}")
        anchor = f'<a href="{escape(link)}">{escape(link)}</a>'
        text = f"{text}\n{words.format(link=link)}\n"
        body = f"{body}\n<p>{escape(words).format(link=anchor)}</p>"
    page = _PAGE.format(language=current_language().value, body=body)
    return Content(digest_name(digest.period, digest.day), text, page, attachments)


def _html(telegram: str) -> str:
    """Return Telegram's HTML with its line breaks as a browser shows them."""
    parts = _KEPT.split(telegram)
    return "".join(
        part if part.startswith("<pre>") else part.replace("\n", "<br>\n") for part in parts
    )
