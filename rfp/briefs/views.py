"""Pages."""

from flask import Blueprint

blueprint = Blueprint("briefs", __name__)
