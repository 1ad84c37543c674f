"""A whole survey out of one file, and the sample of such a file."""

import asyncio
from dataclasses import replace
from io import BytesIO

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Document, Message

from handlers.operator.poll_composer.callbacks import SampleFileSent, Step
from handlers.operator.poll_composer.composition import Composition
from handlers.operator.poll_composer.showing import draft_of
from handlers.screen import acknowledge
from handlers.text import _, current_language
from handlers.views.poll_composer_files import faults_text
from services.polls.importing import LARGEST_FILE, read_survey
from services.polls.survey_rows import BadSurvey
from services.polls.survey_sample import sample

_PATIENCE = 30  # seconds


async def send_sample(callback: CallbackQuery, press: SampleFileSent, state: FSMContext) -> None:
    """Send a file to be filled in, in the operator's language."""
    composition = await draft_of(callback, press.draft, state)
    if composition is None or not isinstance(callback.message, Message):
        return
    await acknowledge(callback)
    data = await asyncio.to_thread(sample, current_language())
    await callback.message.answer_document(BufferedInputFile(data, "sample.xlsx"))


async def surveyed(
    composition: Composition, message: Message, document: Document, bot: Bot
) -> tuple[Composition, str]:
    """Return the composition with the questions of a file, or with what is wrong in it."""
    taken = replace(composition, taken=(*composition.taken, message.message_id))
    if document.file_size is not None and document.file_size > LARGEST_FILE:
        return taken, _("The file is too large.")
    try:
        data = await _fetched(bot, document)
        survey = await asyncio.to_thread(read_survey, document.file_name or "", data)
    except BadSurvey as bad:
        return taken, faults_text(bad.faults)
    except (TelegramAPIError, TimeoutError, OSError):
        return composition, _("The file could not be fetched. Please send it again.")
    values = {"title_kk": survey.title_kk, "title_ru": survey.title_ru}
    changed = composition.changed(message.message_id, questions=survey.questions, **values)
    return changed.at(Step.LIST), ""


async def _fetched(bot: Bot, document: Document) -> bytes:
    found = await bot.get_file(document.file_id)
    file = BytesIO()
    if found.file_path is not None:
        await bot.download_file(found.file_path, file, timeout=_PATIENCE)
    return file.getvalue()
