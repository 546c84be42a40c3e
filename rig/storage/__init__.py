"""The database: models, migrations, and questions to it."""
