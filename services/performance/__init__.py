"""What the answers of officials came to: shares that nobody can raise by closing in silence."""
