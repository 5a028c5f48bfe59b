"""Batches of runs: who does them, what they come to, and how a plan compares with its baseline."""
