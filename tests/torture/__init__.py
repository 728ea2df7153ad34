"""What must hold under kills, races and garbage, in full counts: `python -m tests.torture`, or `make torture`."""
