"""The questions of a survey as its author sees them, and what else can be set about a poll."""

from aiogram.types import InlineKeyboardButton

from handlers.buttons import button, in_rows, keyboard
from handlers.operator.poll_composer.audience_callbacks import QuotasShown, SampleShown
from handlers.operator.poll_composer.callbacks import (
    GoneOn,
    PartOpened,
    PollSet,
    PollSetting,
    Step,
)
from handlers.operator.poll_composer.composition import Composition
from handlers.operator.poll_composer.ways_out import way_back, way_out
from handlers.screen import Screen
from handlers.text import _
from handlers.views.poll_composer_parts import brief
from services.polls.checking import faults
from services.polls.model import MOST_QUESTIONS, PollKind

_NUMBERS = 6  # buttons in a row


def list_screen(composition: Composition, problem: str = "") -> Screen:
    """Return all questions; each is opened by its number."""
    draft = composition.draft
    blocks = [
        f"⚠️ {problem}" if problem else "",
        _("<b>📋 Questions: {number}</b>").format(number=len(draft.questions)),
        brief(draft.questions),
    ]
    wrong = faults(draft.questions)
    if draft.questions and wrong:
        blocks.append(_("⚠️ What is marked is not ready. Open it and see what is missing."))
    elif draft.questions:
        blocks.append(_("Press a number to change the question."))
    numbers = [
        button(str(one.position + 1), PartOpened(draft=draft.id, step=Step.CARD, code=one.code))
        for one in draft.questions
    ]
    add = button(_("➕ Add a question"), PartOpened(draft=draft.id, step=Step.KIND))
    on = button(_("✅ Go on"), GoneOn(draft=draft.id))
    rows = [
        *in_rows(numbers, _NUMBERS),
        [add] if len(draft.questions) < MOST_QUESTIONS else [],
        [on] if draft.questions else [],
        way_out(composition),
    ]
    return Screen("\n\n".join(block for block in blocks if block), keyboard(*rows))


def more_screen(composition: Composition, _problem: str = "") -> Screen:
    """Return what is seldom set: names, two keys, a picture."""
    draft = composition.draft

    def switch(label: str, setting: PollSetting, *, on: bool) -> list[InlineKeyboardButton]:
        data = PollSet(draft=draft.id, setting=setting, value=not on)
        return [button(f"{'✅' if on else '▫️'} {label}", data)]

    named = draft.kind is PollKind.NAMED
    text = "\n\n".join(
        (
            _("<b>⚙️ More settings</b>"),
            _(
                "With names: for sign-ups and the like. After the closing the party’s staff see "
                "everybody’s name, place and answers in a spreadsheet that a second person lets "
                "out, for 90 days. Everybody is warned before answering. Every other poll is "
                "secret."
            ),
            _(
                "Two keys: the answers are counted only when two officials have each entered a "
                "passphrase."
            ),
            _(
                "Only confirmed numbers: people who have confirmed their phone number answer, one "
                "account for each number. Fewer people take part then. It stands in the "
                "invitation and in the passport."
            ),
        )
    )
    return Screen(
        text,
        keyboard(
            switch(_("With names"), PollSetting.NAMED, on=named),
            switch(_("🔑 Two keys"), PollSetting.TWO_KEYS, on=draft.two_keys),
            switch(_("📱 Only confirmed numbers"), PollSetting.VERIFIED, on=draft.verified),
            [
                button(_("🖼 Picture"), PartOpened(draft=draft.id, step=Step.COVER)),
                button(_("🏷 Subject"), PartOpened(draft=draft.id, step=Step.TOPIC)),
            ],
            [
                button(_("🎲 Random sample"), SampleShown(draft=draft.id)),
                button(_("⚖️ Quotas"), QuotasShown(draft=draft.id)),
            ],
            [
                button(_("📥 From a file"), PartOpened(draft=draft.id, step=Step.FILE)),
                button(_("📑 Copy a poll"), PartOpened(draft=draft.id, step=Step.COPY)),
            ],
            [way_back(composition)],
        ),
    )
