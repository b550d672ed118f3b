"""Inside linking: what is kept of an article, the window, the features of a pair, the scorer, repair."""
