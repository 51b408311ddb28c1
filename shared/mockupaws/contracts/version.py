"""Which API this is."""

API_VERSION = "1.0.0"
