"""Every change of the schema, in order; `engine.migrate` runs what a database lacks when it is opened."""
