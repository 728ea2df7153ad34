"""Measured claims: `python -m bench` prints mailflow beside what it is held against, in one run."""
