"""How the bot presents itself: commands by scope and language, names, descriptions, menu."""

from dataclasses import dataclass, field

from sandbox.server.payload import Json

ScopeKey = tuple[str, int | str | None, int | None]
DEFAULT_SCOPE: ScopeKey = ("default", None, None)


def scope_key(scope: Json | None) -> ScopeKey:
    """Return what tells one scope of commands from another."""
    if not scope:
        return DEFAULT_SCOPE
    return scope.get("type", "default"), scope.get("chat_id"), scope.get("user_id")


@dataclass(slots=True)
class Profile:
    """Everything that the bot sets about itself, by two-letter language; "" is every language.

    Source: https://core.telegram.org/bots/api#determining-list-of-commands
    """

    name: str
    commands: dict[tuple[ScopeKey, str], list[Json]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int | None, Json] = field(default_factory=dict)

    def commands_for_private(self, chat_id: int, language: str | None) -> list[Json]:
        """Return the commands that a person sees in the private chat, most specific first."""
        scopes: list[ScopeKey] = [
            ("chat", chat_id, None),
            ("all_private_chats", None, None),
            DEFAULT_SCOPE,
        ]
        for scope in scopes:
            for spoken in self._spoken(language):
                found = self.commands.get((scope, spoken))
                if found:
                    return found
        return []

    def name_for(self, language: str | None) -> str:
        """Return the bot's name as people of a language see it."""
        return self._text(self.names, language) or self.name

    def description_for(self, language: str | None) -> str:
        """Return what an empty chat shows."""
        return self._text(self.descriptions, language)

    def short_description_for(self, language: str | None) -> str:
        """Return what the profile page shows."""
        return self._text(self.short_descriptions, language)

    def menu_button_for(self, chat_id: int | None) -> Json:
        """Return the button beside the input field."""
        known = self.menu_buttons.get(chat_id) or self.menu_buttons.get(None)
        return known or {"type": "commands"}

    def _text(self, texts: dict[str, str], language: str | None) -> str:
        return next((texts[spoken] for spoken in self._spoken(language) if spoken in texts), "")

    @staticmethod
    def _spoken(language: str | None) -> list[str]:
        short = (language or "").split("-")[0].lower()
        return [short, ""] if short else [""]
