"""Who does it and to whom."""
