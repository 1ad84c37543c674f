"""The staff write programmes: texts, form, sessions; open, close and call off; see who comes."""
