"""Published findings and patterns as experiments that the model passes or misses, and the rules by which it does."""
