"""The owner: one password, the sessions it opens, and the marks that are the owner's alone."""
