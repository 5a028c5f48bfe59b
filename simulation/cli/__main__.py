"""`python -m simulation.cli` is `spanner`."""

from simulation.cli import main

if __name__ == "__main__":
    main()
