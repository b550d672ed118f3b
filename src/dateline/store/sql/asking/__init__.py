"""What may be asked of a store in SQL: articles, stories, events, and the desk itself."""
