"""`python -m onrecord`, where the script's folder is not on the path."""

from onrecord.cli import main

if __name__ == "__main__":
    main()
