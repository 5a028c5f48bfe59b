"""What is counted each week, in which unit, and which direction is better."""
