"""Documents that are written from the model itself."""
