"""How the bot presents itself."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)

from sandbox.client import Chat, Desk


def command(description: str) -> list[BotCommand]:
    """Return one command with a description."""
    return [BotCommand(command="start", description=description)]


async def test_most_specific_commands_are_shown(bot: Bot, aigul: Chat, desk: Desk) -> None:
    """A chat's own commands come before those of all private chats, a language before none."""
    oleg = await desk.person("Oleg")
    await bot.set_my_commands(command("default"))
    assert {"start": "default"} == await aigul.commands()
    scope = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands(command("қазақша"), scope=scope, language_code="kk")
    await bot.set_my_commands(command("private"), scope=scope)
    assert {"start": "қазақша"} == await aigul.commands()
    assert {"start": "private"} == await oleg.commands()
    own = BotCommandScopeChat(chat_id=aigul.id)
    await bot.set_my_commands(command("own"), scope=own)
    assert {"start": "own"} == await aigul.commands()
    assert ["own"] == [each.description for each in await bot.get_my_commands(scope=own)]
    await bot.delete_my_commands(scope=own)
    assert {"start": "қазақша"} == await aigul.commands()


async def test_wrong_command_is_refused(bot: Bot) -> None:
    """Command names are small Latin letters, digits and underscores."""
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand(command="Старт", description="x")])


async def test_names_follow_the_language(bot: Bot) -> None:
    """Name and descriptions are kept per language, with the common one behind them."""
    await bot.set_my_name("Common")
    await bot.set_my_name("Ортақ", language_code="kk")
    await bot.set_my_description("about", language_code="ru")
    await bot.set_my_short_description("short")
    names = [(await bot.get_my_name(code)).name for code in ("kk", "ru")]
    assert ["Ортақ", "Common"] == names
    assert "about" == (await bot.get_my_description("ru")).description
    assert "" == (await bot.get_my_description("kk")).description
    assert "short" == (await bot.get_my_short_description("kk")).short_description


async def test_menu_button_is_kept(bot: Bot, aigul: Chat) -> None:
    """The menu button of a chat is what was set."""
    assert await bot.set_chat_menu_button(chat_id=aigul.id, menu_button=MenuButtonCommands())
    assert "commands" == (await bot.get_chat_menu_button(chat_id=aigul.id)).type


async def test_members_and_chats_parse(bot: Bot, aigul: Chat) -> None:
    """getChat, getChatMember and getChatMemberCount answer as aiogram expects."""
    assert "Aigul" == (await bot.get_chat(aigul.id)).first_name
    assert "member" == (await bot.get_chat_member(aigul.id, aigul.id)).status
    assert 2 == await bot.get_chat_member_count(aigul.id)
