"""Commands: ``flask --app app COMMAND``."""

import sys

import click
from flask import Flask, current_app
from flask.cli import AppGroup

audit = AppGroup("audit", help="The record.")


@audit.command("verify")
def verify() -> None:
    """Check the chain of the record; exit 1 and name every fault where it does not hold."""
    from rfp.audit import queries

    faults = queries.faults()
    for fault in faults:
        click.echo(fault, err=True)
    click.echo("The record is broken." if faults else "The record holds.", err=bool(faults))
    sys.exit(1 if faults else 0)


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, envvar="PORT")
def serve(host: str, port: int) -> None:
    """Serve with waitress."""
    import waitress

    click.echo(f"Grille is served on http://{host}:{port} (Ctrl+C stops it)")
    waitress.serve(current_app._get_current_object(), host=host, port=port, threads=8, ident=None)  # type: ignore[attr-defined]


def init_app(app: Flask) -> None:
    """Bind the commands to ``app``."""
    app.cli.add_command(audit)
    app.cli.add_command(serve)
