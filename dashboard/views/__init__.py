"""From frames and tables to what a page says: plain functions, no Dash."""
