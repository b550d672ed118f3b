"""What a page says of itself: title, byline, dates, credit, rights."""
