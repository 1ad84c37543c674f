"""A sealed name or a file that a second person lets out: what they see, and what follows."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from typing import Any

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard
from handlers.callbacks import Home
from handlers.notice import Notice
from handlers.screen import Screen
from handlers.text import N_, _, current_language, pick
from handlers.views.approval_callbacks import (
    ApprovalOpened,
    ApprovalsListed,
    Approved,
    DeclineAsked,
    FileTaken,
    NameTaken,
    RequestTakenBack,
)
from handlers.views.approval_screens import state_lines
from handlers.views.emphasis import bold
from handlers.views.mailing_progress import spaced
from services.delivery.approval import EXPORT, NAME, Approval, ApprovalStatus
from services.delivery.letting_out import TAKEN_WITHIN
from services.delivery.requests import Request
from services.exports.kinds import Export
from services.organisation.directory import Organisation

KINDS = frozenset({NAME, EXPORT})
FILES: Mapping[Export, str] = {
    Export.NAMED: N_("Who answered what in a named poll (XLSX)"),
    Export.WORDS: N_("Answers in words of a poll (XLSX)"),
    Export.UNREACHED: N_("Whom a mailing did not reach (XLSX)"),
    Export.AUDIT: N_("The audit (XLSX)"),
    Export.PARTICIPANTS: N_("Who takes part in a programme (XLSX)"),
}


def second_request_screen(
    request: Request, reader: int, organisation: Organisation, now: datetime
) -> Screen:
    """Return which appeal or file it is about, why, and what the reader may do."""
    approval = request.approval
    lines = [
        bold(_title(approval)),
        _("Asks: {name}").format(name=escape(request.asker)),
        *_about(approval, organisation),
        *_reason(approval.content),
        *state_lines(request),
    ]
    if approval.used_at is not None:
        lines.append(_("It was taken; once only."))
    return Screen("\n".join(lines), keyboard(*_buttons(approval, reader, now)))


def second_asked_screen(request: Request, others: int) -> Screen:
    """Tell who asks that others were asked, and what happens now."""
    text = _(
        "🔏 Others were asked to let it out: {others}. You will be told here. Then you have 24 "
        "hours, and it is given once."
    ).format(others=others)
    look = button(_("🔎 Open the request"), ApprovalOpened(approval=request.approval.id))
    return Screen(text, keyboard([look], [back(Home())]))


def second_asked_notice(payload: Mapping[str, Any]) -> Notice:
    """Return the notice to everybody who may let it out."""
    name = payload["kind"] == NAME
    title = (
        _("🔏 A sealed name waits for a second person")
        if name
        else _("🔏 A file with personal data waits for a second person")
    )
    lines = [bold(title), _("Asks: {name}").format(name=escape(payload["asker"]))]
    if name:
        lines.append(_("Number: {number}").format(number=escape(payload["number"] or "")))
    lines += _reason(payload)
    look = button(_("👀 Look and decide"), ApprovalOpened(approval=payload["approval"]))
    return Notice("\n".join(lines), keyboard([look]))


def second_decided_notice(payload: Mapping[str, Any]) -> Notice:
    """Return the notice to who asked."""
    approval, who = payload["approval"], escape(payload["name"])
    name = payload["kind"] == NAME
    of = (
        _("Number: {number}").format(number=escape(payload["number"] or ""))
        if name
        else escape(pick(payload["title_kk"], payload["title_ru"]))
    )
    if not payload["approved"]:
        text = bold(_("✋ {name} did not let it out.").format(name=who))
        reason = _("Reason: {reason}").format(reason=escape(payload["reason"]))
        card = button(_("🔎 Open the request"), ApprovalOpened(approval=approval))
        return Notice("\n".join(each for each in (text, of, reason) if each), keyboard([card]))
    text = bold(_("✅ {name} let it out.").format(name=who))
    once = _("You can take it once, within 24 hours.")
    if name:
        once = _("You can open the name once, within 24 hours.")
    rows = [_taking(payload["kind"], approval)]
    return Notice("\n".join(each for each in (text, of, once) if each), keyboard(rows))


def second_line(approval: Approval) -> str:
    """Return what a list of requests calls it."""
    if approval.kind == NAME:
        return _("🔏 Name, No. {number}").format(number=approval.content["number"])
    return f"🔏 {_file(approval)}"


def _title(approval: Approval) -> str:
    if approval.kind == NAME:
        return _("🔏 A sealed name is to be opened")
    return _("🔏 A file with personal data is to be taken")


def _about(approval: Approval, organisation: Organisation) -> Iterable[str]:
    content = approval.content
    if approval.kind == NAME:
        yield _("Number: {number}").format(number=escape(content["number"]))
        section = organisation.sections.get(content["section"] or "")
        if section is not None:
            name = escape(section.name(current_language()))
            yield _("Section: {section}").format(section=name)
        return
    yield _("File: {file}").format(file=_file(approval))
    title = escape(pick(content["title_kk"], content["title_ru"]))
    if title:
        yield _("Of: {title}").format(title=title)
    yield _("Rows: {count}").format(count=spaced(approval.people))


def _file(approval: Approval) -> str:
    return _(FILES[Export(approval.content["export"])])


def _reason(content: Mapping[str, Any]) -> list[str]:
    return [_("Reason:"), f"<blockquote>{escape(content['reason'])}</blockquote>"]


def _buttons(
    approval: Approval, reader: int, now: datetime
) -> Iterable[list[InlineKeyboardButton]]:
    waits = approval.status is ApprovalStatus.PENDING
    if approval.asked_by == reader:
        if waits:
            taken_back = RequestTakenBack(approval=approval.id)
            yield [button(_("↩️ Take the request back"), taken_back)]
        if _may_take(approval, now):
            yield [_taking(approval.kind, approval.id)]
        yield [back(Home())]
        return
    if waits:
        seen = {"approval": approval.id, "seen": approval.seen}
        label = _("✅ Let it out") if approval.kind == EXPORT else _("✅ Let the name be opened")
        yield [button(label, Approved(**seen))]
        yield [button(_("✋ Decline"), DeclineAsked(**seen))]
    yield [back(ApprovalsListed())]


def _may_take(approval: Approval, now: datetime) -> bool:
    if approval.status is not ApprovalStatus.APPROVED or approval.decided_at is None:
        return False
    return approval.used_at is None and now - approval.decided_at <= TAKEN_WITHIN


def _taking(kind: str, approval: int) -> InlineKeyboardButton:
    if kind == NAME:
        return button(_("🔓 Open the name, once"), NameTaken(approval=approval))
    return button(_("📥 Take the file, once"), FileTaken(approval=approval))
