"""docs/roles.md: who of the staff may do what, told by the table of rights and by the code."""
