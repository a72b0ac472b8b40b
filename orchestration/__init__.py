"""The customer-service quality warehouse: from delivered files to published scorecards."""
