"""Screens of the composer: a sample, quotas, and what the law asks of political polls."""

from collections.abc import Mapping
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, in_rows, keyboard
from handlers.operator.poll_composer.audience_callbacks import (
    LegalAgreed,
    LegalAsked,
    PoliticalChosen,
    PoliticalShown,
    QuotaOpened,
    QuotaSet,
    QuotasShown,
    SampleSet,
)
from handlers.operator.poll_composer.callbacks import PartOpened, Step
from handlers.screen import Screen
from handlers.text import N_, _, ngettext, pick
from handlers.views.emphasis import bold
from handlers.views.mailing_progress import spaced
from handlers.views.poll_drawn import fingerprint
from handlers.views.profile import SETTLEMENTS, SEXES
from services.people.model import Settlement, Sex
from services.places.atlas import atlas
from services.polls.draft import PollDraft
from services.polls.expected import Expected
from services.polls.model import Poll
from services.polls.political import LegalField, TopicClass
from services.polls.quotas import PARTS, levels

SIZES = (300, 500, 1000, 1500, 2000, 5000)
_ANSWERS = (20, 50, 100, 200, 300, 500, 1000, 2000)
_PARTS = {
    "region": N_("📍 Regions"),
    "sex": N_("🚻 Sex"),
    "settlement": N_("🌆 City or village"),
    "age": N_("🎂 Age"),
}
POLITICAL_TOPICS = {
    TopicClass.ELECTION: N_("🗳 An election"),
    TopicClass.CANDIDATE: N_("👤 A candidate"),
    TopicClass.PARTY_RATING: N_("📊 Ratings of parties"),
    TopicClass.REFERENDUM: N_("✅ A referendum"),
}
LEGAL = {
    LegalField.ENTITY: N_("Legal entity that holds the poll"),
    LegalField.YEARS: N_("Years of such work"),
    LegalField.NOTICE: N_("Notice to the Central Election Commission"),
    LegalField.CUSTOMER: N_("Customer"),
    LegalField.PAYER: N_("Payer"),
    LegalField.METHOD: N_("Method"),
    LegalField.PEOPLE: N_("People to be asked"),
    LegalField.ERROR: N_("Stated error, %"),
}
_LEGAL_HINTS = {
    LegalField.ENTITY: N_("Its full name, as it is registered."),
    LegalField.YEARS: N_("A whole number. The law asks for at least five years."),
    LegalField.NOTICE: N_("Its number and date, like this: № 15, 01.11.2026"),
    LegalField.CUSTOMER: N_("Who ordered the poll."),
    LegalField.PAYER: N_("Who pays for the poll."),
    LegalField.METHOD: N_("How the answers are gathered, in one sentence."),
    LegalField.PEOPLE: N_("A whole number."),
    LegalField.ERROR: N_("In percent, like this: 2.5"),
}


def expected_lines(found: Expected, sample: int | None) -> list[str]:
    """Return how many would be invited, and who would not and why, as HTML lines."""
    lines = [_("Would be invited now: {number}").format(number=spaced(found.people))]
    if sample is not None and found.people < sample:
        told = _("⚠️ Fewer than the sample: only so many have told region and settlement.")
        lines.append(told)
    if found.short:
        lines.append(
            ngettext(
                "⚠️ {count} group of region and settlement has too few people; the others get "
                "its share.",
                "⚠️ {count} groups of region and settlement have too few people; the others get "
                "their share.",
                found.short,
            ).format(count=found.short)
        )
    if found.unsaid:
        told = _("Outside only for what they did not say of themselves: {number}")
        lines.append(told.format(number=spaced(found.unsaid)))
    if found.recent:
        told = _("Invited to a poll this week, so not written to again: {number}")
        lines.append(told.format(number=spaced(found.recent)))
    return lines


def sample_screen(draft: PollDraft, found: Expected) -> Screen:
    """Ask whether everybody is invited or a random sample, and how large."""
    now = (
        _("Now: everybody")
        if draft.sample is None
        else _("Now: a random sample, {number} people").format(number=spaced(draft.sample))
    )
    text = _(
        "People are drawn by region and by city or village, in proportion to the population. "
        "Nobody chooses them: a secret number does, whose fingerprint everybody sees before and "
        "which is published with the result. Others can still answer by the link; their answers "
        "are shown apart."
    )
    lines = [
        bold(_("🎲 Whom to invite")),
        text,
        "\n".join([now, *expected_lines(found, draft.sample)]),
    ]
    sizes = [
        button(
            f"{'✅ ' if size == draft.sample else ''}{spaced(size)}",
            SampleSet(draft=draft.id, size=size),
        )
        for size in SIZES
    ]
    mark = "✅ " if draft.sample is None else ""
    everybody = button(mark + _("👥 Everybody"), SampleSet(draft=draft.id, size=0))
    rows = [[everybody], *in_rows(sizes, 3), [_to_more(draft)]]
    return Screen("\n\n".join(lines), keyboard(*rows))


def quotas_screen(draft: PollDraft) -> Screen:
    """Show the quotas and the parts to set them for."""
    text = _(
        "Where so many of a group have answered, nobody more of it is invited or reminded. Who "
        "wants to answer still can: no answer is refused."
    )
    cells: Mapping[str, int] = (draft.quotas or {}).get("cells", {})
    kept = [f"• {level_name(level)}: {spaced(number)}" for level, number in cells.items()]
    lines = [bold(_("⚖️ Quotas")), text, "\n".join(kept) or _("There are no quotas.")]
    parts = [button(_(_PARTS[part]), QuotasShown(draft=draft.id, part=part)) for part in PARTS]
    return Screen("\n\n".join(lines), keyboard(*in_rows(parts, 2), [_to_more(draft)]))


def quota_groups_screen(draft: PollDraft, part: str) -> Screen:
    """Show the groups of a part, with their quotas."""
    cells: Mapping[str, int] = (draft.quotas or {}).get("cells", {})
    buttons = [
        button(
            f"{level_name(level)}{f': {spaced(cells[level])}' if level in cells else ''}",
            QuotaOpened(draft=draft.id, part=part, group=level.partition(":")[2]),
        )
        for level in levels(part)
    ]
    rows = [*in_rows(buttons, 2), [back(QuotasShown(draft=draft.id))]]
    return Screen(_("For which group?"), keyboard(*rows))


def quota_screen(draft: PollDraft, part: str, group: str) -> Screen:
    """Ask how many answers of a group suffice."""
    level = f"{part}:{group}"
    cells: Mapping[str, int] = (draft.quotas or {}).get("cells", {})

    def choice(number: int, label: str) -> InlineKeyboardButton:
        mark = "✅ " if cells.get(level, 0) == number else ""
        data = QuotaSet(draft=draft.id, part=part, group=group, answers=number)
        return button(mark + label, data)

    numbers = [choice(number, spaced(number)) for number in _ANSWERS]
    rows = [
        *in_rows(numbers, 4),
        [choice(0, _("Without a quota"))],
        [back(QuotasShown(draft=draft.id, part=part))],
    ]
    text = _("How many answers of this group suffice?")
    return Screen(f"{bold(level_name(level))}\n\n{text}", keyboard(*rows))


def level_name(level: str) -> str:
    """Return what a group of a quota is called."""
    part, _colon, group = level.partition(":")
    match part:
        case "region":
            region = atlas().regions.get(group)
            return pick(region.short_kk, region.short_ru) if region else group
        case "sex":
            return _(SEXES[Sex(group)])
        case "settlement":
            return _(SETTLEMENTS[Settlement(group)])
        case _:
            return _("{ages} years").format(ages=group.replace("-", "–"))


def political_screen(draft: PollDraft) -> Screen:
    """Show what polls about elections there are, to an administrator."""
    text = _(
        "The election law lets only a legal entity with at least five years of such work, which "
        "has notified the Central Election Commission, hold these polls. Choose one, and the bot "
        "will ask for everything that must be told with the result. In the five days before a "
        "voting day and on it no result is published: it waits."
    )
    rows = [
        [button(_(name), PoliticalChosen(draft=draft.id, topic=topic))]
        for topic, name in POLITICAL_TOPICS.items()
    ]
    leave = back(PartOpened(draft=draft.id, step=Step.TOPIC))
    title = bold(_("🗳 Polls about elections"))
    return Screen(f"{title}\n\n{text}", keyboard(*rows, [leave]))


def administrators_only_screen(draft: PollDraft) -> Screen:
    """Tell an operator who can open such a poll."""
    text = _(
        "Polls about elections, candidates, ratings of parties and referendums can be opened by "
        "an administrator only, who enters what the law asks for."
    )
    leave = back(PartOpened(draft=draft.id, step=Step.TOPIC))
    return Screen(text, keyboard([leave]))


def legal_question(draft: str, field: LegalField, problem: str = "") -> Screen:
    """Ask for one of the facts."""
    blocks = [
        f"⚠️ {problem}" if problem else "",
        bold(_(LEGAL[field])),
        _(_LEGAL_HINTS[field]),
    ]
    leave = back(PoliticalShown(draft=draft))
    return Screen("\n\n".join(block for block in blocks if block), keyboard([leave]))


def legal_screen(draft: str, topic: str, legal: Mapping[str, str]) -> Screen:
    """Show all facts before they are kept; each can be written anew."""
    title = _(POLITICAL_TOPICS[TopicClass(topic)])
    rows = [
        [button(f"✏️ {_(LEGAL[field])}", LegalAsked(draft=draft, field=field))]
        for field in LegalField
    ]
    right = button(_("✅ This is right"), LegalAgreed(draft=draft))
    leave = back(PoliticalShown(draft=draft))
    text = "\n".join([bold(title), "", *legal_lines(legal)])
    return Screen(text, keyboard([right], *rows, [leave]))


def legal_lines(legal: Mapping[str, str] | None) -> list[str]:
    """Return the facts that the law wants told with a political poll, as HTML lines."""
    said = legal or {}
    return [
        f"{_(name)}: {escape(said[field.value])}"
        for field, name in LEGAL.items()
        if said.get(field.value)
    ]


def chosen_lines(poll: Poll, *, told: bool = False) -> list[str]:
    """Return how people are chosen, and the law's facts, as lines of a passport.

    told: the poll is counted, so that the seed is no longer secret.
    """
    passport = poll.passport
    lines = []
    if passport.sample is not None:
        lines.append(
            _("A random sample, people: {number}").format(number=spaced(passport.sample["size"]))
        )
    if hashed := fingerprint(poll):
        lines.append(_("Fingerprint of the draw (SHA-256): {hash}").format(hash=hashed))
    if told and passport.sample is not None and passport.sample.get("seed"):
        seed = f"<code>{passport.sample['seed']}</code>"
        lines.append(_("Number of the draw: {seed}").format(seed=seed))
    cells: Mapping[str, int] = (passport.quotas or {}).get("cells", {})
    if cells:
        names = "; ".join(f"{level_name(one)}: {spaced(cells[one])}" for one in cells)
        lines.append(_("Quotas: {quotas}").format(quotas=escape(names)))
    return [*lines, *legal_lines(passport.legal)]


def _to_more(draft: PollDraft) -> InlineKeyboardButton:
    return back(PartOpened(draft=draft.id, step=Step.MORE))
