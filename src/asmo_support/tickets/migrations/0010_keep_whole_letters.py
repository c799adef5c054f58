from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('tickets', '0009_let_offers_lapse')]

    operations = [
        migrations.AddField('message', 'whole', models.TextField(blank=True, db_default='', default='')),
        migrations.AddField('message', 'proven', models.BooleanField(db_default=True, default=True)),
        migrations.AddField('attachment', 'inline', models.BooleanField(db_default=False, default=False)),
    ]
