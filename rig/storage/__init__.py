"""The database: models, migrations, and questions to it.

`Database` opens it; `History` answers questions; `Calibrations` keeps the rig's calibrations.
"""
