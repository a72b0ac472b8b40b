"""Publication: a verified snapshot, its evidence, the audit log, and the link that readers follow."""
