"""``flask --app app demo``: load the demonstration and say how to enter it."""

import os
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from rfp.db import db
from rfp.demonstration.building import LANGUAGE_OF, build, is_empty
from rfp.demonstration.dates import Stage
from rfp.demonstration.people import accounts, announce
from rfp.vocabulary import LANGUAGES


@click.command("demo")
@click.option("--stage", type=click.Choice([stage.value for stage in Stage]), help="How far the consultation has come.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), help="Its language, and that of new accounts.")
@click.option("--if-empty", is_flag=True, help="Load one consultation at each stage, unless there are accounts.")
@with_appcontext
def demo(stage: str | None, language: str | None, if_empty: bool) -> None:
    """Load a made-up consultation, with its organisation, agencies and panel."""
    if if_empty and not is_empty():
        click.echo("The database has accounts already: no demonstration was loaded.")
        return
    if stage is None and not if_empty:
        raise click.UsageError("Say which --stage, or --if-empty.")
    wanted = {Stage(stage): LANGUAGE_OF[Stage(stage)]} if stage else LANGUAGE_OF
    if language:
        wanted = dict.fromkeys(wanted, language)
    made = build(wanted, language=language or "", now=datetime.now(UTC))
    db.session.commit()
    announce(current_app.config["DATA_FOLDER"])
    click.echo("The demonstration was loaded; all in it is made up.")
    for consultation in made:
        click.echo(f"  {consultation.stage:<12}{consultation.reference}  {consultation.brief.title}")
    if not if_empty:  # `serve`, which then follows, lists them itself
        _say_accounts()


def _address() -> str:
    """Where the application will be: as set, or on the port that ``serve`` reads too."""
    port = os.environ.get("PORT")
    if port and "BASE_URL" not in os.environ:
        return f"http://127.0.0.1:{port}"
    return str(current_app.config["BASE_URL"])


def _say_accounts() -> None:
    everybody = accounts()
    click.echo(f"Sign in on {_address()}/sign-in with the password {everybody[0]['password']}")
    shown = [a for a in everybody if a["role"] != "member"]
    width = max(len(a["email"]) for a in shown)
    for account in shown:
        role = "agency" if account["organisation"] != everybody[0]["organisation"] else account["role"]
        click.echo(f"  {role:<12}{account['email']:<{width}}  {account['name']}, {account['organisation']}")
