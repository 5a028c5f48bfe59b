"""The world's state as columns: one row an entity, arrays only, no behaviour."""
