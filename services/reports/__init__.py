"""Reports of how the programme is carried out, as documents."""
