"""Maps, timelines and bars as numbers that the templates draw in SVG."""
