"""Results are kept as append-only Parquet parts that a journal vouches for; DuckDB only reads them."""
