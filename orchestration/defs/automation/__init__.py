"""What starts runs, and who hears of a red one."""
