"""The addresses of allauth that are in use, under allauth's own names; all others do not exist."""

from allauth.account.views import account_inactive, logout
from allauth.mfa.recovery_codes.views import download_recovery_codes, view_recovery_codes
from allauth.mfa.webauthn.views import login_webauthn, reauthenticate_webauthn
from django.urls import path, re_path

from terang.accounts import entrance, single_sign_on

urlpatterns = [
    path("masuk/", entrance.SignIn.as_view(), name="account_login"),
    path("masuk/faktor-kedua/", entrance.ConfirmFactor.as_view(), name="mfa_authenticate"),
    path("masuk/kunci-sandi/", login_webauthn, name="mfa_login_webauthn"),
    path("masuk/sso/", single_sign_on.begin, {"provider_id": "sso"}, name="openid_connect_login"),
    path("masuk/sso/kembali/", single_sign_on.come_back, {"provider_id": "sso"}, name="openid_connect_callback"),
    path("keluar/", logout, name="account_logout"),
    path("akun/tidak-aktif/", account_inactive, name="account_inactive"),
    path("akun/buktikan/", entrance.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("akun/buktikan/kode/", entrance.FactorAgain.as_view(), name="mfa_reauthenticate"),
    path("akun/buktikan/kunci-sandi/", reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("akun/kata-sandi/", entrance.ChangePassword.as_view(), name="account_change_password"),
    path("akun/lupa/", entrance.RequestReset.as_view(), name="account_reset_password"),
    path("akun/lupa/terkirim/", entrance.ResetRequested.as_view(), name="account_reset_password_done"),
    re_path(
        r"^akun/lupa/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        entrance.ResetPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("akun/faktor-kedua/", entrance.SecondFactors.as_view(), name="mfa_index"),
    path("akun/faktor-kedua/aplikasi/", entrance.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("akun/faktor-kedua/aplikasi/hapus/", entrance.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("akun/faktor-kedua/kunci-sandi/", entrance.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("akun/faktor-kedua/kunci-sandi/<int:pk>/hapus/", entrance.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("akun/faktor-kedua/kode-cadangan/", view_recovery_codes, name="mfa_view_recovery_codes"),
    path("akun/faktor-kedua/kode-cadangan/unduh/", download_recovery_codes, name="mfa_download_recovery_codes"),
    path(
        "akun/faktor-kedua/kode-cadangan/baru/",
        entrance.RenewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
]
