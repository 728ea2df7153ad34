"""The script of the demo: who does what and when, and what must come of it. It knows nothing of the program."""
