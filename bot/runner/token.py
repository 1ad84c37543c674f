class TokenRefused(Exception):  # noqa: N818 - it names a state of affairs
    """Telegram does not know the token; nothing but another token will help."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram does not know this token. Take the right one from @BotFather "
            "and set BOT_TOKEN."
        )
