"""What people decided, turned into figures: weights from judgements, findings in the governed seeds."""
