# What the scripts of this folder share. Source it from bash.

say() { printf '[%s %3ds] %s\n' "${0##*/}" "$SECONDS" "$*"; }
die() { printf '[%s %3ds] FAILED: %s\n' "${0##*/}" "$SECONDS" "$*" >&2; exit 1; }
is_root() { [ "$(id -u)" = 0 ]; }

# Debian packages, without what they would start by themselves: a Docker engine that its package starts, for one, turns on
# packet forwarding and rewrites the packet filter.
apt_install() {
  is_root || die "needs $*: install it, or run this as root"
  command -v apt-get > /dev/null || die "needs $*: install it (this machine has no apt-get)"
  say "installing $*"
  local policy=/usr/sbin/policy-rc.d policy_is_ours='' log status=0
  log=$(mktemp)
  if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' > $policy
    chmod 755 $policy
    policy_is_ours=yes
  fi
  { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@"; } > "$log" 2>&1 || status=$?
  [ -z "$policy_is_ours" ] || rm -f $policy
  [ $status = 0 ] || { tail -5 "$log" >&2; die "apt-get could not install $*; see $log"; }
  rm -f "$log"
}
