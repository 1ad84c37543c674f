"""Filling in a survey."""
