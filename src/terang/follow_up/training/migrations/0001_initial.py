import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('custody', '0001_initial'),
        ('organization', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=150, verbose_name='nama pelatihan')),
                ('summary', models.TextField(max_length=1000, verbose_name='yang dipelajari')),
                ('kind', models.CharField(choices=[('pelatihan', 'Pelatihan'), ('sosialisasi', 'Sosialisasi')], default='pelatihan', max_length=12, verbose_name='jenis')),
                ('form', models.CharField(choices=[('klasikal', 'Klasikal'), ('daring', 'Daring'), ('tempat_kerja', 'Di tempat kerja')], max_length=12, verbose_name='bentuk')),
                ('hours', models.PositiveSmallIntegerField(verbose_name='jam pelajaran (JP)')),
                ('provider', models.CharField(max_length=150, verbose_name='penyelenggara')),
                ('form_key', models.UUIDField(unique=True)),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='ditarik')),
                ('version', models.PositiveIntegerField(default=0)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='courses', to='organization.agency')),
            ],
            options={
                'ordering': ['title', 'id'],
            },
        ),
        migrations.CreateModel(
            name='CourseAim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=90, verbose_name='yang dibantu')),
                ('below_bp', models.PositiveIntegerField(blank=True, null=True, verbose_name='disarankan bila di bawah')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aims', to='training.course')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='CourseTest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='versi')),
                ('questions', models.JSONField(verbose_name='pertanyaan')),
                ('pass_bp', models.PositiveIntegerField(blank=True, null=True, verbose_name='nilai lulus')),
                ('open_days', models.PositiveSmallIntegerField(verbose_name='hari terbuka sesudah selesai')),
                ('written_on', models.DateField(verbose_name='ditulis')),
                ('form_key', models.UUIDField(unique=True)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tests', to='training.course')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('diundang', 'Diundang'), ('terdaftar', 'Terdaftar'), ('antre', 'Daftar tunggu'), ('menolak', 'Tidak menerima undangan'), ('batal', 'Dibatalkan'), ('selesai', 'Selesai'), ('belum', 'Syarat belum terpenuhi'), ('gugur', 'Tidak kebagian tempat')], max_length=10, verbose_name='status')),
                ('asked_at', models.DateTimeField(blank=True, null=True, verbose_name='meminta tempat pada')),
                ('need', models.JSONField(blank=True, default=dict, verbose_name='dasar')),
                ('word', models.CharField(blank=True, max_length=300, verbose_name='alasan')),
                ('version', models.PositiveIntegerField(default=0)),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trainings', to='people.employee')),
                ('invited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
            ],
            options={
                'ordering': ['asked_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phase', models.CharField(choices=[('awal', 'Uji awal'), ('akhir', 'Uji akhir')], max_length=5, verbose_name='kapan')),
                ('order', models.JSONField(verbose_name='urutan')),
                ('answers', models.JSONField(blank=True, default=dict, verbose_name='jawaban')),
                ('score_bp', models.PositiveIntegerField(blank=True, null=True, verbose_name='nilai')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='diserahkan pada')),
                ('test', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='training.coursetest')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='training.enrolment')),
            ],
        ),
        migrations.CreateModel(
            name='PlanItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(verbose_name='selambatnya')),
                ('reason', models.TextField(max_length=500, verbose_name='alasan')),
                ('need', models.JSONField(blank=True, default=dict, verbose_name='dasar')),
                ('state', models.CharField(choices=[('diusulkan', 'Menunggu jawaban'), ('disetujui', 'Disetujui'), ('ditolak', 'Tidak disetujui'), ('ditarik', 'Ditarik'), ('terlaksana', 'Terlaksana')], default='diusulkan', max_length=10, verbose_name='status')),
                ('proposed_on', models.DateField(verbose_name='diusulkan')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='dijawab')),
                ('word', models.CharField(blank=True, max_length=500, verbose_name='tanggapan')),
                ('form_key', models.UUIDField(unique=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_items', to='training.course')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='training_plan', to='people.employee')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
            ],
            options={
                'ordering': ['-proposed_on', '-id'],
            },
        ),
        migrations.AddField(
            model_name='enrolment',
            name='item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='training.planitem'),
        ),
        migrations.CreateModel(
            name='SessionDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='tanggal')),
                ('starts_at', models.TimeField(verbose_name='mulai')),
                ('hours', models.PositiveSmallIntegerField(verbose_name='jam pelajaran (JP)')),
                ('recorded_at', models.DateTimeField(blank=True, null=True, verbose_name='dicatat pada')),
                ('version', models.PositiveIntegerField(default=0)),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
            ],
            options={
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('present', models.BooleanField(verbose_name='hadir')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='training.enrolment')),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='training.sessionday')),
            ],
        ),
        migrations.CreateModel(
            name='TrainingRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=150, verbose_name='nama pelatihan')),
                ('form', models.CharField(choices=[('klasikal', 'Klasikal'), ('daring', 'Daring'), ('tempat_kerja', 'Di tempat kerja')], max_length=12, verbose_name='bentuk')),
                ('provider', models.CharField(max_length=150, verbose_name='penyelenggara')),
                ('starts_on', models.DateField(verbose_name='mulai')),
                ('ends_on', models.DateField(verbose_name='selesai')),
                ('hours', models.PositiveSmallIntegerField(verbose_name='jam pelajaran (JP)')),
                ('certificate', models.CharField(max_length=80, verbose_name='nomor sertifikat')),
                ('course', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='training.course')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='training_records', to='people.employee')),
                ('enrolment', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='training_record', to='training.enrolment')),
            ],
            options={
                'ordering': ['-ends_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='TrainingSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=200, verbose_name='tempat')),
                ('trainer', models.CharField(blank=True, max_length=150, verbose_name='pengajar')),
                ('seats', models.PositiveSmallIntegerField(verbose_name='kursi')),
                ('starts_on', models.DateField(verbose_name='mulai')),
                ('ends_on', models.DateField(verbose_name='selesai')),
                ('enrol_until', models.DateField(verbose_name='pendaftaran sampai')),
                ('least_bp', models.PositiveIntegerField(verbose_name='kehadiran paling sedikit')),
                ('state', models.CharField(choices=[('terbuka', 'Dijadwalkan'), ('selesai', 'Selesai'), ('batal', 'Dibatalkan')], default='terbuka', max_length=8, verbose_name='status')),
                ('word', models.CharField(blank=True, max_length=300, verbose_name='alasan')),
                ('form_key', models.UUIDField(unique=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='training.course')),
                ('test', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='training.coursetest')),
            ],
            options={
                'ordering': ['starts_on', 'id'],
            },
        ),
        migrations.AddField(
            model_name='sessionday',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='training.trainingsession'),
        ),
        migrations.AddField(
            model_name='enrolment',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='training.trainingsession'),
        ),
        migrations.CreateModel(
            name='TrainingSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uploaded_on', models.DateField(verbose_name='diunggah')),
                ('file_name', models.CharField(max_length=150, verbose_name='berkas')),
                ('rows', models.JSONField(default=list)),
                ('applied_on', models.DateField(blank=True, null=True, verbose_name='diterapkan')),
                ('form_key', models.UUIDField(unique=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='training_sheets', to='organization.agency')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='DeclaredTraining',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=150, verbose_name='nama pelatihan')),
                ('form', models.CharField(choices=[('klasikal', 'Klasikal'), ('daring', 'Daring'), ('tempat_kerja', 'Di tempat kerja')], max_length=12, verbose_name='bentuk')),
                ('provider', models.CharField(max_length=150, verbose_name='penyelenggara')),
                ('starts_on', models.DateField(verbose_name='mulai')),
                ('ends_on', models.DateField(verbose_name='selesai')),
                ('hours', models.PositiveSmallIntegerField(verbose_name='jam pelajaran (JP)')),
                ('certificate', models.CharField(max_length=80, verbose_name='nomor sertifikat')),
                ('state', models.CharField(choices=[('dinyatakan', 'Menunggu pemeriksaan'), ('sah', 'Sudah diperiksa'), ('dikembalikan', 'Dikembalikan'), ('disanggah', 'Disanggah pegawai'), ('dicabut', 'Dicabut')], default='dinyatakan', max_length=12, verbose_name='status')),
                ('given_on', models.DateField(verbose_name='dinyatakan')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='diperiksa')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='alasan pengembalian')),
                ('contest', models.CharField(blank=True, max_length=500, verbose_name='sanggahan')),
                ('contested_on', models.DateField(blank=True, null=True, verbose_name='disanggah')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='jawaban')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='dijawab')),
                ('form_key', models.UUIDField(unique=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='declared_trainings', to='people.employee')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('proof', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='custody.storedfile')),
                ('record', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='declared', to='training.trainingrecord')),
                ('sheet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='trainings', to='training.trainingsheet')),
            ],
            options={
                'ordering': ['-ends_on', '-id'],
            },
        ),
        migrations.AddConstraint(
            model_name='course',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_on', None)), fields=('agency', 'title'), name='one_course_per_title'),
        ),
        migrations.AddConstraint(
            model_name='course',
            constraint=models.CheckConstraint(condition=models.Q(('hours__gt', 0)), name='a_course_has_hours'),
        ),
        migrations.AddConstraint(
            model_name='courseaim',
            constraint=models.UniqueConstraint(fields=('course', 'subject'), name='one_aim_per_course_and_subject'),
        ),
        migrations.AddConstraint(
            model_name='coursetest',
            constraint=models.UniqueConstraint(fields=('course', 'number'), name='one_test_per_course_and_number'),
        ),
        migrations.AddConstraint(
            model_name='coursetest',
            constraint=models.CheckConstraint(condition=models.Q(('pass_bp__isnull', True), models.Q(('pass_bp__gt', 0), ('pass_bp__lte', 10000)), _connector='OR'), name='a_pass_mark_is_a_share'),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.UniqueConstraint(fields=('enrolment', 'phase'), name='one_attempt_each'),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('score_bp__isnull', True)), models.Q(('finished_at__isnull', False), ('score_bp__isnull', False)), _connector='OR'), name='only_what_is_given_has_a_mark'),
        ),
        migrations.AddIndex(
            model_name='planitem',
            index=models.Index(fields=['employee', 'state'], name='training_pl_employe_f4a8a3_idx'),
        ),
        migrations.AddConstraint(
            model_name='planitem',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['diusulkan', 'disetujui'])), fields=('employee', 'course'), name='one_open_plan_item_per_course'),
        ),
        migrations.AddConstraint(
            model_name='planitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['disetujui', 'ditolak', 'terlaksana']), _negated=True), models.Q(('answered_by__isnull', False), models.Q(('answered_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='two_keys_for_a_plan_item'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(fields=('enrolment', 'day'), name='one_presence_per_day'),
        ),
        migrations.AddIndex(
            model_name='trainingrecord',
            index=models.Index(fields=['employee', 'ends_on'], name='training_tr_employe_8224a5_idx'),
        ),
        migrations.AddConstraint(
            model_name='trainingrecord',
            constraint=models.CheckConstraint(condition=models.Q(('hours__gt', 0)), name='a_training_has_hours'),
        ),
        migrations.AddConstraint(
            model_name='trainingrecord',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='a_training_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='trainingrecord',
            constraint=models.UniqueConstraint(fields=('employee', 'title', 'starts_on', 'certificate'), name='one_record_per_certificate'),
        ),
        migrations.AddIndex(
            model_name='trainingsession',
            index=models.Index(fields=['course', 'starts_on'], name='training_tr_course__d873d9_idx'),
        ),
        migrations.AddConstraint(
            model_name='trainingsession',
            constraint=models.CheckConstraint(condition=models.Q(('seats__gt', 0)), name='a_session_has_seats'),
        ),
        migrations.AddConstraint(
            model_name='trainingsession',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='a_session_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='trainingsession',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'batal'), _negated=True), models.Q(('word', ''), _negated=True), _connector='OR'), name='a_cancelled_session_says_why'),
        ),
        migrations.AddConstraint(
            model_name='sessionday',
            constraint=models.UniqueConstraint(fields=('session', 'day'), name='one_row_per_session_day'),
        ),
        migrations.AddConstraint(
            model_name='sessionday',
            constraint=models.CheckConstraint(condition=models.Q(('hours__gt', 0)), name='a_session_day_has_hours'),
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(fields=['employee', 'state'], name='training_en_employe_080acd_idx'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.UniqueConstraint(fields=('session', 'employee'), name='one_enrolment_per_session'),
        ),
        migrations.AddIndex(
            model_name='declaredtraining',
            index=models.Index(fields=['employee', 'state'], name='training_de_employe_58b83c_idx'),
        ),
        migrations.AddConstraint(
            model_name='declaredtraining',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['dinyatakan', 'sah', 'disanggah'])), fields=('employee', 'title', 'starts_on', 'certificate'), name='one_declared_training_per_certificate'),
        ),
        migrations.AddConstraint(
            model_name='declaredtraining',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['sah', 'dikembalikan']), _negated=True), models.Q(('checked_by__isnull', False), models.Q(('checked_by', models.F('given_by')), _negated=True), models.Q(('checked_by', models.F('employee')), _negated=True)), _connector='OR'), name='two_keys_for_declared_hours'),
        ),
        migrations.AddConstraint(
            model_name='declaredtraining',
            constraint=models.CheckConstraint(condition=models.Q(('record__isnull', True), ('checked_by__isnull', False), _connector='OR'), name='unchecked_hours_do_not_count'),
        ),
        migrations.AddConstraint(
            model_name='declaredtraining',
            constraint=models.CheckConstraint(condition=models.Q(('hours__gt', 0)), name='a_declared_training_has_hours'),
        ),
        migrations.AddConstraint(
            model_name='declaredtraining',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='a_declared_training_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='declaredtraining',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'disanggah'), _negated=True), models.Q(('contest', ''), _negated=True), _connector='OR'), name='contested_hours_say_why'),
        ),
    ]
