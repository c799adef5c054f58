from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('tickets', '0008_agree_on_dates')]

    operations = [
        migrations.AlterField(
            model_name='planneddate',
            name='verdict',
            field=models.CharField(choices=[('offered', 'offered'), ('agreed', 'agreed'), ('declined', 'declined'), ('recalled', 'taken back'), ('replaced', 'replaced by a newer offer'), ('lapsed', 'lapsed')], default='offered', max_length=8),
        ),
    ]
