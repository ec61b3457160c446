"""python -m speak: the same as the command `speak`."""

from speak.operations.commands import main

if __name__ == "__main__":
    main()
