"""New children are tied to the organization of their ticket; older tickets get the regulation they were made under."""

from django.db import migrations

CHILDREN = ("planneddate", "timeentry", "commercialoffer")
FILL = """
UPDATE tickets_clock SET calendar = 'default@1' WHERE calendar NOT LIKE '%@%';
UPDATE tickets_ticket SET
    planned_owed = (kind = 'change' OR NOT (standard OR critical)),
    regulation_id = (SELECT v.id FROM sla_regulationversion v JOIN sla_regulation r ON r.id = v.regulation_id
                     WHERE r.slug = 'default' AND v.n = 1)
WHERE regulation_id IS NULL;
"""


def tie(child):
    table = f"tickets_{child}"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {child}_of_same_organization FOREIGN KEY (ticket_id, organization_id)"
        " REFERENCES tickets_ticket (id, organization_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {table} DROP CONSTRAINT {child}_of_same_organization",
    )


class Migration(migrations.Migration):
    dependencies = [("tickets", "0005_keep_the_regulation")]
    operations = [*[tie(child) for child in CHILDREN], migrations.RunSQL(FILL, migrations.RunSQL.noop)]
