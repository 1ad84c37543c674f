"""Election campaigns and the silence before a vote, as administrators keep them."""
