"""The Bot API server, the people in it, and the control API beside it."""

from sandbox.server.clock import SandboxClock
from sandbox.server.faults import Fault, FaultKind
from sandbox.server.limits import Limits
from sandbox.server.listen import Sandbox
from sandbox.server.settings import Settings
from sandbox.server.telegram import Telegram

__all__ = ["Fault", "FaultKind", "Limits", "Sandbox", "SandboxClock", "Settings", "Telegram"]
