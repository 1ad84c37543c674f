"""Editors bring rounds of the rating, publish each other’s, and correct mistakes openly."""
