"""WSGI entry: ``flask --app app …``, ``waitress-serve app:app``, ``gunicorn app:app``."""

from rfp import create_app

app = create_app()
