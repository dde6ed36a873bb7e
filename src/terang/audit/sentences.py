"""What each verb of the journal means, as a sentence a person reads. A verb without a sentence is shown as it is.

`%(actor)s` is who did it. The sentences are marked for translation where they stand; a room that adds a verb adds its
sentence here.
"""

from django.utils.translation import gettext, gettext_noop

CONFIDENTIAL = ("colleagues.review_answered", "colleagues.review_given", "colleagues.peer_answered")
"""Verbs whose actor is shown to nobody and which are not announced to open pages (design §6: peer answers)."""

UNTIMED = ("citizens.survey_answered",)
"""Verbs not listed to the person they are about: the minute of an answer would name the citizen behind it."""

SENTENCES: dict[str, str] = {
    "accounts.account_created": gettext_noop("%(actor)s membuat akun ini."),
    "accounts.activation_code_issued": gettext_noop("%(actor)s menerbitkan kode aktivasi."),
    "accounts.code_redeemed": gettext_noop("%(actor)s memakai kode untuk mengatur akunnya."),
    "accounts.email_changed": gettext_noop("%(actor)s mengganti surel."),
    "accounts.factor_added": gettext_noop("%(actor)s menambahkan faktor kedua."),
    "accounts.factor_removed": gettext_noop("%(actor)s menghapus faktor kedua."),
    "accounts.language_changed": gettext_noop("%(actor)s mengganti bahasa."),
    "accounts.password_changed": gettext_noop("%(actor)s mengganti kata sandi."),
    "accounts.recovery_code_issued": gettext_noop("%(actor)s menerbitkan kode pemulihan."),
    "accounts.recovery_codes_renewed": gettext_noop("%(actor)s memperbarui kode pemulihan."),
    "accounts.session_ended": gettext_noop("%(actor)s mengakhiri sebuah sesi."),
    "accounts.sign_in_failed": gettext_noop("Ada percobaan masuk yang gagal."),
    "accounts.signed_in": gettext_noop("%(actor)s masuk."),
    "accounts.signed_out": gettext_noop("%(actor)s keluar."),
    "attendance.day_recorded": gettext_noop("%(actor)s mencatat kehadiran."),
    "citizens.request_completed": gettext_noop("%(actor)s menyelesaikan permohonan layanan."),
    "citizens.request_finished": gettext_noop("%(actor)s menyelesaikan permohonan layanan."),
    "citizens.request_received": gettext_noop("Permohonan layanan diterima."),
    "citizens.request_reopened": gettext_noop("Permohonan layanan dibuka kembali."),
    "citizens.survey_answered": gettext_noop("Seorang warga menilai layanan yang sudah selesai."),
    "citizens.survey_link_renewed": gettext_noop("%(actor)s memperbarui tautan survei."),
    "colleagues.review_answered": gettext_noop("Sebuah penilaian rekan kerja masuk."),
    "colleagues.round_opened": gettext_noop("%(actor)s membuka putaran penilaian rekan."),
    "demo.filled": gettext_noop("Data demo diisi."),
    "dictionary.dictionary_loaded": gettext_noop("Kamus indikator dimuat dari berkas."),
    "dictionary.entry_added": gettext_noop("%(actor)s menambahkan indikator ke kamus."),
    "dictionary.entry_changed": gettext_noop("%(actor)s mengubah indikator dalam kamus."),
    "dictionary.entry_restored": gettext_noop("%(actor)s memakai lagi indikator dalam kamus."),
    "dictionary.entry_retired": gettext_noop("%(actor)s menghentikan pemakaian indikator dalam kamus."),
    "evaluation.period_closed": gettext_noop("%(actor)s menutup periode penilaian."),
    "evaluation.periods_opened": gettext_noop("%(actor)s membuka periode penilaian."),
    "evaluation.policy_published": gettext_noop("%(actor)s memberlakukan kebijakan penilaian."),
    "evaluation.score_changed": gettext_noop("Nilai dihitung ulang dan berubah."),
    "evaluation.warning_raised": gettext_noop("Nilai berada di bawah standar; peringatan diberikan kepada penilai."),
    "goals.agreement_signed": gettext_noop("%(actor)s mencatat penandatanganan perjanjian kinerja."),
    "goals.goal_added": gettext_noop("%(actor)s menambahkan sasaran."),
    "goals.goal_changed": gettext_noop("%(actor)s mengubah sasaran."),
    "goals.goal_retired": gettext_noop("%(actor)s menghentikan sasaran."),
    "goals.goals_filled": gettext_noop("Sasaran pemerintah daerah dimasukkan sekaligus."),
    "goals.indicator_added": gettext_noop("%(actor)s menambahkan indikator sasaran."),
    "goals.indicator_changed": gettext_noop("%(actor)s mengubah indikator sasaran."),
    "goals.indicator_retired": gettext_noop("%(actor)s menghentikan indikator sasaran."),
    "goals.reading_corrected": gettext_noop("%(actor)s membetulkan nilai indikator."),
    "goals.reading_reported": gettext_noop("%(actor)s melaporkan nilai indikator."),
    "goals.target_set": gettext_noop("%(actor)s menetapkan target indikator."),
    "interchange.people_applied": gettext_noop("%(actor)s menerapkan impor pegawai."),
    "interchange.people_confirmed": gettext_noop("%(actor)s menyetujui impor pegawai."),
    "interchange.people_uploaded": gettext_noop("%(actor)s mengunggah daftar pegawai."),
    "matrix.cell_filled": gettext_noop("%(actor)s mengubah hasil di matriks peran dan hasil."),
    "matrix.column_added": gettext_noop("%(actor)s menambahkan kolom matriks."),
    "matrix.column_changed": gettext_noop("%(actor)s mengubah kolom matriks."),
    "matrix.column_dropped": gettext_noop("%(actor)s menghapus kolom matriks."),
    "matrix.matrix_created": gettext_noop("%(actor)s memulai matriks peran dan hasil."),
    "matrix.matrix_updated": gettext_noop("%(actor)s menyesuaikan matriks dengan SKP dan daftar bawahan."),
    "matrix.member_added": gettext_noop("%(actor)s memasukkan orang ke matriks."),
    "matrix.member_approved": gettext_noop("%(actor)s menyetujui penugasan di unit lain."),
    "matrix.member_asked": gettext_noop("%(actor)s meminta penugasan dari unit lain."),
    "matrix.member_refused": gettext_noop("%(actor)s tidak menyetujui penugasan di unit lain."),
    "matrix.member_removed": gettext_noop("%(actor)s mengeluarkan orang dari matriks."),
    "matrix.no_role_said": gettext_noop("%(actor)s menandai sel kosong: tidak ada peran."),
    "matrix.part_accepted": gettext_noop("%(actor)s menerima usulan hasil kerja."),
    "matrix.part_declined": gettext_noop("%(actor)s tidak menerima usulan hasil kerja."),
    "matrix.part_disputed": gettext_noop("%(actor)s mempersoalkan bagian di matriks."),
    "matrix.part_kept": gettext_noop("%(actor)s menjawab persoalan: bagian tetap."),
    "matrix.part_proposed": gettext_noop("%(actor)s mengusulkan hasil kerja kepada pimpinan."),
    "matrix.part_retracted": gettext_noop("%(actor)s menarik usulannya."),
    "matrix.part_withdrawn": gettext_noop("%(actor)s menarik bagian dari matriks."),
    "matrix.parts_taken": gettext_noop("%(actor)s mengambil bagian dari matriks ke SKP."),
    "matrix.result_placed": gettext_noop("%(actor)s menempatkan hasil dari SKP anggota di matriks."),
    "matrix.row_copied": gettext_noop("%(actor)s menyalin hasil kepada orang dengan jabatan yang sama."),
    "matrix.team_ended": gettext_noop("%(actor)s mengakhiri peran ketua tim."),
    "matrix.team_set": gettext_noop("%(actor)s menunjuk ketua tim."),
    "organization.holiday_added": gettext_noop("%(actor)s menambahkan hari libur."),
    "organization.holiday_removed": gettext_noop("%(actor)s menghapus hari libur."),
    "organization.outage_ended": gettext_noop("%(actor)s mencatat gangguan sistem selesai."),
    "organization.outage_recorded": gettext_noop("%(actor)s mencatat gangguan sistem."),
    "organization.unit_added": gettext_noop("%(actor)s menambahkan unit."),
    "organization.unit_closed": gettext_noop("%(actor)s menutup unit."),
    "organization.work_week_set": gettext_noop("%(actor)s mengatur hari dan jam kerja."),
    "oversight.check_confirmed": gettext_noop("%(actor)s menegaskan hasil pemeriksaan."),
    "oversight.check_withdrawn": gettext_noop("%(actor)s menarik hasil pemeriksaan."),
    "oversight.inspection_recorded": gettext_noop("%(actor)s mencatat hasil sidak."),
    "people.appraiser_ended": gettext_noop("%(actor)s mengakhiri penetapan penilai."),
    "people.appraiser_set": gettext_noop("%(actor)s menetapkan penilai lain."),
    "people.assignment_ended": gettext_noop("%(actor)s mengakhiri penugasan."),
    "people.assignment_started": gettext_noop("%(actor)s mencatat penugasan."),
    "people.employee_added": gettext_noop("%(actor)s menambahkan pegawai."),
    "people.employee_changed": gettext_noop("%(actor)s mengubah data pegawai."),
    "people.employee_ended": gettext_noop("%(actor)s mencatat pegawai keluar."),
    "people.employee_imported": gettext_noop("%(actor)s memasukkan pegawai lewat impor."),
    "people.employee_left": gettext_noop("%(actor)s mencatat pegawai keluar."),
    "people.employee_moved": gettext_noop("%(actor)s mencatat mutasi pegawai."),
    "people.post_added": gettext_noop("%(actor)s menambahkan jabatan."),
    "people.post_changed": gettext_noop("%(actor)s mengubah jabatan."),
    "people.post_closed": gettext_noop("%(actor)s menutup jabatan."),
    "people.role_ended": gettext_noop("%(actor)s mencabut peran."),
    "people.role_granted": gettext_noop("%(actor)s memberikan peran."),
    "plans.assignment_approved": gettext_noop("%(actor)s menyetujui penugasan dari pimpinan lain."),
    "plans.change_discarded": gettext_noop("%(actor)s membatalkan perubahan rencana kinerja."),
    "plans.change_opened": gettext_noop("%(actor)s membuka perubahan rencana kinerja."),
    "plans.plan_agreed": gettext_noop("%(actor)s menyepakati rencana kinerja."),
    "plans.plan_closed": gettext_noop("%(actor)s menutup rencana kinerja."),
    "plans.plan_commented": gettext_noop("%(actor)s mengomentari rencana kinerja."),
    "plans.plan_created": gettext_noop("%(actor)s menyusun rencana kinerja."),
    "plans.plan_discussed": gettext_noop("%(actor)s mengembalikan rencana kinerja untuk dibahas."),
    "plans.plan_given": gettext_noop("Draf rencana kinerja dibuat dari templat."),
    "plans.plan_submitted": gettext_noop("%(actor)s mengajukan rencana kinerja."),
    "plans.plan_taken_along": gettext_noop("Rencana kinerja yang belum disepakati ikut ke jabatan baru sebagai draf."),
    "plans.plan_withdrawn": gettext_noop("%(actor)s menarik kembali rencana kinerja."),
    "plans.plan_written": gettext_noop("%(actor)s mengubah naskah rencana kinerja."),
    "plans.template_given": gettext_noop("%(actor)s membagikan templat rencana kinerja kepada satu unit."),
    "plans.template_made": gettext_noop("%(actor)s membuat templat rencana kinerja."),
    "plans.template_retired": gettext_noop("%(actor)s menghentikan pemakaian templat rencana kinerja."),
    "plans.terms_set": gettext_noop("%(actor)s menetapkan ketentuan perencanaan kinerja."),
    "work.entry_accepted": gettext_noop("%(actor)s menerima laporan kegiatan."),
    "work.entry_corrected": gettext_noop("%(actor)s memperbaiki laporan kegiatan."),
    "work.entry_resubmitted": gettext_noop("%(actor)s mengirim ulang laporan kegiatan."),
    "work.entry_returned": gettext_noop("%(actor)s mengembalikan laporan kegiatan dengan catatan."),
    "work.entry_submitted": gettext_noop("%(actor)s mengirim laporan kegiatan."),
    "work.entry_withdrawn": gettext_noop("%(actor)s menarik laporan kegiatan."),
}


def is_confidential(verb: str) -> bool:
    """Whether nobody may learn who did this, or when."""
    return verb in CONFIDENTIAL


def sentence(verb: str, actor: str) -> str:
    """What happened, in the language of the page."""
    template = SENTENCES.get(verb)
    if template is None:
        return gettext("%(actor)s: %(verb)s") % {"actor": actor, "verb": verb}
    return gettext(template) % {"actor": actor}
