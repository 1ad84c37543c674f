"""`routing`: who answers for what, where nobody does, and handing over what is open."""

import argparse
import sys
from datetime import date
from typing import TYPE_CHECKING

from bot.commands.page import Commands, add_command
from bot.settings import Settings

if TYPE_CHECKING:
    from services.organisation.directory import Organisation
    from services.places.model import Place
    from services.roadmap.responsibility import Routed
    from services.roadmap.tables import Answers
    from storage.database import Database

_TEXT = """
DESCRIPTION
  check looks for holes: sections that nobody answers for, regions without a
  route of their own, offices above others without a head, officials whose
  account nobody holds, deputies who are away, open appeals that are not
  distributed. And for overlaps: two entries for the same case at the same
  time. Changes nothing.

  show prints who answers for TOPIC in PLACE, and who is told when it is late.
  PLACE is a KATO code of two or six digits, or a name in either language.

  handover gives what FROM has open to TO, or without TO to whoever answers
  by the data now, or into the queue. FROM and TO are codes of officials or
  Telegram ids of staff. The receivers are told once; a repetition changes
  nothing. An assignment that ends by an import is handed over by itself.

EXIT STATUS
  0  all went well; check: no holes and no overlaps
  1  check: there are some
  2  an argument is wrong; one line names it

EXAMPLES
  python -m bot routing check
  python -m bot routing show water-supply 615200 --on 2027-07-10
  python -m bot routing show roads Сайрам
  python -m bot routing handover mysalbaev ulgibaev
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "routing", "Check, show or hand over who answers", _TEXT, routing
    )
    kinds = parser.add_subparsers(metavar="WHAT", required=True)
    kinds.add_parser("check", help="look for holes and overlaps").set_defaults(routing=_check)
    show = kinds.add_parser("show", help="print who answers for a case")
    show.add_argument("topic", metavar="TOPIC", help="code of the topic")
    show.add_argument("place", metavar="PLACE", help="KATO code or name")
    show.add_argument(
        "--on", type=date.fromisoformat, metavar="DATE", help="a day such as 2027-07-10"
    )
    show.set_defaults(routing=_show)
    handover = kinds.add_parser("handover", help="hand over what somebody has open")
    handover.add_argument("leaving", metavar="FROM", help="official's code or person's id")
    handover.add_argument("to", metavar="TO", nargs="?", help="official's code or person's id")
    handover.set_defaults(routing=_handover)


async def routing(settings: Settings, options: argparse.Namespace) -> int:
    """Do what is asked on the database of the settings."""
    from storage import migrations
    from storage.database import open_database

    migrations.upgrade(settings.database_url)
    db = await open_database(settings.database_url, lock=False)
    try:
        status: int = await options.routing(db, settings, options)
    finally:
        await db.close()
    return status


async def _check(db: "Database", settings: Settings, _options: argparse.Namespace) -> int:
    from services.roadmap.checking import holes, overlaps
    from services.roadmap.tables import read_tables

    tables = await db.read(read_tables, await _today(settings))
    found = {"HOLES": list(holes(tables)), "OVERLAPS": list(overlaps(tables))}
    for title, lines in found.items():
        if lines:
            print(title)
            for line in lines:
                print(f"  {line}")
    if any(found.values()):
        return 1
    print("No holes and no overlaps.")
    return 0


async def _show(db: "Database", settings: Settings, options: argparse.Namespace) -> int:
    from services.organisation.directory import load_organisation
    from services.roadmap.tables import who_answers

    organisation = await db.read(load_organisation)
    place = _place(options.place)
    if options.topic not in organisation.topics:
        known = ", ".join(organisation.topics)
        print(f"routing: no topic {options.topic}; known: {known}.", file=sys.stderr)
        return 2
    if place is None:
        return 2
    day = options.on or await _today(settings)
    district = place.district.kato if place.district else None
    found = await db.read(who_answers, options.topic, place.region.kato, district, day)
    section = organisation.topics[options.topic].section
    print(f"Topic:       {options.topic}, section {section}")
    print(f"Place:       {district or place.region.kato} ({place.name('ru')})")
    print(f"Day:         {day}")
    for line in _answers(found, organisation):
        print(line)
    return 0


async def _handover(db: "Database", settings: Settings, options: argparse.Namespace) -> int:
    from bot.clock import clock_of
    from services.appeals.handing_over import Handed, hand_over
    from services.organisation.directory import load_organisation
    from services.people.person import find_person

    organisation = await db.read(load_organisation)
    holders: list[str | int] = []
    for name in filter(None, (options.leaving, options.to)):
        known = name in organisation.officials
        if not known and name.isdigit():
            known = await db.read(find_person, int(name)) is not None
        if not known:
            print(f"routing: neither an official nor a person: {name}.", file=sys.stderr)
            return 2
        holders.append(name if name in organisation.officials else int(name))
    leaving, to = holders[0], holders[1] if options.to else None
    if leaving == to:
        print("routing: FROM and TO are the same.", file=sys.stderr)
        return 2
    clock = await clock_of(settings.clock_url)
    total = Handed(0, 0, ())
    while (more := await db.write(hand_over, leaving, to, clock.now())).count:
        officials = tuple(sorted({*total.officials, *more.officials}))
        total = Handed(total.count + more.count, total.unanswered + more.unanswered, officials)
    receivers = ", ".join(total.officials) or "nobody by name"
    print(f"Handed over: {total.count} open appeals. Now answering: {receivers}.")
    if total.unanswered:
        print(f"Not distributed: {total.unanswered}. The desk was told.")
    return 0


def _answers(found: "Answers", organisation: "Organisation") -> list[str]:
    def official(code: str | None) -> str:
        known = organisation.officials.get(code or "")
        return f"{code} ({known.name('ru')})" if known else "nobody"

    def level(routed: "Routed") -> str:
        return f"{routed.office or 'no office'}, {official(routed.official)}"

    lines = [
        f"Office:      {found.routed.office or 'none'}",
        f"Official:    {official(found.routed.official)}",
    ]
    if found.acting != found.routed.official:
        lines.append(f"Acting:      {official(found.acting)}")
    reads = "somebody holds it" if found.reads else "nobody holds it: the desk is told instead"
    lines.append(f"Account:     {reads}")
    lines += [f"When late:   {level(routed)}" for routed in found.above]
    return lines


def _place(words: str) -> "Place | None":
    """Return the place; where it is not clear which one, say so."""
    from services.places.atlas import atlas
    from services.places.search import search

    found = atlas().place(words) if words.isdigit() else None
    if found is not None:
        return found
    places = search(words)
    if len(places) == 1:
        return places[0]
    shown = "; ".join(
        f"{(each.district or each.region).kato} {each.name('ru')}" for each in places
    )
    print(f"routing: which place is {words}? {shown or 'None is like it.'}", file=sys.stderr)
    return None


async def _today(settings: Settings) -> date:
    from bot.clock import clock_of
    from services.clock import local_date

    return local_date((await clock_of(settings.clock_url)).now())
