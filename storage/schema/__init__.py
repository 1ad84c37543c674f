"""All tables, on one ``metadata``: importing this package imports every module in it."""

from importlib import import_module
from pkgutil import iter_modules

from storage.schema.metadata import metadata

__all__ = ["metadata"]

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
