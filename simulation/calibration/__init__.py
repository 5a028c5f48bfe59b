"""Which parameter values let the model reproduce the published figures together: waves of history matching, then rejection."""
