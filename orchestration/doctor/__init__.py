"""What a machine and a home must be like before a run, checked, with how to mend what is not."""
