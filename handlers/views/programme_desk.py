"""Programmes as the staff see them: the list, one of them, its form, its sessions, who comes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, in_rows, keyboard, paired
from handlers.screen import Screen
from handlers.text import N_, _, current_language
from handlers.views.emphasis import bold
from handlers.views.export_callbacks import ExportAsked
from handlers.views.party_callbacks import PartyDeskShown
from handlers.views.places import place_label
from handlers.views.programme_desk_callbacks import (
    CalledOff,
    FieldBegun,
    FieldDropped,
    FieldSet,
    FormShown,
    Part,
    PartAsked,
    ParticipantsShown,
    PartSet,
    ProgrammeBegun,
    ProgrammeEdited,
    ProgrammesDesk,
    ProgrammeTableAsked,
    ProgrammeTableGiven,
    SessionDropped,
    SessionsShown,
    SigningSet,
    WaitingSet,
)
from handlers.views.programme_form import shown
from handlers.views.programme_words import (
    FIELD_KINDS,
    KINDS,
    STATUSES,
    days_line,
    session_line,
    whom_line,
)
from handlers.views.school_callbacks import SchoolShown
from services.exports.kinds import Export
from services.people.deeds import Deed, may_somewhere
from services.people.model import Role
from services.places.model import Place
from services.programmes.catalogue import Card
from services.programmes.desk import Participants
from services.programmes.model import (
    Field,
    FieldKind,
    Programme,
    ProgrammeKind,
    ProgrammeStatus,
    SignUp,
    SignUpStatus,
)
from services.text.length import shortened

_LABEL = 40
# Characters: of a page of participants, of a question and of an answer on it.
_ROOM = 3500
_QUESTION, _ANSWER = 60, 100
_NAMES: Mapping[Part, str] = {
    Part.TITLE: N_("Its title"),
    Part.TEXT: N_("What it is about"),
    Part.TERMS: N_("Terms"),
    Part.PLACE: N_("Its place"),
    Part.WHOM: N_("For whom"),
    Part.PHOTO: N_("Photo"),
    Part.DAYS: N_("Its days"),
    Part.UNTIL: N_("Sign up until"),
    Part.CAPACITY: N_("Number of places"),
    Part.CONSENT: N_("Text of consent"),
    Part.CERTIFICATE: N_("Certificate"),
}
_BOTH = N_("Both languages in one message: first Kazakh, then “ / ”, then Russian.")
_ASKED: Mapping[Part, str] = {
    Part.TITLE: N_("What is the programme called?"),
    Part.TEXT: N_("What is it about? First the Kazakh text; the Russian one comes next."),
    Part.DAYS: N_("From when to when? For example: 01.12.2026 – 20.12.2026"),
    Part.TERMS: N_("Who may come, on what terms? First the Kazakh text."),
    Part.PLACE: N_("Where is it?"),
    Part.WHOM: N_("For which region or district? Write its name."),
    Part.PHOTO: N_("Send a photo for the card of the programme."),
    Part.UNTIL: N_("Until which day can one sign up?"),
    Part.CAPACITY: N_("How many places are there? Write a number."),
    Part.CONSENT: N_(
        "To what does a participant agree besides the general text? First in Kazakh."
    ),
    Part.CERTIFICATE: N_("From which share of sessions is a certificate given, in %?"),
    Part.SESSION: N_(
        "Write day and hour; in the second line what it is about, in the third where. For example:"
    ),
    Part.FIELD: N_("What does the form ask? Kind: {kind}"),
    Part.REASON: N_("Why is the programme called off? Everybody who takes part reads it."),
}
_PAIRS = frozenset({Part.TITLE, Part.PLACE, Part.FIELD, Part.REASON})
_EXAMPLE = "25.11.2026 18:30\nТанысу / Знакомство\nЖастар орталығы / Молодёжный центр"
_CHOICE = "Деңгейіңіз? / Ваш уровень?\nБастаушы / Начинающий\nТәжірибелі / Опытный"
_EMPTIED = {
    Part.CAPACITY: N_("♾ Any number"),
    Part.WHOM: N_("🌍 For everybody"),
    Part.PHOTO: N_("Without a photo"),
    Part.TERMS: N_("Without terms"),
    Part.PLACE: N_("Say nothing of the place"),
    Part.CONSENT: N_("The general text is enough"),
    Part.CERTIFICATE: N_("No certificate"),
}
_STANDINGS = {
    SignUpStatus.CONFIRMED: N_("take part: {count}"),
    SignUpStatus.OFFERED: N_("were offered a place: {count}"),
    SignUpStatus.WAITING: N_("wait: {count}"),
}
_MARKS = {SignUpStatus.CONFIRMED: "✅", SignUpStatus.OFFERED: "🎟", SignUpStatus.WAITING: "⏳"}


def desk_screen(found: Sequence[Programme], *, more: bool, roles: frozenset[Role]) -> Screen:
    """Return the programmes that somebody looks after."""
    language = current_language()
    lines, rows = [bold(_("🎓 Programmes"))], []
    for each in found:
        lines += ["", bold(escape(each.title(language))), _(STATUSES[each.status])]
        lines.append(_fact(Part.CAPACITY, _places(each)))
        opened = ProgrammeEdited(programme=each.id)
        rows.append([button(shortened(each.title(language), _LABEL), opened)])
    if not found:
        lines += ["", _("There is no programme yet.")]
    if more:
        rows.append([button(_("More ›"), ProgrammesDesk(before=found[-1].id))])
    rows.append([button(_("➕ New programme"), ProgrammeBegun())])
    if may_somewhere(roles, Deed.IMPORT_PROGRAMMES):
        rows.append([button(_("📥 Bring a table"), ProgrammeTableAsked())])
    return Screen("\n".join(lines), keyboard(*rows, [back(PartyDeskShown())]))


def kind_screen() -> Screen:
    """Ask what the new programme is."""
    rows = [[button(_(name), ProgrammeBegun(kind=kind))] for kind, name in KINDS.items()]
    text = _("What is it? A school has lessons and gives a certificate; all else is a project.")
    return Screen(text, keyboard(*rows, [back(ProgrammesDesk())]))


def card_screen(card: Card, today: date, note: str = "") -> Screen:
    """Return a programme with everything that can be changed of it."""
    programme, language = card.programme, current_language()
    until = f"{programme.sign_up_until:%d.%m.%Y}"
    share = _("no")
    if programme.certificate:
        share = _("from {share} % of sessions").format(share=programme.certificate_from)
    own = _("own text") if programme.consent_kk else _("the general text")
    lines = [
        f"{note}\n" if note else "",
        bold(escape(programme.title(language))),
        f"{_(KINDS[programme.kind])} · {_(STATUSES[programme.status])}",
        "",
        programme.text(language),
        *([programme.terms(language)] if programme.terms_kk else []),
        "",
        _fact(Part.WHOM, escape(whom_line(programme))),
        _fact(Part.PLACE, escape(programme.place(language)) or "—"),
        _fact(Part.DAYS, days_line(programme)),
        _fact(Part.UNTIL, until),
        _fact(Part.CAPACITY, _places(programme)),
        _fact(Part.PHOTO, _("yes") if programme.photo else _("no")),
        _fact(Part.CONSENT, own),
        _fact(Part.CERTIFICATE, share),
        _("Questions in the form: {count}").format(count=len(card.fields)),
        _("Sessions: {count}").format(count=len(card.sessions)),
    ]
    text = "\n".join(lines).strip()
    return Screen(text, keyboard(*_card_rows(programme, today), [back(ProgrammesDesk())]))


def part_screen(
    part: Part,
    programme: Programme | None,
    kind: FieldKind | None,
    problem: str,
    *,
    second: bool = False,
) -> Screen:
    """Ask for one thing; second: the Russian text, after the Kazakh one."""
    asked = _(_ASKED[part])
    if part is Part.FIELD and kind is not None:
        asked = asked.format(kind=_(FIELD_KINDS[kind]))
    lines = [f"⚠️ {problem}\n" if problem else "", bold(asked)]
    if second:
        lines[1] = bold(_("Now the same in Russian."))
    elif part in _PAIRS:
        lines.append(_(_BOTH))
    if part is Part.SESSION:
        lines.append(f"<pre>{_EXAMPLE}</pre>")
    elif kind is FieldKind.CHOICE:
        lines += [_("Each answer in a line of its own. For example:"), f"<pre>{_CHOICE}</pre>"]
    rows = []
    if programme is not None and part in _EMPTIED and not second:
        empty = PartSet(programme=programme.id, seen=programme.version, part=part, value="")
        rows.append([button(_(_EMPTIED[part]), empty)])
    leave = ProgrammesDesk() if programme is None else ProgrammeEdited(programme=programme.id)
    return Screen("\n".join(filter(None, lines)), keyboard(*rows, [back(leave)]))


def places_screen(programme: int, seen: int, found: Iterable[Place], problem: str) -> Screen:
    """Offer the places that a name may mean."""
    rows = [
        [
            button(
                place_label(each),
                PartSet(programme=programme, seen=seen, part=Part.WHOM, value=each.kato),
            )
        ]
        for each in found
    ]
    text = f"⚠️ {problem}" if problem else _("Is it one of these?")
    return Screen(text, keyboard(*rows, [back(ProgrammeEdited(programme=programme))]))


def reason_screen(programme: Programme, reason: tuple[str, str]) -> Screen:
    """Show the reason before a programme is called off."""
    lines = [
        bold(_("Call the programme off?")),
        escape(programme.title(current_language())),
        "",
        *(f"<blockquote>{escape(each)}</blockquote>" for each in reason),
        _("They will read this: {count}").format(count=programme.taken + programme.queued),
        _("To change the words, just write them anew."),
    ]
    yes = CalledOff(programme=programme.id, seen=programme.version)
    return Screen(
        "\n".join(lines),
        keyboard([button(_("🚫 Call off"), yes)], [back(ProgrammeEdited(programme=programme.id))]),
    )


def form_screen(card: Card, now: datetime, note: str = "") -> Screen:  # noqa: ARG001  # as below
    """Return what the form asks; the name is always asked first."""
    programme, language = card.programme, current_language()
    which, seen = programme.id, programme.version
    lines = [f"{note}\n" if note else "", bold(_("📝 The form"))]
    lines.append(_("Surname and given name are always asked."))
    rows: list[list[InlineKeyboardButton]] = []
    for number, field in enumerate(card.fields, start=1):
        needed = _("must be answered") if field.required else _("may be skipped")
        lines.append(f"\n{number}. {escape(field.label(language))}")
        lines.append(f"{_(FIELD_KINDS[field.kind])} · {needed}")
        lines += [f"– {escape(one.text(language))}" for one in field.options]
        turned = FieldSet(
            programme=which, seen=seen, field=field.code, required=not field.required
        )
        label = _("may be skipped") if field.required else _("must be answered")
        dropped = FieldDropped(programme=which, seen=seen, field=field.code)
        rows.append([button(f"{number}. {label}", turned), button(f"🗑 {number}", dropped)])
    adding = [
        button(f"➕ {_(name)}", FieldBegun(programme=which, kind=kind))
        for kind, name in FIELD_KINDS.items()
    ]
    leave = [back(ProgrammeEdited(programme=which))]
    return Screen("\n".join(lines).strip(), keyboard(*rows, *in_rows(adding, 2), leave))


def sessions_screen(card: Card, now: datetime, note: str = "") -> Screen:
    """Return the sessions; those ahead can be moved or taken away."""
    which, seen = card.programme.id, card.programme.version
    lines = [f"{note}\n" if note else "", bold(_("🗓 Sessions"))]
    rows: list[list[InlineKeyboardButton]] = []
    for each in card.sessions:
        lines.append(f"{each.number}. {session_line(each)}")
        if each.starts_at > now:
            move = PartAsked(programme=which, part=Part.SESSION, item=each.number)
            drop = SessionDropped(programme=which, seen=seen, number=each.number)
            moving = button(_("✏️ Session {number}").format(number=each.number), move)
            rows.append([moving, button(f"🗑 {each.number}", drop)])
    if not card.sessions:
        lines.append(_("There is none yet."))
    add = PartAsked(programme=which, part=Part.SESSION)
    rows.append([button(_("➕ Session"), add)])
    leave = [back(ProgrammeEdited(programme=which))]
    return Screen("\n".join(lines).strip(), keyboard(*rows, leave))


def participants_screen(found: Participants, after: int, *, roles: frozenset[Role]) -> Screen:
    """Return a page of who takes part or waits, with what they said."""
    programme, language = found.programme, current_language()
    counts = [
        _(words).format(count=found.counts.get(status.value, 0))
        for status, words in _STANDINGS.items()
    ]
    lines = [
        bold(_("👥 Participants")),
        escape(programme.title(language)),
        " · ".join(counts),
        _("That you read this list is written down."),
    ]
    shown_last = after
    for each in found.people:
        more = _participant(each, found.fields, language)
        if sum(map(len, [*lines, *more])) > _ROOM:
            break
        lines += more
        shown_last = each.id
    if not found.people:
        lines += ["", _("Nobody has signed up yet.")]
    rows = []
    if found.more or (found.people and shown_last != found.people[-1].id):
        rest = ParticipantsShown(programme=programme.id, after=shown_last)
        rows.append([button(_("More ›"), rest)])
    if after:
        rows.append(
            [button(_("‹‹ From the beginning"), ParticipantsShown(programme=programme.id))]
        )
    if found.people and may_somewhere(roles, Deed.ASK_EXPORT):
        file = ExportAsked(kind=Export.PARTICIPANTS, of=programme.id)
        rows.append([button(_("🔏 As a file"), file)])
    leave = [back(ProgrammeEdited(programme=programme.id))]
    return Screen("\n".join(lines), keyboard(*rows, leave))


def table_screen(note: str = "") -> Screen:
    """Ask for a table of programmes."""
    text = _(
        "Send a table of programmes as .xlsx or .csv: sheets “programmes”, “fields” and "
        "“sessions”. With one mistake nothing is taken in."
    )
    lines = [note, text] if note else [text]
    rows = [[button(_("📄 Example"), ProgrammeTableGiven())], [back(ProgrammesDesk())]]
    return Screen("\n\n".join(lines), keyboard(*rows))


def _participant(signup: SignUp, fields: Sequence[Field], language: str) -> list[str]:
    lines = ["", f"{_MARKS[signup.status]} {bold(escape(signup.name or '—'))}"]
    for field in fields:
        if answer := signup.answers.get(field.code):
            label = escape(shortened(field.label(language), _QUESTION))
            lines.append(f"{label} – {shown(field, shortened(answer, _ANSWER), language)}")
    return lines


def _card_rows(programme: Programme, today: date) -> list[list[InlineKeyboardButton]]:
    which, seen = programme.id, programme.version
    people = [button(_("👥 Participants"), ParticipantsShown(programme=which))]
    if programme.status is ProgrammeStatus.CALLED_OFF:
        return [people]
    rows: list[list[InlineKeyboardButton]] = []
    if programme.status is ProgrammeStatus.OPEN:
        shut = SigningSet(programme=which, seen=seen, on=False)
        rows.append([button(_("🔒 Close signing up"), shut)])
    elif not programme.over(today):
        opened = SigningSet(programme=which, seen=seen, on=True)
        rows.append([button(_("🟢 Open signing up"), opened)])
    rows.append([button(_("📝 The form"), FormShown(programme=which))])
    rows[-1].append(button(_("🗓 Sessions"), SessionsShown(programme=which)))
    parts = [
        button(f"✏️ {_(name)}", PartAsked(programme=which, part=part))
        for part, name in _NAMES.items()
        if part is not Part.CERTIFICATE or programme.kind is ProgrammeKind.SCHOOL
    ]
    rows += paired(parts)
    waiting = WaitingSet(programme=which, seen=seen, on=not programme.waiting)
    label = _("➖ No waiting list") if programme.waiting else _("➕ Waiting list")
    rows.append([button(label, waiting)])
    if programme.status is not ProgrammeStatus.DRAFT:
        off = PartAsked(programme=which, part=Part.REASON)
        school = SchoolShown(programme=which)
        rows += [people, [button(_("🎓 Attendance and certificates"), school)]]
        rows.append([button(_("🚫 Call off"), off)])
    return rows


def _places(programme: Programme) -> str:
    whole = "∞" if programme.capacity is None else str(programme.capacity)
    words = _("{whole}, taken: {taken}").format(taken=programme.taken, whole=whole)
    if programme.queued:
        words += " · " + _("wait: {count}").format(count=programme.queued)
    return words


def _fact(part: Part, said: str) -> str:
    return f"{_(_NAMES[part])}: {said}"
