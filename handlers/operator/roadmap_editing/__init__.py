"""The administrator changes the Road Map: indicators, who answers for them, tables."""
