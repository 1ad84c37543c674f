"""A bot that stores nothing: aiogram's own webhook, one handler, the answer in the response.

python -m bench.peers.echo PORT
"""

import sys

import uvloop
from aiogram import Bot, Dispatcher
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from bench.load import SECRET, TOKEN

dispatcher = Dispatcher()


@dispatcher.callback_query()
async def echo(query: CallbackQuery) -> AnswerCallbackQuery:
    """Say back what was pressed."""
    return query.answer(query.data)


def main(port: str) -> None:
    """Serve until killed."""
    app = web.Application()
    handler = SimpleRequestHandler(
        dispatcher, Bot(TOKEN), handle_in_background=False, secret_token=SECRET
    )
    handler.register(app, "/webhook")
    uvloop.install()
    web.run_app(app, host="127.0.0.1", port=int(port), access_log=None, print=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
