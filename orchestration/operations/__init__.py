"""What is done to a home as a whole: its layout, backup and restore, and what has to go when it is old."""
