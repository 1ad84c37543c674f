"""The buttons of the composer of stories."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.operator.stories.desk import StoryWork
from handlers.operator.stories.sheet import clear, last_draft, new_sheet, sheet_of, whole
from handlers.operator.stories.showing import go, people_of, picker
from handlers.provided import provide
from handlers.screen import acknowledge, show
from handlers.text import _
from handlers.views.story_callbacks import (
    PartOpened,
    PartsShown,
    PhotoLeft,
    PlaceWhole,
    Step,
    StoryBegun,
    StoryDropped,
    StorySent,
    StoryTaken,
    TieSet,
    TiesListed,
)
from handlers.views.story_composer import (
    begun_screen,
    choice_screen,
    dropped_screen,
    parts_screen,
)
from handlers.views.story_staff import asked_screen, card_screen, published_note
from services.delivery.approval import others_who_may, take_back_request
from services.delivery.requests import Request, find_request
from services.people.deeds import Deed
from services.stories.model import Draft, StoryStatus, Tie, TieKind
from services.stories.publishing import send_story, withdraw_draft
from services.stories.reading import existing, of_draft
from services.stories.ties import Choice, exists, polls_to_tie, proposals_to_tie

_TOPICS = 8


async def begin(callback: CallbackQuery, press: StoryBegun, work: StoryWork) -> None:
    """Begin a story, or offer to go on with the one begun."""
    sheet = await sheet_of(work.state)
    if sheet is not None and sheet.begun:
        await show(callback, begun_screen(sheet.draft, sheet.step, sheet.words))
        return
    if callback.message is None:
        return
    if sheet is None:
        person, message = callback.from_user.id, callback.message.message_id
        sheet = await new_sheet(work.state, person, message)
    if press.kind is not None:
        tie = Tie(press.kind, press.ref)
        if await work.db.read(exists, tie, list(work.organisation.topics)):
            sheet = sheet.changed(None, ties=(tie,))
            sheet = replace(sheet, step=Step.TIES)
    await go(callback, work, sheet)


async def take(callback: CallbackQuery, press: StoryTaken, work: StoryWork) -> None:
    """Take a prepared story into the composer."""
    story = await work.db.read(existing, press.story)
    if story.status is not StoryStatus.PREPARED:
        await show(callback, card_screen(story, work.organisation))
        return
    sheet = await sheet_of(work.state)
    if sheet is not None and sheet.begun and sheet.natural != story.draft_id:
        await show(callback, begun_screen(sheet.draft, sheet.step, sheet.words))
        return
    if sheet is None or sheet.natural != story.draft_id:
        sheet = whole(story.draft_id, story.version, story.words)
    await go(callback, work, replace(sheet, step=sheet.missing))


async def open_part(callback: CallbackQuery, press: PartOpened, work: StoryWork) -> None:
    """Go to a part; «next» goes on to what is missing."""
    sheet = await work.sheet_for(callback, press.draft)
    if sheet is None:
        return
    if press.step is Step.CHECK:
        await go(callback, work, sheet.changed(Step.TIES))
        return
    await go(callback, work, replace(sheet, step=press.step))


async def open_parts(callback: CallbackQuery, press: PartsShown, work: StoryWork) -> None:
    """Show the parts of the story to change."""
    if await work.sheet_for(callback, press.draft) is not None:
        await show(callback, parts_screen(press.draft))


async def list_ties(callback: CallbackQuery, press: TiesListed, work: StoryWork) -> None:
    """Show what can be tied."""
    sheet = await work.sheet_for(callback, press.draft)
    if sheet is not None:
        choice = await _choice(work, press.kind, press.after)
        screen = choice_screen(press.draft, press.kind, choice, sheet.words, work.organisation)
        await show(callback, screen)


async def set_tie(callback: CallbackQuery, press: TieSet, work: StoryWork) -> None:
    """Tie the story to this, or no more."""
    sheet = await work.sheet_for(callback, press.draft)
    if sheet is None:
        return
    tie = Tie(press.kind, press.ref)
    there = not press.tied or await work.db.read(exists, tie, list(work.organisation.topics))
    if there:
        ties = sheet.words.tied(tie, tied=press.tied).ties
        sheet = replace(sheet.changed(None, ties=ties), step=Step.TIES)
    await go(callback, work, replace(sheet, step=Step.TIES))


async def leave_photo_out(callback: CallbackQuery, press: PhotoLeft, work: StoryWork) -> None:
    """Set that the story has words only."""
    sheet = await work.sheet_for(callback, press.draft)
    if sheet is not None:
        await go(callback, work, sheet.changed(Step.PHOTO, photo=None))


async def set_whole_country(callback: CallbackQuery, press: PlaceWhole, work: StoryWork) -> None:
    """Set that the story is of the whole country."""
    sheet = await work.sheet_for(callback, press.draft)
    if sheet is not None:
        await go(callback, work, sheet.changed(Step.PLACE, region=None, district=None))


async def publish(callback: CallbackQuery, press: StorySent, work: StoryWork) -> None:
    """Publish the story that was shown, or ask for approval; where it changed, show it anew."""
    sheet = await sheet_of(work.state)
    if sheet is None or sheet.draft != press.draft:
        await _show_published(callback, press.draft, work)
        return
    if press.version != sheet.version or sheet.missing is not Step.CHECK:
        await go(callback, work, replace(sheet, step=sheet.missing))
        return
    people = await people_of(work, sheet)
    sent = await work.db.write(
        send_story,
        work.person.id,
        sheet.natural,
        sheet.version,
        sheet.words,
        people,
        work.policy,
        work.clock.now(),
    )
    await clear(work.state, sheet)
    if sent.approval is not None:
        request = await work.db.read(find_request, sent.approval.id, work.person.id)
        others = await work.db.read(others_who_may, work.person.id)
        await show(callback, asked_screen(request, work.policy, len(others)))
    elif sent.story is not None:
        note = published_note(people)
        await show(callback, card_screen(sent.story, work.organisation, note))


async def drop(callback: CallbackQuery, press: StoryDropped, work: StoryWork) -> None:
    """Throw the draft away; the approval asked for it is taken back."""
    sheet = await work.sheet_for(callback, press.draft)
    if sheet is None:
        return
    by, now = work.person.id, work.clock.now()
    still = await work.db.write(withdraw_draft, sheet.natural, by, now)
    await clear(work.state, sheet)
    if still:
        await show(callback, dropped_screen())
    else:
        await _show_published(callback, press.draft, work)


async def take_story_back(callback: CallbackQuery, work: StoryWork, request: Request) -> None:
    """Take one's own request for approval back and open the story in the composer."""
    draft_id = request.approval.name
    sheet = await sheet_of(work.state)
    if sheet is not None and sheet.begun and sheet.natural != draft_id:
        await show(callback, begun_screen(sheet.draft, sheet.step, sheet.words))
        return
    approval = await work.db.write(
        take_back_request, request.approval.id, work.person.id, work.clock.now()
    )
    words = Draft.of_json(approval.content)
    await go(callback, work, whole(draft_id, approval.version + 1, words))


async def _show_published(callback: CallbackQuery, draft_id: str, work: StoryWork) -> None:
    """Show what a draft has become."""
    last = await last_draft(work.state)
    natural = last[1] if last is not None and last[0] == draft_id else draft_id
    story = await work.db.read(of_draft, natural)
    if story is not None:
        await show(callback, card_screen(story, work.organisation))
    else:
        old = _("This story has already been published or deleted.")
        await acknowledge(callback, old)


async def _choice(work: StoryWork, kind: TieKind, after: int) -> Choice:
    if kind is TieKind.POLL:
        return await work.db.read(polls_to_tie, after)
    if kind is TieKind.PROPOSAL:
        return await work.db.read(proposals_to_tie, after)
    topics = [one.code for one in work.organisation.topics.values() if not one.retired]
    shown = tuple(Tie(TieKind.TOPIC, code) for code in topics[after : after + _TOPICS])
    return Choice(shown, {}, after + _TOPICS if len(topics) > after + _TOPICS else 0)


def router() -> Router:
    """Return the router of the composer's buttons."""
    router = provide(Router(name="story composer"), "work", StoryWork)
    router.callback_query.filter(Works(Deed.WRITE_STORY))
    router.callback_query.register(begin, Pressed(StoryBegun))
    router.callback_query.register(take, Pressed(StoryTaken))
    router.callback_query.register(open_part, Pressed(PartOpened))
    router.callback_query.register(open_parts, Pressed(PartsShown))
    router.callback_query.register(list_ties, Pressed(TiesListed))
    router.callback_query.register(set_tie, Pressed(TieSet))
    router.callback_query.register(leave_photo_out, Pressed(PhotoLeft))
    router.callback_query.register(set_whole_country, Pressed(PlaceWhole))
    router.callback_query.register(publish, Pressed(StorySent))
    router.callback_query.register(drop, Pressed(StoryDropped))
    router.include_router(picker().router())
    return router
