"""What the desk keeps: one store, behind the ports of `ports.py`."""
