"""What the grammar of a sentence says: its tree, its triggers, what governs them."""
