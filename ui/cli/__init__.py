"""The command line: `kenes`."""


def main() -> None:
    """Run the command that was given."""
    from ui.cli.commands import main

    main()
