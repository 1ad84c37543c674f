"""What a conversation waits for is known by a name of its own."""

import pkgutil
from collections import defaultdict
from importlib import import_module

from aiogram.fsm.state import StatesGroup

import handlers


def test_no_two_conversations_wait_under_one_name() -> None:
    """Words that one conversation waits for are never taken by another one."""
    for module in pkgutil.walk_packages(handlers.__path__, "handlers."):
        import_module(module.name)
    owners = defaultdict(list)
    for group in StatesGroup.__subclasses__():
        if group.__module__.startswith("handlers."):
            for state in group.__states__:
                owners[state.state].append(group.__module__)

    assert {} == {name: modules for name, modules in owners.items() if len(modules) > 1}
    assert len(owners) > 80
