"""The database's history: one revision a change of tables.py (see __main__.py for how to write the next)."""
