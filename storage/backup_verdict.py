class BackupFailed(Exception):  # noqa: N818 - it says what happened
    """No backup was made, or one cannot be used; the message says why, in a full sentence."""
