"""The commands, as `python -m icv`."""

from icv.cli import main

if __name__ == "__main__":
    main()
