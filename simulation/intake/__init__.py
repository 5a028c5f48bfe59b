"""What users bring: mappings of people and ties, and profiles of places, read with suspicion and turned into scenarios."""
