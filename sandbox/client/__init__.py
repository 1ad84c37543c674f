"""A person's hands for tests: write, tap and read over the control API."""

from sandbox.client.chat import Chat
from sandbox.client.connection import DeskError
from sandbox.client.desk import Desk
from sandbox.client.message import Answer, Message, NotSeen

__all__ = ["Answer", "Chat", "Desk", "DeskError", "Message", "NotSeen"]
