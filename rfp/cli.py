"""Commands: ``flask --app app COMMAND``."""

import json
import sys
from typing import Any, TextIO

import click
from flask import Flask, current_app
from flask.cli import AppGroup

audit = AppGroup("audit", help="The record.")


class Anchor(click.ParamType):
    """``SEQUENCE:HASH``, as ``flask audit verify`` printed it earlier."""

    name = "sequence:hash"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, str]:
        sequence, _, noted = str(value).partition(":")
        if not sequence.isascii() or not sequence.isdigit() or len(noted) != 64:
            self.fail(f"{value!r} is not SEQUENCE:HASH", param, ctx)
        return int(sequence), noted


@audit.command("verify")
@click.option("--anchor", type=Anchor(), help="A head noted down earlier: SEQUENCE:HASH.")
def verify(anchor: tuple[int, str] | None) -> None:
    """Check the chain of the record; exit 1 and name every fault where it does not hold."""
    from rfp.audit import queries

    faults = queries.faults(anchor)
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        click.echo("The record is broken.", err=True)
        sys.exit(1)
    sequence, last = queries.head()
    click.echo(f"The record holds. Its head, to note down elsewhere: {sequence}:{last}")


@audit.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8"), default="-")
def export(file: TextIO) -> None:
    """Write the record as JSON lines, for tools/verify_record.py."""
    from rfp.audit import queries

    for line in queries.exported():
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, envvar="PORT")
def serve(host: str, port: int) -> None:
    """Serve with waitress."""
    import waitress

    application = current_app._get_current_object()  # type: ignore[attr-defined]
    try:
        server = waitress.create_server(
            application,
            host=host,
            port=port,
            threads=8,
            ident=None,
            clear_untrusted_proxy_headers=not current_app.config["PROXIES"],
        )
    except OSError as error:
        raise click.ClickException(
            f"{host}:{port} cannot be used ({error.strerror}). Try another: --port 8001"
        ) from error
    click.echo(f"Grille is served on http://{host}:{port} (Ctrl+C stops it)")
    _show_accounts()
    server.run()


def _show_accounts() -> None:
    """The accounts of a demonstration, where there is one."""
    from rfp.accounts.queries import demonstration_accounts

    accounts = demonstration_accounts()
    if not accounts:
        return
    click.echo(f"\nAccounts of the demonstration (password of each: {accounts[0]['password']})")
    width = max(len(account["email"]) for account in accounts)
    for account in accounts:
        click.echo(f"  {account['email']:<{width}}  {account['role']:<12} {account['organisation']}")


def init_app(app: Flask) -> None:
    """Bind the commands to ``app``."""
    from rfp.demonstration.commands import demo

    app.cli.add_command(audit)
    app.cli.add_command(demo)
    app.cli.add_command(serve)
