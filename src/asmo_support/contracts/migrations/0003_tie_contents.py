"""What is written in a contract belongs to the contract's organization: the key carries it, as with tickets."""

from django.db import migrations

CHILDREN = ("contractfile", "contractmodule", "contractnorm", "licence")


def tie(child):
    table = f"contracts_{child}"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {child}_of_same_organization FOREIGN KEY (contract_id, organization_id)"
        " REFERENCES contracts_contract (id, organization_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {table} DROP CONSTRAINT {child}_of_same_organization",
    )


class Migration(migrations.Migration):
    dependencies = [("contracts", "0002_keep_the_regulation")]
    operations = [tie(child) for child in CHILDREN]
