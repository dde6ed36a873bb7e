"""Settings that are wrong are told by `terang check`, not by the first document that fails."""

from terang.reporting.documents.checks import certificate_can_be_used, font_is_there
from terang.reporting.documents.rendering import EMBEDDED, fonts


def test_without_settings_there_is_nothing_to_say(settings):
    settings.SIGNING_P12 = settings.TERANG_FONTS = ""
    assert certificate_can_be_used(None) == font_is_there(None) == []
    assert fonts("") == [EMBEDDED]


def test_a_missing_certificate_and_folder_are_errors(settings, tmp_path):
    settings.SIGNING_P12, settings.TERANG_FONTS = str(tmp_path / "tidak.p12"), str(tmp_path / "tidak")
    assert [each.id for each in certificate_can_be_used(None) + font_is_there(None)] == [
        "documents.E001",
        "documents.E002",
    ]


def test_a_folder_without_the_regulation_s_font_is_a_warning(settings, tmp_path):
    settings.TERANG_FONTS = str(tmp_path)
    assert [each.id for each in font_is_there(None)] == ["documents.W001"]
