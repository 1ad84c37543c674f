"""Choosing for whom something is; one picker serves news and whatever else goes to many."""
