from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tickets", "0003_keep_agents_on_the_row")]
    operations = [
        migrations.RunSQL(
            "UPDATE tickets_ticket t SET agents = found.agents FROM (SELECT ticket_id, array_agg(agent_id ORDER BY id) AS agents"
            " FROM tickets_assignment GROUP BY ticket_id) found WHERE found.ticket_id = t.id AND t.agents <> found.agents",
            migrations.RunSQL.noop,
        ),
    ]
