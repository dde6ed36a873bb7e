"""Catat satu kegiatan hari ini. Aman diulang: kunci yang sama dengan isi yang sama mendapat jawaban yang sama."""

import json
import os
import urllib.request
import uuid

ROOT = os.environ["TERANG_URL"] + "/api/v1"
TOKEN = os.environ["TERANG_TOKEN"]


def ask(path, body=None, key=""):
    """GET, atau POST bila ada isi. Kesalahan datang sebagai application/problem+json."""
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json", "Idempotency-Key": key}
    data = json.dumps(body).encode() if body else None
    with urllib.request.urlopen(urllib.request.Request(ROOT + path, data, headers)) as answer:
        return json.load(answer)


today = ask("/me")["today"]
purpose = ask("/purposes")["items"][0]
entry = ask(
    "/entries",
    {"day": today, "purpose": purpose["key"], "text": "Memeriksa 12 berkas KTP", "quantity_milli": 12_000},
    key=str(uuid.uuid4()),
)
print(entry["receipt"], entry["state"]["text"])

address = "/entries?limit=50"
while address:  # semua halaman
    page = ask(address)
    for each in page["items"]:
        print(each["day"], each["text"])
    address = page["next"] and page["next"].partition("/api/v1")[2]
