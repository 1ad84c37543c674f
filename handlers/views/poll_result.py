"""What stands beside every number of a result: its base, its dates, its method."""

from html import unescape

from handlers.text import N_, _, current_language, pick
from handlers.views.calendar_days import full, moment
from handlers.views.poll_legal import legal_facts
from handlers.views.profile import SETTLEMENTS
from handlers.views.target_words import target_words
from services.clock import local_date
from services.delivery.target import EVERYBODY, Target
from services.people.model import Sex
from services.places.atlas import atlas
from services.polls.disclosure import LOW_UNDER, PERCENT_FROM, Disclosure
from services.polls.model import Poll, Stream
from services.polls.pages import OTHER_GROUP, REGION
from services.polls.results import Result, Table
from services.polls.shown import disclosed
from services.text.length import shortened

_GROUPS: dict[str, str] = {
    Sex.FEMALE: N_("Women"),
    Sex.MALE: N_("Men"),
    **{kind.value: name for kind, name in SETTLEMENTS.items()},
    Stream.INVITED: N_("By invitation"),
    Stream.OPEN: N_("By the open link"),
}
_DECLARED = 120  # characters of a fact that the law wants
_CUTS = {
    "sex": N_("Men and women"),
    "age": N_("Age"),
    "settlement": N_("Town and village"),
    "stream": N_("How people came"),
}


def method(result: Result) -> str:
    """Return the sentences that stand under every number, in full."""
    poll = _(
        "A poll among subscribers of the bot who agreed to take part; it is not a random sample "
        "of the population, and no sampling error is calculated."
    )
    if not result.tables:
        return poll
    weighing = result.weighing
    if weighing.weighted:
        weights = _(
            "The data are weighted by region, sex, age and type of settlement (Bureau of National "
            "Statistics, {date})."
        ).format(date=weighing.margins)
        effective = round(weighing.effective or result.base)
        interval = _(
            "The range is a model’s estimate, effective sample = {number}; it leaves out the "
            "error that comes from people choosing to take part."
        ).format(number=number(effective))
        return f"{poll} {weights} {interval}"
    weights = _("The data are not weighted.")
    interval = _(
        "The range is a model’s estimate; it leaves out the error that comes from people choosing "
        "to take part."
    )
    return f"{poll} {weights} {interval}"


def method_in_brief(result: Result) -> str:
    """Return the same in one line."""
    if result.weighing.weighted:
        return _("A poll of the bot’s subscribers, not a random sample; weighted.")
    return _("A poll of the bot’s subscribers, not a random sample; not weighted.")


def audience(poll: Poll) -> str:
    """Return whom the poll asked: the whole country, a region, or the conditions in words."""
    target = poll.target
    if target == EVERYBODY:
        return _("All of Kazakhstan")
    if target == Target(regions=target.regions[:1]):
        return region_name(target.regions[0])
    return unescape(target_words(target))


def number(value: int) -> str:
    """Return the number with its thousands apart: «12 345»."""
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")


def decimal(value: float) -> str:
    """Return the number with one place after the comma: «3,4»."""
    return f"{value:.1f}".replace(".", ",")


def facts(result: Result, table: Table | None = None) -> list[str]:
    """Return base, dates and what must be disclosed: of one question, or of the whole poll."""
    found = [_base(result, table), *_parts(result, table)]
    if disclosed(table) is Disclosure.COUNTS:
        found.append(
            _("Fewer than {least} answers: numbers of answers, no percentages.").format(
                least=PERCENT_FROM
            )
        )
    first, last = (full(local_date(at)) for at in (result.poll.launched_at, result.ended_at))
    dates = first if first == last else f"{first} – {last}"
    return [*found, f"{audience(result.poll)}, {dates}", *disclosures(result)]


def disclosures(result: Result) -> list[str]:
    """Return what was not as announced, and how people were chosen."""
    passport = result.poll.passport
    found = []
    if passport.sample is not None:
        size = number(int(passport.sample["size"]))
        found.append(_("A random sample of subscribers by region: {number}").format(number=size))
    if passport.extended_from is not None:
        before = moment(passport.extended_from)
        found.append(_("The time was extended; announced first: {moment}").format(moment=before))
    if result.closed_early:
        found.append(_("The poll was closed before the announced time."))
    return found


def declared(result: Result) -> list[str]:
    """Return what else a result must say where there is room: the law's facts, a sample's seed."""
    passport = result.poll.passport
    found = [f"{name}: {shortened(value, _DECLARED)}" for name, value in legal_facts(passport)]
    sample = passport.sample or {}
    if sample.get("seed"):
        found.append(_("Seed of the sample: {seed}").format(seed=sample["seed"]))
    return found


def group_name(cut: str, group: str) -> str:
    """Return what a group of a breakdown is called."""
    if group == OTHER_GROUP:
        return _("Others")
    if cut == REGION:
        return region_name(group)
    if cut == "age":
        return _("{ages} years").format(ages=group.replace("-", "–"))
    return _(_GROUPS.get(group, group))


def cut_name(cut: str) -> str:
    """Return what a breakdown is called."""
    return _(_CUTS[cut])


def region_name(code: str) -> str:
    """Return the name of a region; its code where there is no such region."""
    place = atlas().find(code)
    return place.name(current_language()) if place else code


def short_region_name(code: str) -> str:
    """Return a name that a tile has room for."""
    region = atlas().regions[code]
    return pick(region.short_kk, region.short_ru)


def based(text: str, table: Table | None) -> str:
    """Return the words with «low base» behind them where the base is low."""
    if disclosed(table) is Disclosure.LOW_BASE:
        return _("{base} (low base)").format(base=text)
    return text


def _base(result: Result, table: Table | None) -> str:
    answered = result.base if table is None else table.answered
    words = _("Answered: {number}").format(number=number(answered))
    low = table is None and PERCENT_FROM <= result.base < LOW_UNDER
    base = _("{base} (low base)").format(base=words) if low else based(words, table)
    if table is None or not (table.skipped or table.not_asked):
        return base
    skipped = _("skipped: {number}").format(number=number(table.skipped))
    not_asked = _("not asked: {number}").format(number=number(table.not_asked))
    parts = [base, skipped if table.skipped else "", not_asked if table.not_asked else ""]
    return " · ".join(part for part in parts if part)


def _parts(result: Result, table: Table | None) -> list[str]:
    found = []
    invited = result.streams.get(Stream.INVITED, 0)
    if result.invited and table is None:
        rate = f"{100 * invited / result.invited:.0f}\N{NO-BREAK SPACE}%"
        found.append(
            _("Invited: {number} · of them answered: {rate}").format(
                number=number(result.invited), rate=rate
            )
        )
    if result.streams.get(Stream.OPEN):
        found.append(
            _("By invitation: {invited} · by the open link: {opened}").format(
                invited=number(invited), opened=number(result.streams[Stream.OPEN])
            )
        )
    if result.tables and not result.weighing.weighted:
        found.append(_("Not weighted"))
    return found
