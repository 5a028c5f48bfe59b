"""Chance as a pure function: who, when, what for and with whom decide a draw, and nothing else does."""
