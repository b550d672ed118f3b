"""Who and where: named parties and places, and how spellings of one name are brought together."""
