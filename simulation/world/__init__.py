"""The world: populated, run in, advanced week by week, a real Mesa model."""
