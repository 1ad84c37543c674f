"""Telegram on your desk: a local Bot API server, its people, and a chat page.

It knows nothing of the bot that talks to it and listens on loopback only.
"""
