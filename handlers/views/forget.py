"""What erasing everything means: before it, and once it is done."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, cancel, keyboard
from handlers.screen import Screen
from handlers.text import _
from handlers.views.appeal_names import topic_line
from handlers.views.emphasis import bold
from handlers.views.mydata import backups_line
from handlers.views.mydata_callbacks import (
    AppealFate,
    FatesOpened,
    ForgetAsked,
    ForgetConfirmed,
    ForgetOpened,
    OwnDataAsked,
)
from services.organisation.directory import Organisation
from services.rights.erasing import Before, OpenAppeal

_LISTED = 8


def meaning_screen(before: Before, backups: int) -> Screen:
    """Return what goes and what stays."""
    parts = [bold(_("🗑 Erasing your data")), _goes(), _stays(before), backups_line(backups)]
    if before.leaving:
        parts.insert(1, _waiting())
    own = [button(_("📦 Send me my data first"), OwnDataAsked())]
    onward = FatesOpened() if before.open else ForgetAsked()
    return Screen("\n\n".join(parts), keyboard(own, [button(_("🗑 Go on"), onward)], [cancel()]))


def fates_screen(before: Before, chosen: Mapping[int, bool], organisation: Organisation) -> Screen:
    """Return the choice for each appeal under consideration."""
    parts = [_choice(), *_fates(before.open, chosen, organisation)]
    onward = []
    if all(each.id in chosen for each in before.open):
        onward.append(button(_("🗑 Go on"), ForgetAsked()))
    rows = _fate_rows(before.open, chosen)
    return Screen("\n\n".join(parts), keyboard(*rows, onward, [back(ForgetOpened()), cancel()]))


def last_screen(
    before: Before, chosen: Mapping[int, bool], own_round: str, organisation: Organisation
) -> Screen:
    """Return the second question, whose button lives for ten minutes."""
    parts = [
        bold(_("Erase everything for good?")),
        *_fates(before.open, chosen, organisation),
        _("It cannot be undone. The button works for 10 minutes."),
    ]
    confirmed = ForgetConfirmed(round=own_round)
    rows = [[button(_("🗑 Yes, erase everything"), confirmed)]]
    if before.on_board:
        off = ForgetConfirmed(round=own_round, off_board=True)
        rows.append([button(_("🗑 Yes, and my proposals off the board"), off)])
    before_it = FatesOpened() if before.open else ForgetOpened()
    return Screen("\n\n".join(parts), keyboard(*rows, [back(before_it), cancel()]))


def done_screen() -> Screen:
    """Return what stands in the place of the question once it is done."""
    return Screen(_("✅ Done."))


def goodbye() -> str:
    """Return the last words."""
    return _(
        "Everything that the bot kept about you is erased. It will not write to you any more; "
        "this chat you can delete yourself. Farewell! Should you come back, /start begins from "
        "nothing."
    )


def until_answered(open_appeals: Sequence[OpenAppeal]) -> str:
    """Return the words to somebody of whom only open appeals are left."""
    numbers = ", ".join(f"№ {each.number}" for each in open_appeals)
    text = _(
        "Everything is erased but what these appeals need: {numbers}. The answer comes here. "
        "When the last of them has ended, the rest is erased by itself and you are told so. If "
        "you give a consent again before that, nothing more is erased."
    )
    return text.format(numbers=numbers)


def _goes() -> str:
    return _(
        "<b>What goes at once</b>\n"
        "• your name, number and language, everything that you told about yourself, consents, "
        "the mark of your telephone number\n"
        "• of your appeals: words, answers, contact, point on the map, files, and that they are "
        "yours\n"
        "• drafts, what the bot wrote to you, which mailings you got, subscriptions, «useful» "
        "under news\n"
        "• what you said about appeals of others, and that you follow them\n"
        "• your answers to named polls and invitations to polls"
    )


def _stays(before: Before) -> str:
    lines = [
        _(
            "<b>What stays, without you</b>\n"
            "• numbers: that there was an appeal on this topic in this district, when it was "
            "answered, its rating\n"
            "• your answer to a secret poll that is still open: it bears no name, is counted with "
            "the others and destroyed when the poll closes; taken out now, it would show in the "
            "number of answers\n"
            "• words from an appeal that a moderator had shown without a name, in digests sent "
            "already: up to 3 years\n"
            "• in the record of acts: that somebody’s data were erased, under a keyed mark "
            "instead of your number, for 5 years"
        )
    ]
    if before.on_board:
        lines.append(
            _(
                "• your proposals on the board, without any trace of whose they were; in the last "
                "step you can take those off that have no answer yet"
            )
        )
    if before.certified:
        lines.append(
            _(
                "• the numbers of your certificates, without your name, so that a paper can still "
                "be checked"
            )
        )
    if before.banned:
        lines.append(
            _(
                "• your ban: its end and reason, under a keyed mark instead of your number, until "
                "its end; if you come back earlier, it is in force"
            )
        )
    if before.worked:
        lines.append(
            _(
                "• what you did at work: it stays with the cases under your number in Telegram, "
                "without your name"
            )
        )
    return "\n".join(lines)


def _waiting() -> str:
    return _("You have asked for this before: what is left waits for your open appeals to end.")


def _choice() -> str:
    return _(
        "<b>Appeals under consideration: choose for each</b>\n"
        "💬 answered first: its words, contact and files, your number and language are kept until "
        "it has ended, then erased by themselves\n"
        "↩️ taken back: nobody will answer it, and it is erased now"
    )


def _fates(
    appeals: Sequence[OpenAppeal], chosen: Mapping[int, bool], organisation: Organisation
) -> Iterator[str]:
    lines = []
    for each in appeals:
        fate = _("❔ not chosen")
        if each.id in chosen:
            fate = _("💬 answered first") if chosen[each.id] else _("↩️ taken back")
        topic = escape(topic_line(each.topic, organisation))
        lines.append(f"№ {escape(each.number)} · {topic}: {fate}")
    if lines:
        yield "\n".join(lines)


def _fate_rows(
    appeals: Sequence[OpenAppeal], chosen: Mapping[int, bool]
) -> list[list[InlineKeyboardButton]]:
    rows = []
    for each in appeals[:_LISTED]:
        row = []
        for first, sign in ((True, "💬"), (False, "↩️")):
            mark = "✅ " if chosen.get(each.id) is first else ""
            fate = AppealFate(appeal=each.id, answered_first=first)
            row.append(button(f"{mark}{sign} № {each.number}", fate))
        rows.append(row)
    if len(appeals) > 1:
        rows.append(
            [button(_("💬 All: answered first"), AppealFate(appeal=0, answered_first=True))]
        )
        rows.append([button(_("↩️ All: taken back"), AppealFate(appeal=0, answered_first=False))])
    return rows
