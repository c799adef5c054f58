from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('tickets', '0007_find_owed_dates')]

    operations = [
        migrations.AddField(
            model_name='planneddate',
            name='refusal',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='ticket',
            name='planned_agreed',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name='planneddate',
            name='verdict',
            field=models.CharField(choices=[('offered', 'offered'), ('agreed', 'agreed'), ('declined', 'declined'), ('recalled', 'taken back'), ('replaced', 'replaced by a newer offer')], default='offered', max_length=8),
        ),
        migrations.AddConstraint(
            model_name='planneddate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'declined'), _negated=True), models.Q(('refusal', ''), _negated=True), _connector='OR'), name='declined_date_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(('planned_agreed', False), ('planned_at__isnull', False), _connector='OR'), name='agreed_date_is_there'),
        ),
    ]
