"""Lets the database refuse to change or delete what is sealed. A later migration that rebuilds these tables on SQLite
must call the same function at its end.
"""

from django.db import migrations

from terang.audit import triggers


def install(apps, schema_editor):
    columns = [field.column for field in apps.get_model("audit", "JournalEntry")._meta.local_fields]
    triggers.install(lambda sql: schema_editor.execute(sql, params=None), schema_editor.connection.vendor, columns)


def remove(apps, schema_editor):
    triggers.remove(lambda sql: schema_editor.execute(sql, params=None), schema_editor.connection.vendor)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
