"""Staff write stories of what was done: the desk, the composer, tables."""
