"""One's own data as a document to read, in the current language."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from handlers.text import N_, _, current_language
from handlers.views.appeal_history import EVENTS, KINDS, SPEAKERS
from handlers.views.appeal_names import place_line
from handlers.views.calendar_days import full, moment
from handlers.views.council_words import APPLICATION_STATUSES
from handlers.views.evidence_steps import without_picture
from handlers.views.operator_appeal import STATUSES
from handlers.views.profile import profile_lines
from handlers.views.programme_own_data import programme_chapters
from handlers.views.proposal_own_data import proposal_chapters
from services.appeals.evidence_sheet import Chapter, Item, Line, Sheet, Tone
from services.appeals.history import Speaker
from services.appeals.model import AppealEvent, AppealStatus, EntryKind
from services.councils.model import ApplicationStatus
from services.organisation.directory import Organisation
from services.people.model import Profile, Settlement, Sex

_Row = Mapping[str, Any]

_PURPOSES = {
    "appeals": N_("Consent: appeals"),
    "poll_profile": N_("Consent: what you told about yourself, for polls"),
    "news": N_("Consent: news"),
    "programmes": N_("Consent: programmes"),
    "councils": N_("Consent: offering oneself for a public council"),
    "proposals": N_("Consent: proposals board"),
    "personal_data": N_("Consent: appeals, polls and news together"),
}
_SPEAKERS = {
    "you": N_("you"),
    "staff": SPEAKERS[Speaker.STAFF],
    "clock": SPEAKERS[Speaker.CLOCK],
}


def own_data_sheet(data: _Row, organisation: Organisation, now: datetime) -> Sheet:
    """Return everything of the export that people read; the JSON beside it holds it all."""
    appeals = tuple(_appeals(data["appeals"], organisation))
    followed = tuple(_followed(data["followed_appeals"]))
    polls = tuple(_polls(data["polls"]))
    none = _("There is nothing.")
    return Sheet(
        language=current_language().value,
        over=organisation.party.name(current_language()),
        title=_("What the bot keeps about you"),
        facts=tuple(_facts(data, now)),
        chapters=(
            Chapter(_("Your consents"), tuple(_consents(data["consents"])), none),
            Chapter(_("Your appeals"), appeals, none),
            Chapter(_("Appeals that you joined"), followed, none),
            *_applications(data["council_applications"]),
            *proposal_chapters(data["proposals"], organisation),
            *programme_chapters(data["programmes"]),
            Chapter(_("Bans and objections"), tuple(_bans(data["bans"])), none),
            Chapter(_("Polls"), polls, none),
            Chapter(_("What was sent to you"), tuple(_sent(data)), none),
        ),
        closing=(
            _(
                "The names of the staff and everything about other people are left out. The same "
                "stands in the JSON file beside this one, in more detail."
            ),
            _("This document holds personal data: keep it to yourself."),
        ),
        page=_("My data · page {page} of {pages}"),
        made_at=now,
    )


def _facts(data: _Row, now: datetime) -> Iterator[tuple[str, str]]:
    person, news = data["person"], data["news"]
    yield _("Document made"), moment(now)
    yield _("Name in Telegram"), person["name"] or "—"
    yield _("Number in Telegram"), str(person["telegram_id"])
    yield _("With the bot since"), _time(person["joined_at"])
    profile = {**person["profile"]}
    kinds = (("sex", Sex), ("settlement", Settlement))
    told = {name: kind(profile[name]) if profile[name] else None for name, kind in kinds}
    for line in profile_lines(Profile(**{**profile, **told})):
        label, _colon, value = line.partition(": ")
        yield label, value
    confirmed = data["phone"]["confirmed_at"]
    kept = _("confirmed {time}; only a keyed mark of the number is kept")
    phone = kept.format(time=_time(confirmed)) if confirmed else _("not confirmed")
    yield _("Telephone number"), phone
    yield _("News"), _("off") if news["off_since"] else _("on")
    if news["muted_topics"]:
        yield _("Topics of news switched off"), str(len(news["muted_topics"]))
    yield _("News called useful"), str(len(news["useful"]))
    if data["drafts"]:
        yield _("Begun and not sent"), str(len(data["drafts"]))
    for role in data["work"]["roles"]:
        until = role["until"]
        span = f"{_time(role['since'])} – {_time(until) if until else '…'}"
        yield _("Role at the party’s bot"), f"{role['role']}, {span}"


def _consents(rows: Iterable[_Row]) -> Iterator[Item]:
    for row in rows:
        given = _("given {time}, text {version}")
        lines = [Line(given.format(time=_time(row["given_at"]), version=row["version"]))]
        if row["withdrawn_at"]:
            lines.append(Line(_("taken back {time}").format(time=_time(row["withdrawn_at"]))))
        yield Item(_(_PURPOSES.get(row["kind"], row["kind"])), tuple(lines))


def _appeals(rows: Iterable[_Row], organisation: Organisation) -> Iterator[Item]:
    language = current_language()
    for row in rows:
        topic = organisation.topics.get(row["topic"])
        about = [topic.name(language) if topic else row["topic"]]
        about += [place_line(row["region"], row["district"]), _status(row)]
        lines = [Line(" · ".join(about), Tone.MUTED), *_contact(row)]
        if not any(said["kind"] == EntryKind.TEXT for said in row["words"]):
            lines.append(Line(row["text"], Tone.QUOTE))
        lines += [Line(words, Tone.QUOTE) for words in (row["particulars"] or {}).values()]
        lines += [line for said in row["words"] for line in _said(said)]
        if row["rating"] is not None:
            rated = _("Rating of the answer")
            lines.append(Line(f"{rated}: " + _("{rating} of 5").format(rating=row["rating"])))
        for file in row["files"]:
            lines.append(Line(_("File: {name}").format(name=file["file_name"] or file["kind"])))
        lines += [Line(_event(each), Tone.MUTED) for each in row["history"]]
        yield Item(f"№ {row['number']}, {_time(row['registered_at'])}", tuple(lines))


def _status(row: _Row) -> str:
    return _(STATUSES[AppealStatus(row["status"])])


def _contact(row: _Row) -> Iterator[Line]:
    contact = [each for each in (row["contact_name"], row["contact_phone"]) if each]
    if contact:
        yield Line(_("Contact: {contact}").format(contact=", ".join(contact)))
    if row["latitude"] is not None:
        point = f"{row['latitude']:.5f}, {row['longitude']:.5f}"
        yield Line(f"{_('Point on the map')}: {point}")


def _said(said: _Row) -> Iterator[Line]:
    kind = without_picture(_(KINDS[EntryKind(said["kind"])]))
    yield Line(f"{kind}, {_time(said['at'])}, {_(_SPEAKERS[said['by']])}:", Tone.MUTED)
    yield Line(said["text"], Tone.QUOTE)
    for earlier in said["earlier"]:
        label = _("✎ Earlier wording, until {time}:").format(time=_time(earlier["until"]))
        yield Line(f"{without_picture(label)}\n{earlier['text']}", Tone.EARLIER)


def _event(each: _Row) -> str:
    what = _(EVENTS[AppealEvent(each["event"])])
    return f"{_time(each['at'])}: {what} ({_(_SPEAKERS[each['by']])})"


def _applications(rows: Iterable[_Row]) -> Iterator[Chapter]:
    """Yield the chapter about public councils, where somebody has offered themselves."""
    items = []
    for row in rows:
        contact = ", ".join(each for each in (row["name"], row["phone"]) if each)
        status = _(APPLICATION_STATUSES[ApplicationStatus(row["status"])])
        lines = [Line(contact), Line(row["about"], Tone.QUOTE), Line(status, Tone.MUTED)]
        if row["reply"]:
            lines.append(Line(row["reply"], Tone.QUOTE))
        items.append(Item(f"{row['council']}, {_time(row['at'])}", tuple(lines)))
    if items:
        yield Chapter(_("Offering oneself for public councils"), tuple(items), "")


def _followed(rows: _Row) -> Iterator[Item]:
    for row in rows["now"]:
        since = _("since {time}").format(time=_time(row["joined_at"]))
        yield Item(f"№ {row['number']}", (Line(since, Tone.MUTED),))
    for row in rows["own_words"]:
        said = (Line(_time(row["at"]), Tone.MUTED), Line(row["text"], Tone.QUOTE))
        yield Item(_("What you said about № {number}").format(number=row["number"]), said)


def _bans(rows: Iterable[_Row]) -> Iterator[Item]:
    for row in rows:
        lines = [Line(row["reason"], Tone.QUOTE)]
        if row["objection"]:
            lines.append(Line(_("Your objection:"), Tone.MUTED))
            lines.append(Line(row["objection"], Tone.QUOTE))
        yield Item(f"{_time(row['since'])} – {_time(row['until'])}", tuple(lines))


def _polls(polls: _Row) -> Iterator[Item]:
    for row in polls["invited_to_open"]:
        until = _("open until {time}").format(time=_time(row["closes_at"]))
        yield Item(_("You are invited: {poll}").format(poll=row["poll"]), (Line(until),))
    for row in polls["named_answers"]:
        lines = []
        for each in row["answers"]:
            lines.append(Line(each["question"], Tone.MUTED))
            given = [*each["chosen"], each["value"], each["number"], each["text"]]
            shown = [str(one) for one in given if one not in {None, ""}]
            lines.append(Line(", ".join(shown), Tone.QUOTE))
        yield Item(_("Your answers, by name: {poll}").format(poll=row["poll"]), tuple(lines))
    yield Item(_("Secret polls"), (Line(polls["secret_answers"]),))


def _sent(data: _Row) -> Iterator[Item]:
    letters, mailings = data["letters"], data["mailings"]
    counted = (
        (_("Letters: receipts, answers, reminders"), [row["queued_at"] for row in letters]),
        (_("Mailings: news, polls, results"), [row["started_at"] for row in mailings]),
    )
    for heading, moments in counted:
        if moments:
            span = f"{_day(min(moments))} – {_day(max(moments))}"
            yield Item(heading, (Line(f"{len(moments)}: {span}"),))


def _time(iso: str) -> str:
    return moment(datetime.fromisoformat(iso))


def _day(iso: str) -> str:
    return full(date.fromisoformat(iso[:10]))
