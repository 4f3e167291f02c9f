"""The public pages of open briefs."""

from flask import Blueprint

blueprint = Blueprint("portal", __name__)
