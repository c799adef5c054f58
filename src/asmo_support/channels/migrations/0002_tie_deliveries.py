"""A letter belongs to the organization of its ticket: foreign keys bypass row policies, so the key carries it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("channels", "0001_keep_letters"), ("tickets", "0002_tie_children")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE channels_delivery ADD CONSTRAINT delivery_of_same_organization"
            " FOREIGN KEY (ticket_id, organization_id) REFERENCES tickets_ticket (id, organization_id)"
            " ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE channels_delivery DROP CONSTRAINT delivery_of_same_organization",
        ),
    ]
