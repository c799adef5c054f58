"""The address itself gets the unique index: what people are looked up by had none, and every letter read all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_keep_phone_numbers"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="user", name="one_person_per_address"),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(fields=["email"], name="one_person_per_address"),
        ),
    ]
