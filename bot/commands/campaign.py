"""`campaign`: the days of election campaigns."""

import argparse
import sys
from datetime import date
from typing import TYPE_CHECKING

from bot.commands.page import Commands, add_command
from bot.settings import Settings

if TYPE_CHECKING:
    from services.campaigns.keeping import Kept
    from storage.database import Database

_TEXT = """
DESCRIPTION
  add keeps a campaign: from its first day to the voting day, in the whole
  country or in --area, a KATO code of two or six digits. Meanwhile appeals
  of that place are taken as mandates. In the five days before the voting day
  and on it nothing is published there: news, results, polls about elections
  wait for the day after. Said again in the same words it changes nothing.

  list prints all campaigns with how they stand. call-off lets one no longer
  count; what waited for it goes out.

  Administrators do the same in the chat: /campaigns.

EXIT STATUS
  0  all went well
  2  an argument is wrong; one line says why

EXAMPLES
  python -m bot campaign add --from 2026-11-20 --vote 2026-12-13 \\
      "Мәслихат депутаттарын сайлау" "Выборы депутатов маслихата" --area 61
  python -m bot campaign list
  python -m bot campaign call-off 3
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "campaign", "Keep the days of election campaigns", _TEXT, campaign
    )
    kinds = parser.add_subparsers(metavar="WHAT", required=True)
    add = kinds.add_parser("add", help="keep a campaign")
    add.add_argument("title_kk", metavar="KAZAKH", help="title in Kazakh")
    add.add_argument("title_ru", metavar="RUSSIAN", help="title in Russian")
    for name, dest in (("--from", "begins_on"), ("--vote", "votes_on")):
        add.add_argument(
            name,
            dest=dest,
            type=date.fromisoformat,
            required=True,
            metavar="DATE",
            help="a day such as 2026-12-13",
        )
    add.add_argument("--area", default="", metavar="KATO", help="region or district")
    add.set_defaults(campaign=_add)
    kinds.add_parser("list", help="print all campaigns").set_defaults(campaign=_list)
    off = kinds.add_parser("call-off", help="let a campaign no longer count")
    off.add_argument("number", type=int, metavar="NUMBER", help="as list prints it")
    off.set_defaults(campaign=_call_off)


async def campaign(settings: Settings, options: argparse.Namespace) -> int:
    """Do what is asked on the database of the settings."""
    from services.refusal import Refusal
    from storage import migrations
    from storage.database import open_database

    migrations.upgrade(settings.database_url)
    db = await open_database(settings.database_url, lock=False)
    try:
        await options.campaign(db, settings, options)
    except Refusal as refusal:
        print(f"campaign: {refusal.message.format(**refusal.parameters)}", file=sys.stderr)
        return 2
    finally:
        await db.close()
    return 0


async def _add(db: "Database", settings: Settings, options: argparse.Namespace) -> None:
    from bot.clock import clock_of
    from services.campaigns.keeping import Plan, add_campaign, key_of

    plan = Plan(
        options.title_kk, options.title_ru, options.begins_on, options.votes_on, options.area
    )
    now = (await clock_of(settings.clock_url)).now()
    print(_line(await db.write(add_campaign, key_of(plan), plan, None, now)))


async def _list(db: "Database", settings: Settings, _options: argparse.Namespace) -> None:
    from bot.clock import clock_of
    from services.campaigns.keeping import kept_campaigns

    now = (await clock_of(settings.clock_url)).now()
    found = await db.read(kept_campaigns, None, now)
    print("\n".join(map(_line, found)) or "No campaigns.")


async def _call_off(db: "Database", settings: Settings, options: argparse.Namespace) -> None:
    from bot.clock import clock_of
    from services.campaigns.keeping import call_off_campaign, kept_campaign

    now = (await clock_of(settings.clock_url)).now()
    seen = await db.read(kept_campaign, options.number, None, now)
    print(_line(await db.write(call_off_campaign, options.number, seen.version, None, now)))


def _line(kept: "Kept") -> str:
    one = kept.campaign
    where = one.area or "whole country"
    return (
        f"{one.id}  {kept.phase:<10}  {one.begins_on} – {one.votes_on}  {where}  "
        f"{one.title_ru}  (mandates: {kept.mandates})"
    )
