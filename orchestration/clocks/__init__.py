"""Business calendars beside the build: the public holidays they take, and what the clocks cost."""
