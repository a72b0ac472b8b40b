"""Landing: delivered files become immutable, typed, accounted-for rows; plain Python without Dagster."""
