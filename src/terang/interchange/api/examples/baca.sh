#!/bin/sh
# Siapa saya, lalu kegiatan saya dan tim saya sejak awal bulan.
set -eu
ask() { curl --fail-with-body --silent --show-error -H "Authorization: Bearer $TERANG_TOKEN" "$@"; }

ask "$TERANG_URL/api/v1/me"
ask -G "$TERANG_URL/api/v1/entries" --data-urlencode "from=$(date +%Y-%m-01)" --data-urlencode "limit=20"
