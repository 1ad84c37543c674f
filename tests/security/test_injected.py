"""Markup in what people write and in how they call themselves: shown as it is, to everybody."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from storage.schema.delivery import outbox
from tests.counts import Say
from tests.transcripts.player import player
from tests.transcripts.script import FOLDER, Script, read
from tests.transcripts.stage import Stage, bot_in_this_process, set_up

_EVIL = "evil.example"
MARKUP = f' <b>&</i> <a href="tg://{_EVIL}">=2+2</a> \\`*_ &lt;'
_NAME = f'<a href="tg://{_EVIL}">&'
_WORDS = 13  # letters; what is shorter is a number or a day that a rule looks at
PLAYS = (
    *("appeal-kk", "official-ru", "closing-kk", "deciding-kk", "abuse-bans-kk"),
    *("programmes-kk", "councils-kk", "ratings-kk"),
)


def _inject(script: Script) -> int:
    """Put markup into every name and every free text of a play; return how often."""
    count = 0
    for name, person in script.people.items():
        if "title" not in person:
            person["first_name"] = person.get("first_name", name.title()) + _NAME
            count += 1
    for step in script.steps:
        text = step.value
        if step.action != "send" or not isinstance(text, str) or text.startswith("/"):
            continue
        if len(text) >= _WORDS and text[0].isalpha():
            step.value = text + MARKUP
            count += 1
    return count


async def _shown(stage: Stage, script: Script) -> list[dict[str, Any]]:
    """Return every message that anybody sees at the end of a play."""
    async with player(stage, script) as actor:
        chats = [actor.chat_of(name) for name, person in script.people.items() if person["id"] > 0]
        return [each.json for chat in chats for each in await chat.messages() if each.outgoing]


@pytest.mark.parametrize("name", PLAYS)
async def test_markup_stays_words(name: str, tmp_path: Path, say: Say) -> None:
    """No link of a stranger works, no message is refused by Telegram, no handler breaks."""
    script = read(FOLDER / f"{name}.yaml")
    fields = _inject(script)
    async with set_up(tmp_path, script.people, script.start_at, script.settings) as stage:
        async with player(stage, script) as actor, bot_in_this_process(stage):
            await actor.play(compare=False)
        messages = await _shown(stage, script)
        engine = sa.create_engine(stage.database_url)
        refused = sa.select(sa.func.count()).where(outbox.c.status == "refused")
        with engine.connect() as connection:
            lost = connection.execute(refused).scalar_one()
        engine.dispose()

    links = [
        entity
        for message in messages
        for entity in message.get("entities", []) + message.get("caption_entities", [])
        if _EVIL in entity.get("url", "")
    ]
    said = [each for each in messages if _EVIL in each.get("text", each.get("caption", ""))]
    say(f"{name}: markup in {fields} fields, told {len(said)} times, {len(links)} links made")
    assert said
    assert [] == links
    assert 0 == lost
    assert "handler failed" not in stage.logged
