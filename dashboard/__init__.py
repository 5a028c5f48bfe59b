"""The pages in which a planner picks a place, puts a plan together and sees what it does."""
