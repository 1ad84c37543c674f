"""Formatting of texts as Telegram reads it."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import MessageEntity

from sandbox.client import Chat

GOOD_HTML = [
    ("<b>қ</b><i>i</i>", "қi", [("bold", 0, 1), ("italic", 1, 1)]),
    ("<strong><em>x</em></strong>", "x", [("bold", 0, 1), ("italic", 0, 1)]),
    ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
    ("<s>a</s><del>b</del>", "ab", [("strikethrough", 0, 1), ("strikethrough", 1, 1)]),
    ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
    ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
    ("<blockquote>x</blockquote>", "x", [("blockquote", 0, 1)]),
    ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
    ("<pre>x</pre>", "x", [("pre", 0, 1)]),
    ("<code>/x</code>", "/x", [("code", 0, 2)]),
    ("😀<b>x</b>", "😀x", [("bold", 2, 1)]),
    ("  <b> x </b>  ", "x", [("bold", 0, 1)]),
    ("a &lt; b &amp;&#1178;&nbsp;", "a < b &Қ&nbsp;", []),
    (
        "/start @somebody #тег",
        "/start @somebody #тег",
        [("bot_command", 0, 6), ("mention", 7, 9), ("hashtag", 17, 4)],
    ),
    ("see https://example.org/a?b=1.", "see https://example.org/a?b=1.", [("url", 4, 25)]),
]


@pytest.mark.parametrize(("source", "text", "entities"), GOOD_HTML)
async def test_html_is_read(
    bot: Bot, aigul: Chat, source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    """Tags become entities with offsets in UTF-16, references become signs."""
    sent = await bot.send_message(aigul.id, source, parse_mode="HTML")
    found = [(each.type, each.offset, each.length) for each in sent.entities or []]
    assert (text, entities) == (sent.text, found)


async def test_links_and_languages_are_kept(bot: Bot, aigul: Chat) -> None:
    """A link keeps its address, a mention its person, a listing its language."""
    source = (
        '<a href="https://EXAMPLE.org?a=1&amp;b=2">a</a><a href="tg://user?id=100001">b</a>'
        '<pre><code class="language-python">c</code></pre>'
    )
    sent = await bot.send_message(aigul.id, source, parse_mode="HTML")
    link, mention, listing = sent.entities or []
    assert ("text_link", "https://example.org/?a=1&b=2") == (link.type, link.url)
    assert mention.user is not None
    assert ("text_mention", 100_001) == (mention.type, mention.user.id)
    assert ("pre", "python") == (listing.type, listing.language)


BAD_HTML = [
    ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
    ("ә <", "Unclosed start tag at byte offset 3"),
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ("<b>x", "Can't find end tag corresponding to start tag b"),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    (
        "<a href>x</a>",
        'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
    ),
]


@pytest.mark.parametrize(("source", "words"), BAD_HTML)
async def test_wrong_html_is_refused(bot: Bot, aigul: Chat, source: str, words: str) -> None:
    """A text that Telegram cannot read gets its sentence with the byte where it stops."""
    with pytest.raises(TelegramBadRequest) as refused:
        await bot.send_message(aigul.id, source, parse_mode="HTML")
    expected = f"Telegram server says - Bad Request: can't parse entities: {words}"
    assert expected == str(refused.value)


async def test_markdown_is_read(bot: Bot, aigul: Chat) -> None:
    """MarkdownV2 marks become entities, escaped signs stay."""
    source = r"*a* _b_ __c__ ~d~ ||e|| `f` [g](https://example.org/) \*h\*"
    sent = await bot.send_message(aigul.id, source, parse_mode="MarkdownV2")
    kinds = ["bold", "italic", "underline", "strikethrough", "spoiler", "code", "text_link"]
    assert "a b c d e f g *h*" == sent.text
    assert kinds == [each.type for each in sent.entities or []]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("*a", "Can't find end of Bold entity at byte offset 0"),
    ],
)
async def test_wrong_markdown_is_refused(bot: Bot, aigul: Chat, source: str, words: str) -> None:
    """A reserved sign and an unclosed mark are refused."""
    with pytest.raises(TelegramBadRequest) as refused:
        await bot.send_message(aigul.id, source, parse_mode="MarkdownV2")
    assert str(refused.value).endswith(f"can't parse entities: {words}")


async def test_entities_can_be_given(bot: Bot, aigul: Chat) -> None:
    """Entities in the call replace parsing, and move with the trimmed text."""
    sent = await bot.send_message(
        aigul.id, "  <b>", entities=[MessageEntity(type="bold", offset=2, length=3)]
    )
    assert "<b>" == sent.text
    assert [("bold", 0, 3)] == [(e.type, e.offset, e.length) for e in sent.entities or []]
