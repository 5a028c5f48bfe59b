"""The parts every page is put together from: plain html with a class, no data and no simulation."""
