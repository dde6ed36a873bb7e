from django.urls import path

from terang.accounts import entrance, views

app_name = "accounts"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("bahasa/", views.set_language, name="language"),
    path("surel/", views.change_email, name="email"),
    path("surel/<str:token>/", views.confirm_email, name="confirm_email"),
    path("sesi/<int:pk>/akhiri/", views.end_session, name="end_session"),
    path("kode/", entrance.RedeemCode.as_view(), name="redeem_code"),
    path("kode/terbitkan/", views.issue_code, name="issue_code"),
    path("aktivasi/<str:code>/", entrance.open_activation_link, name="activate"),
]
