"""Reply markup: what Telegram takes, and what it makes of it.

Source: https://core.telegram.org/bots/api#inlinekeyboardmarkup
"""

from dataclasses import dataclass

from sandbox.server.payload import Json
from sandbox.server.refusal import Refusal

DATA_LIMIT = 64
MOST_BUTTONS = 100
MOST_REPLY_BUTTONS = 300
LINK_BEGINNINGS = ("http://", "https://", "tg://", "ton://")
KINDS = frozenset(
    {
        "callback_data",
        "url",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    }
)


@dataclass(frozen=True, slots=True)
class Markup:
    """What a message carries: an inline keyboard, or a change of the reply keyboard."""

    inline: Json | None = None
    reply: Json | None = None
    removes: bool = False
    forces_reply: bool = False

    @property
    def fixes(self) -> bool:
        """A message sent with anything but an inline keyboard can never be edited."""
        return self.reply is not None or self.removes or self.forces_reply


NOTHING = Markup()


def read_markup(markup: Json | None) -> Markup:
    """Return what a reply markup means; raises Refusal in Telegram's words."""
    if not markup:
        return NOTHING
    if "inline_keyboard" in markup:
        return Markup(inline=read_inline(markup))
    if "keyboard" in markup:
        return Markup(reply=read_reply(markup))
    if markup.get("remove_keyboard"):
        return Markup(removes=True)
    return Markup(forces_reply=bool(markup.get("force_reply")))


def read_inline(markup: Json | None) -> Json | None:
    """Return an inline keyboard, or None when it has no buttons; raises Refusal."""
    if not markup:
        return None
    if "inline_keyboard" not in markup:
        raise Refusal.bad_request("inline keyboard expected")
    rows = [row for row in markup["inline_keyboard"] if row]
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise Refusal.bad_request("REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        check_button(button)
    return {"inline_keyboard": rows} if rows else None


def check_button(button: Json) -> None:
    """Raise Refusal unless this is a button that Telegram shows; data are 1 to 64 bytes."""
    words = "can't parse inline keyboard button: "
    if not button.get("text"):
        raise Refusal.bad_request(f'{words}Field "text" must be non-empty')
    if not KINDS & button.keys():
        raise Refusal.bad_request(f"{words}Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button:
        size = len(str(button["callback_data"]).encode())
        if not 1 <= size <= DATA_LIMIT:
            raise Refusal.bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        check_link(str(button["url"]))


def check_link(url: str) -> None:
    """Raise Refusal unless a button may open this address."""
    plain = url if "://" in url else f"http://{url}"
    host = plain.split("://", 1)[1].split("/", 1)[0]
    good = plain.startswith(LINK_BEGINNINGS) and host != ""
    if good and plain.startswith("http"):
        good = "." in host or host.startswith("localhost")
    if not good:
        raise Refusal.bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def read_reply(markup: Json) -> Json:
    """Return a reply keyboard with its buttons as objects; raises Refusal."""
    rows = [
        [{"text": button} if isinstance(button, str) else button for button in row]
        for row in markup["keyboard"]
        if row
    ]
    buttons = [button for row in rows for button in row]
    if not buttons:
        raise Refusal.bad_request("reply markup has no buttons")
    if len(buttons) > MOST_REPLY_BUTTONS:
        raise Refusal.bad_request("REPLY_MARKUP_TOO_LONG")
    if any(not button.get("text") for button in buttons):
        raise Refusal.bad_request('can\'t parse keyboard button: Field "text" must be non-empty')
    return markup | {"keyboard": rows}


def labels(markup: Json) -> set[str]:
    """Return the texts of a reply keyboard's buttons."""
    return {button["text"] for row in markup["keyboard"] for button in row}
