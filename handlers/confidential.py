"""Which conversations wait for what nobody may keep: answers in words, photos, passphrases."""

# Groups of states, by name.
GROUPS = frozenset({"Surveying", "PassphraseWords"})


def waits_for_secrets(state: str | None) -> bool:
    """Tell whether a message in this state of a conversation may be an answer or a passphrase."""
    return state is not None and state.partition(":")[0] in GROUPS
