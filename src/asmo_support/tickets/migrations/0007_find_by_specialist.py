import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tickets", "0006_tie_and_fill")]
    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=django.contrib.postgres.indexes.GinIndex(fields=["agents"], name="ticket_of_specialist"),
        ),
    ]
