"""One mechanism a file: arrays in, arrays out; `week.py` is the order of the week."""
