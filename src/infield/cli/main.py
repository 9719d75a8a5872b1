"""The command line: `infield …`. Each command is imported when it is called, so that every one starts fast."""

from importlib import import_module

import click

COMMANDS = {
    "map": ("infield.cli.map", "Write, check, draw and compare sales process maps."),
    "import": ("infield.cli.import_", "Load the deals of another CRM into the app."),
    "report": ("infield.cli.report", "Show how deals really go, from an export of any CRM."),
    "sample-log": ("infield.cli.sample_log", "Write a made-up deal history, to try things out."),
    "demo": ("infield.cli.demo", "Make a sample company to look around in, and serve it."),
    "export": ("infield.cli.export", "Write everything that is kept into one archive."),
    "search-index": ("infield.cli.search_index", "Make the index of the search anew."),
    "serve": ("infield.cli.serve", "Serve the app: board, deals, map, funnel, import."),
}


class LazyGroup(click.Group):
    """A group that lists its commands from a table and imports only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in COMMANDS.items()])


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="infield")
def main() -> None:
    """Map a B2B sales process, run deals on it, see what really happens, and improve it.

    \b
    Begin with a ready-made map, make it yours, look at it:
      infield map new --starter seven-steps > our-sale.yaml
      infield map check our-sale.yaml
      infield map draw our-sale.yaml -o our-sale.svg

    \b
    See how deals really go, from an export of your CRM:
      infield report deals.csv --map our-sale.yaml --html report.html
    """


if __name__ == "__main__":
    main()
