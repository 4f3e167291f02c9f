"""Pages."""

from flask import Blueprint

blueprint = Blueprint("responses", __name__)
