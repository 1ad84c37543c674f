"""The Road Map of those who answer for it: the board, reports, questions about them."""
