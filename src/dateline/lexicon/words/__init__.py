"""Words of a language: of time, of saying, common ones, topics, and tables that find them."""
