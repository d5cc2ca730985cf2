"""`python -m ui.cli` is `kenes`."""

from ui.cli import main

main()
