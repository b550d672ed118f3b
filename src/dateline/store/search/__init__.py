"""The query language, the words that texts are found by, and the passage that a result shows."""
