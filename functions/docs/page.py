"""The page on which people read the API's description and try it: Swagger UI, whole, from the common layer.

Nothing is loaded from elsewhere, and the page runs no script but the two that are in it: its Content-Security-Policy
names them by their hashes.
"""

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# The bundle that powertools carries for pages of its own.
_SWAGGER_UI = "aws_lambda_powertools.event_handler.openapi.swagger_ui"

_START = """
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();
SwaggerUIBundle({url: "openapi.json", dom_id: "#swagger-ui", deepLinking: true, filter: true, docExpansion: "list"});
"""

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>mockupAWS API</title>
<style>{style}</style>
</head>
<body>
<main id="swagger-ui"><noscript>The API's description for programs: <a href="openapi.json">openapi.json</a></noscript>
</main>
<script>{bundle}</script>
<script>{start}</script>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class DocsPage:
    """The page, and the policy that it is to be sent with."""

    html: str
    policy: str


@cache
def docs_page() -> DocsPage:
    """The page, put together once a container."""
    assets = files(_SWAGGER_UI)
    bundle = assets.joinpath("swagger-ui-bundle.min.js").read_text("utf-8")
    style = assets.joinpath("swagger-ui.min.css").read_text("utf-8")
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src {_hash(bundle)} {_hash(_START)}",
            # Swagger UI sets style attributes, which no hash can allow.
            "style-src 'unsafe-inline'",
            "img-src data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        ]
    )
    return DocsPage(_PAGE.format(style=style, bundle=bundle, start=_START), policy)


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
