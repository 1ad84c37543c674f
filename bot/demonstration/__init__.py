"""The demonstration: two months of an invented party, played through the real use cases."""

from bot.demonstration.playing import load

__all__ = ["load"]
