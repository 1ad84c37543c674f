"""The second pair of eyes, as the composer of news knows it.

What is sent to more people than one alone may write to leaves the composer: it is kept whole with
the request for approval, and comes back only by taking the request back.
"""

from dataclasses import replace

from handlers.buttons import button, keyboard
from handlers.operator.desk_callbacks import DeskShown
from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.news_composer.keeping import clear, keep
from handlers.operator.news_composer.sheet import Sheet
from handlers.screen import Screen
from handlers.text import _
from handlers.views.approval_callbacks import PlannedListed
from handlers.views.approval_screens import asked_screen
from handlers.views.calendar_days import moment
from handlers.views.campaign_silence import waits_line
from handlers.views.mailing_callbacks import MailingOpened
from handlers.views.mailing_progress import spaced
from handlers.views.post_conditions import price_lines
from services.campaigns.silence import silence_for
from services.delivery.approval import others_who_may
from services.delivery.cost import stars_for
from services.delivery.requests import find_request
from services.news.posts import content_of
from services.news.sending import send_post, withdraw_draft


def approval_lines(desk: NewsDesk, sheet: Sheet, people: int) -> list[str]:
    """Return what the check says of duration, cost and approval, as HTML lines."""
    lines = list(price_lines(sheet.post(), people, desk.policy))
    if _needs_approval(desk, people):
        text = _("🔎 More than {limit} people: another operator must approve it first")
        lines.append(text.format(limit=spaced(desk.policy.approval_above)))
    return lines


def send_label(desk: NewsDesk, sheet: Sheet, people: int) -> str:
    """Return what the button that ends composing says: send, plan, or ask for approval."""
    if _needs_approval(desk, people):
        return _("🔎 Ask for approval")
    if sheet.publish_at is not None:
        return _("🗓 Plan: {time}").format(time=moment(sheet.publish_at))
    return _("📨 Send")


async def send(desk: NewsDesk, sheet: Sheet, people: int) -> Screen:
    """Publish or plan the post, or ask for its approval, and put the draft away.

    `people` was counted just before, outside of the command; a paid post may cost what so many
    messages cost. Raises Refusal where it cannot be sent; the draft then stays.
    """
    if _needs_approval(desk, people):
        # Should the bot be killed before the draft is put away, a change still withdraws it.
        await keep(desk.state, replace(sheet, asked=sheet.version))
    draft = sheet.post()
    if draft.stars is not None:
        draft = replace(draft, stars=stars_for(people, content_of(draft)))
    sent = await desk.db.write(
        send_post,
        desk.person.id,
        sheet.draft,
        sheet.version,
        draft,
        people,
        desk.policy,
        desk.clock.now(),
    )
    await clear(desk.state, sheet)
    if sent.approval is not None:
        request = await desk.db.read(find_request, sent.approval.id, desk.person.id)
        others = await desk.db.read(others_who_may, desk.person.id)
        return asked_screen(request, desk.policy, len(others))
    waits = await silence_line(desk, sheet)
    if waits and sent.published is not None:
        card = button(_("📨 Open the mailing"), MailingOpened(mailing=sent.published.mailing_id))
        rows = [[card], [button(_("🗓 Planned posts"), PlannedListed())]]
        return Screen(waits, keyboard(*rows))
    if draft.publish_at is not None:
        return _planned_screen(sheet)
    return Screen(_("✅ The post is being sent. You will get a message with the result."))


async def silence_line(desk: NewsDesk, sheet: Sheet) -> str:
    """Return that the post will wait for the end of the silence before a vote; "" if it won't."""
    now = desk.clock.now()
    at = max(sheet.publish_at or now, now)
    return waits_line(await desk.db.read(silence_for, sheet.post().target, at))


async def withdraw(desk: NewsDesk, sheet: Sheet) -> bool:
    """Withdraw the approval asked for version `sheet.asked`; False where the post went out."""
    now = desk.clock.now()
    return await desk.db.write(withdraw_draft, sheet.draft, desk.person.id, now)


def _planned_screen(sheet: Sheet) -> Screen:
    if sheet.publish_at is None:
        raise ValueError("only a post with a time is planned")
    text = _("🗓 The post is planned. Goes out: {time}").format(time=moment(sheet.publish_at))
    rows = [
        [button(_("🗓 Planned posts"), PlannedListed())],
        [button(_("🗂 Operator’s desk"), DeskShown())],
    ]
    return Screen(text, keyboard(*rows))


def _needs_approval(desk: NewsDesk, people: int) -> bool:
    return people > desk.policy.approval_above
