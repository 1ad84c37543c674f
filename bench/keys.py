"""The key under which benches seal, as an installation does: a fresh one for each run.

`DATA_KEY= make bench` measures without any.
"""

import os

from storage import vault


def unlock() -> None:
    """Seal in this process, and in those that it starts, under the key of the environment."""
    key = os.environ.setdefault("DATA_KEY", vault.new_key())
    vault.use(vault.keyring(key) if key else None)
