"""Children belong to the organization of their ticket: foreign keys bypass row policies, so the key carries it."""

from django.db import migrations

CHILDREN = ("assignment", "attachment", "clock", "informationrequest", "message", "pause", "resolution")


def tie(child):
    table = f"tickets_{child}"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {child}_of_same_organization FOREIGN KEY (ticket_id, organization_id)"
        " REFERENCES tickets_ticket (id, organization_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {table} DROP CONSTRAINT {child}_of_same_organization",
    )


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]
    operations = [
        migrations.RunSQL("ALTER SEQUENCE ticket_number OWNED BY tickets_ticket.number", migrations.RunSQL.noop),
        *[tie(child) for child in CHILDREN],
    ]
