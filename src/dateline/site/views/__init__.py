"""Records to what a page shows: one module a kind of page; nothing here knows HTTP."""
