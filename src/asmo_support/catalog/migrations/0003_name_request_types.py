"""A request type has a name and makes a ticket of a kind there is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_keep_the_regulation")]
    operations = [
        migrations.AddConstraint(
            model_name="requesttype",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="request_type_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="requesttype",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["bug", "consultation", "change"])), name="request_type_has_a_kind"
            ),
        ),
    ]
