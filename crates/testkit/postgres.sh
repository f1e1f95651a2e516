#!/usr/bin/env bash
# A throwaway PostgreSQL server for tests, on loopback, in a folder of its own.
#
#   postgres.sh start DIR    starts it unless it runs, and prints its address
#   postgres.sh stop DIR     stops it and removes its data
#   postgres.sh watch DIR    stops it once nobody has held DIR/lease for half a minute
#
# Nothing in it outlives the tests, so it doesn't wait for the disk: what survives a crash is tested
# elsewhere, on databases that do.
set -euo pipefail

# PostgreSQL refuses to run as root, so root hands it to the user that Debian's package makes.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then
    (cd / && runuser -u postgres -- "$@")
  else
    "$@"
  fi
}

find_programs() {
  local initdb
  initdb="$(find /usr/lib/postgresql -maxdepth 3 -name initdb 2>/dev/null | sort -V | tail -n 1)"
  if [ -z "$initdb" ]; then
    initdb="$(command -v initdb)" || { echo "PostgreSQL is not installed (Debian: postgresql)" >&2; exit 1; }
    initdb="$(readlink -f "$initdb")"
  fi
  dirname "$initdb"
}

start() {
  local folder=$1 bin port
  mkdir -p "$folder"
  exec 8>"$folder/starting"
  flock 8
  if [ -s "$folder/url" ] && [ -e "$folder/data/postmaster.pid" ] \
    && as_postgres "$(find_programs)/pg_ctl" -s -D "$folder/data" status >/dev/null 2>&1; then
    cat "$folder/url"
    return
  fi
  bin="$(find_programs)"
  rm -rf "$folder/data" "$folder/url"
  mkdir "$folder/data"
  if [ "$(id -u)" -eq 0 ]; then
    chmod 711 "$folder"
    chown postgres "$folder/data"
  fi
  as_postgres "$bin/initdb" -D "$folder/data" -U safehold --auth=trust --no-sync -E UTF8 --locale=C.UTF-8 \
    >"$folder/log" 2>&1 8>&- || { cat "$folder/log" >&2; exit 1; }
  as_postgres tee -a "$folder/data/postgresql.conf" >/dev/null <<-CONF
	listen_addresses = '127.0.0.1'
	unix_socket_directories = '$folder/data'
	max_connections = 300
	fsync = off
	full_page_writes = off
	log_min_messages = fatal
	CONF
  for _ in 1 2 3 4 5 6 7 8; do
    port=$((20000 + RANDOM % 12000))
    if as_postgres "$bin/pg_ctl" -s -w -t 60 -D "$folder/data" -o "-p $port" -l "$folder/data/log" start \
      >/dev/null 2>&1 8>&-; then
      echo "postgres://safehold@127.0.0.1:$port/postgres" >"$folder/url"
      cat "$folder/url"
      return
    fi
  done
  cat "$folder/data/log" >&2
  exit 1
}

stop() {
  local folder=$1
  if [ -e "$folder/data/postmaster.pid" ]; then
    as_postgres "$(find_programs)/pg_ctl" -s -w -m immediate -D "$folder/data" stop
  fi
  rm -rf "$folder/data" "$folder/url" "$folder/log"
}

watch() {
  local folder=$1 idle
  exec 9>>"$folder/lease" 7>"$folder/watching"
  flock -n 7 || return 0
  while sleep 5; do
    idle=$(($(date +%s) - $(stat -c %Y "$folder/lease")))
    if [ "$idle" -gt 30 ] && flock -n 9; then
      stop "$folder"
      return
    fi
  done
}

case "${1:-}" in
  start | stop | watch) "$1" "${2:?a folder is needed}" ;;
  *) echo "usage: postgres.sh start|stop|watch DIR" >&2; exit 2 ;;
esac
