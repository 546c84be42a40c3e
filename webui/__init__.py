"""The Flask application: live dashboard, history and API."""
