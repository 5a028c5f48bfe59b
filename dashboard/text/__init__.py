"""Words and numbers as the pages print them."""
