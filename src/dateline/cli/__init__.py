"""The commands: thin, one file per family."""
