from django.urls import URLPattern

app_name = "colleagues"
urlpatterns: list[URLPattern] = []
