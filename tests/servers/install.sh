#!/usr/bin/env bash
# Real servers that the tests use. Installs what is missing when this is root on Debian; else says what to install.
set -euo pipefail

missing=()
PATH="$PATH:/usr/sbin:/usr/local/sbin"
command -v dovecot >/dev/null || missing+=(dovecot-imapd dovecot-lmtpd)
[ -e /usr/lib/dovecot/lmtp ] || [ -e /usr/libexec/dovecot/lmtp ] || missing+=(dovecot-lmtpd)
command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
command -v smtp-sink >/dev/null && command -v smtp-source >/dev/null || missing+=(postfix) # its two test programs
command -v chromium >/dev/null || missing+=(chromium)
command -v ip >/dev/null || missing+=(iproute2)
command -v strace >/dev/null || missing+=(strace)
[ ${#missing[@]} -eq 0 ] && exit 0

mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "the tests need servers that are missing here: apt-get install ${missing[*]}" >&2
    exit 2
fi
echo "installing ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
# the packages' own services are not wanted: the tests start private ones
policy=/usr/sbin/policy-rc.d
[ -e "$policy" ] || { printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy" && trap 'rm -f "$policy"' EXIT; }
# postfix asks how it is to deliver mail: not at all, it is never started
printf 'postfix postfix/main_mailer_type select No configuration\n' | debconf-set-selections
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
