"""Which conversations wait for what nobody may keep: answers, passphrases, PINs, phones."""

# Groups of states, by name.
GROUPS = frozenset({"Surveying", "PassphraseWords", "StaffPin", "PhoneSharing"})


def waits_for_secrets(state: str | None) -> bool:
    """Tell whether a message in this state of a conversation may be an answer or a secret."""
    return state is not None and state.partition(":")[0] in GROUPS
