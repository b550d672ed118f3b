"""What the commands share: opening a desk, reading and writing records, progress, the checks of `doctor`."""
