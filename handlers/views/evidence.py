"""The words of an appeal's document, in the current language."""

from collections.abc import Iterator
from html import escape

from aiogram.filters.callback_data import CallbackData

from handlers.buttons import back, button, keyboard
from handlers.screen import Screen
from handlers.text import N_, _, current_language
from handlers.views.appeal_names import place_line, words_of
from handlers.views.calendar_days import full, moment
from handlers.views.emphasis import bold
from handlers.views.evidence_callbacks import EvidenceMade
from handlers.views.evidence_steps import step_item
from handlers.views.operator_appeal import STATUSES
from services.appeals.evidence import Evidence
from services.appeals.evidence_sheet import Chapter, Item, Line, Sheet, Tone
from services.appeals.files import KeptFile
from services.appeals.model import AttachmentKind, Channel, CopyState
from services.language import Language
from services.organisation.directory import Organisation

_FILES = {
    AttachmentKind.PHOTO: N_("Photo"),
    AttachmentKind.VIDEO: N_("Video"),
    AttachmentKind.VIDEO_NOTE: N_("Video"),
    AttachmentKind.VOICE: N_("Voice message"),
    AttachmentKind.AUDIO: N_("Audio"),
    AttachmentKind.DOCUMENT: N_("Document"),
}
_COPIES = {
    CopyState.TOO_BIG: N_("No copy was made: it is larger than 20 MB."),
    CopyState.BAD_TYPE: N_("No copy was made: it is none of the kinds that appeals need."),
    CopyState.GONE: N_("No copy was made: Telegram does not have it any more."),
}
_MEGABYTE = 1024 * 1024


def language_screen(appeal: int, number: str, leave: CallbackData, *, own: bool) -> Screen:
    """Return the question in which language the document shall be."""
    words = _("All steps of appeal No. {number} in one PDF. In which language?")
    # Languages are called by their own names.
    buttons = [
        button(label, EvidenceMade(appeal=appeal, language=language, own=own))
        for language, label in ((Language.KAZAKH, "Қазақша"), (Language.RUSSIAN, "Русский"))
    ]
    text = bold(words.format(number=escape(number)))
    return Screen(text, keyboard(buttons, [back(leave)]))


def evidence_sheet(evidence: Evidence, organisation: Organisation) -> Sheet:
    """Return everything that is written in the document."""
    language, number = current_language(), evidence.card.number
    chapters = (
        Chapter(_("What the appeal says"), tuple(_appeal(evidence, organisation))),
        Chapter(
            _("Every step"),
            tuple(step_item(each, evidence, organisation) for each in evidence.moments),
        ),
        Chapter(_("Files"), tuple(_files(evidence)), _("There are no files.")),
    )
    return Sheet(
        language=language.value,
        over=organisation.party.name(language),
        title=_("How appeal No. {number} was handled").format(number=number),
        facts=tuple(_facts(evidence, organisation)),
        chapters=chapters,
        closing=tuple(_closing(evidence, organisation)),
        page=_("No. {number} · page {page} of {pages}").replace("{number}", number),
        made_at=evidence.made_at,
    )


def _facts(evidence: Evidence, organisation: Organisation) -> Iterator[tuple[str, str]]:
    language, card = current_language(), evidence.card
    made = moment(evidence.made_at)
    who = _("for the citizen") if evidence.own else evidence.made_by
    yield _("Document made"), f"{made} · {who}"
    kind = organisation.types.get(card.type or "")
    yield _("Type"), kind.name(language) if kind else _("not chosen yet")
    topic = organisation.topics.get(card.topic)
    yield _("Topic"), topic.name(language) if topic else card.topic
    section = organisation.sections.get(card.section)
    yield _("Section of the Road Map"), section.name(language) if section else card.section
    yield _("Place"), place_line(card.region, card.district)
    if card.latitude is not None and card.longitude is not None:
        yield _("Point on the map"), f"{card.latitude:.5f}, {card.longitude:.5f}"
    office = organisation.offices.get(card.office or "")
    yield _("Office"), office.name(language) if office else _("none takes it")
    official = organisation.officials.get(card.official or "")
    if official is not None:
        position = official.position(language)
        yield _("Responsible"), f"{official.name(language)}, {position}"
    yield from _course(evidence)


def _course(evidence: Evidence) -> Iterator[tuple[str, str]]:
    card = evidence.card
    yield _("Registered"), moment(evidence.registered_at)
    yield _("The term counts from"), full(evidence.counted_from)
    yield _("Answer due by"), full(card.due_on)
    if evidence.extensions:
        yield _("Times extended"), str(evidence.extensions)
    yield _("Status"), _(STATUSES[card.status])
    if card.rating is not None:
        yield _("Rating of the answer"), _("{rating} of 5").format(rating=card.rating)
    if card.joins:
        yield _("People who joined"), str(card.joins)
    if evidence.joined_to is not None:
        yield _("Joined to appeal"), f"№ {evidence.joined_to}"
    if evidence.channel is Channel.DESK:
        yield _("How it came"), _("filed at the reception desk")
    if card.confidential:
        yield _("Confidential"), _("yes: the name is sealed")
    if evidence.urgent:
        yield _("Urgent"), _("yes")


def _appeal(evidence: Evidence, organisation: Organisation) -> Iterator[Item]:
    written = _("Text, in its newest wording")
    yield Item(written, (Line(words_of(evidence.card), Tone.QUOTE),))
    topic = organisation.topics.get(evidence.card.topic)
    for code, words in evidence.particulars.items():
        question = topic.question(code) if topic else None
        asked = question.text(current_language()) if question else code
        yield Item(asked, (Line(words, Tone.QUOTE),))


def _files(evidence: Evidence) -> Iterator[Item]:
    # What the citizen called a file may be the citizen's own name.
    named = not evidence.card.confidential
    return (_file(kept, named=named) for kept in evidence.files)


def _file(kept: KeptFile, *, named: bool) -> Item:
    words = [_(_FILES[kept.file.kind])]
    if named and kept.file.file_name:
        words.append(kept.file.file_name)
    if kept.file.size is not None:
        size = f"{kept.file.size / _MEGABYTE:.2f}".replace(".", ",")
        words.append(_("{size} MB").format(size=size))
    lines: tuple[Line, ...] = ()
    if kept.sha256 is not None:
        lines = (Line(f"SHA-256: {kept.sha256}", Tone.MUTED),)
    elif kept.copy_state is not None:
        lines = (Line(_(_COPIES[kept.copy_state]), Tone.MUTED),)
    return Item(" · ".join(words), lines)


def _closing(evidence: Evidence, organisation: Organisation) -> Iterator[str]:
    yield _(
        "{party} is not a state body. The terms are the party’s own rule, and this document is no "
        "decision of a state body."
    ).format(party=organisation.party.name(current_language()))
    yield _(
        "The document shows what the bot has recorded until the moment when it was made. All "
        "times are those of Kazakhstan (UTC+5). The citizen is not named in it."
    )
    if any(kept.sha256 for kept in evidence.files):
        yield _(
            "SHA-256 is the fingerprint of a file: a copy with the same fingerprint is the same "
            "file to the last byte."
        )
