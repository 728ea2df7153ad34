"""What is measured, each in a process of its own, so that its memory is its own; prints one line of JSON."""
