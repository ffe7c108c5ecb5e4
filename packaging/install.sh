#!/bin/sh
# Installs Gatehouse as a service of this machine, or takes it away again (dispatcher.md 17.2). It starts nothing by itself, keeps
# what an operator changed, and can be run again at any time.
set -eu
umask 022

usage() {
  cat <<'USAGE'
Usage: sudo packaging/install.sh [--user NAME] [--from-dispatcher]
       sudo packaging/install.sh --uninstall

  --user NAME         run the service as NAME, which is made if there is no such user; default: gatehouse
  --from-dispatcher   take ROBOT.md, bearers.yaml, address and port from /etc/robot-md-dispatcher
  --uninstall         remove program and unit; settings, records and the user stay
  --root DIR          lay the files out below DIR for an image of another machine: no user, no owner, no check

Run it in an assembled directory; a checkout makes one with: make dist
USAGE
}

say() { printf '%s\n' "$*"; }
fail() {
  printf 'install.sh: %s\n' "$*" >&2
  exit 1
}

here=$(dirname "$(readlink -f "$0")")
program=${here%/*}
root=
user=gatehouse
import=
action=install
while [ $# -gt 0 ]; do
  case $1 in
    --user | --root)
      if [ $# -lt 2 ]; then
        usage >&2
        exit 2
      fi
      if [ "$1" = --user ]; then user=$2; else root=${2%/}; fi
      shift
      ;;
    --from-dispatcher) import=yes ;;
    --uninstall) action=uninstall ;;
    -h | --help)
      usage
      exit
      ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
  shift
done

opt=$root/opt/gatehouse
etc=$root/etc/gatehouse
state=$root/var/lib/gatehouse
units=$root/etc/systemd/system
unit=$units/gatehouse.service
user_conf=$unit.d/user.conf
command=$root/usr/local/bin/gatehouse
old=$root/etc/robot-md-dispatcher

# Whether there is a service manager to talk to: none in an image or a container.
managed() { [ -z "$root" ] && [ -d /run/systemd/system ]; }

check_start() {
  [ -n "$root" ] || [ "$(id -u)" = 0 ] || fail 'must be run by root: sudo packaging/install.sh'
  case $user in
    [a-z_]*) ;;
    *) fail "the name of a user begins with a small letter: --user $user" ;;
  esac
  case $user in
    root | *[!a-z0-9_-]*) fail "not a user for a service: --user $user" ;;
  esac
  [ ! -e "$root/var/lib/dpkg/info/gatehouse.list" ] \
    || fail 'Gatehouse is here as a Debian package; use apt, or remove that first: apt remove gatehouse'
}

check_install() {
  [ -d "$program/lib/native" ] \
    || fail "$program is no assembled directory; make one and install from there: make dist"
  "$program/bin/gatehouse" --version >/dev/null
  [ "$program" != "$opt" ] || return 0
  if managed && systemctl is-active --quiet gatehouse; then
    fail 'the service is running, and a program is not changed under its feet; first: systemctl stop gatehouse'
  fi
}

# What is imported takes the place of an unchanged template and of nothing else. Everything is looked at before anything is changed.
check_import() {
  for name in ROBOT.md bearers.yaml; do
    [ -r "$old/$name" ] || fail "$old/$name cannot be read; without --from-dispatcher an example is installed"
    [ ! -e "$etc/$name" ] || cmp -s "$etc/$name" "$(template "$name")" || cmp -s "$etc/$name" "$old/$name" \
      || fail "$etc/$name has been changed; move it away to have it imported"
  done
}

template() {
  case $1 in
    ROBOT.md | scene.yaml) printf %s "$program/examples/sim-arm/$1" ;;
    *) printf %s "$here/etc/$1" ;;
  esac
}

make_user() {
  [ -z "$root" ] || return 0
  if ! id "$user" >/dev/null 2>&1; then
    useradd --system --user-group --home-dir "$state" --no-create-home --shell /usr/sbin/nologin "$user"
    say "made the user $user"
  fi
  for name in dialout video; do
    getent group "$name" >/dev/null || fail "there is no group $name, which the unit needs; make it: groupadd --system $name"
  done
}

# owned MODE OWNER FILE: what a file has to look like however it got there.
owned() {
  chmod "$1" "$3"
  [ -n "$root" ] || chown "$2" "$3"
}

install_program() {
  [ "$program" != "$opt" ] || return 0
  mkdir -p "${opt%/*}"
  rm -rf "$opt.new"
  cp -R "$program" "$opt.new"
  rm -f "$opt.new/lib/gatehouse.aot"
  [ -n "$root" ] || chown -R root:root "$opt.new"
  chmod -R u=rwX,go=rX "$opt.new"
  rm -rf "$opt"
  mv "$opt.new" "$opt"
  "$opt/packaging/archive-classes" "$opt"
  mkdir -p "${command%/*}"
  ln -sf /opt/gatehouse/bin/gatehouse "$command"
  say "installed $opt and $command"
}

install_settings() {
  mkdir -p "$etc"
  owned 0750 "root:$group" "$etc"
  for name in gatehouse.env bearers.yaml policy.yaml ROBOT.md scene.yaml; do
    if [ ! -e "$etc/$name" ]; then
      (umask 077 && cp "$(template "$name")" "$etc/$name")
      say "wrote $etc/$name"
    fi
    owned 0640 "root:$group" "$etc/$name"
  done
}

# The files of robot-md-dispatcher 0.2.0. Its environment file may hold more than settings, so only three values are taken from it.
import_settings() {
  mkdir -p "$etc"
  owned 0750 "root:$group" "$etc"
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  cp "$old/ROBOT.md" "$work/ROBOT.md"
  (umask 077 && cat "$old/bearers.yaml" >"$work/bearers.yaml")
  "$program/bin/gatehouse" tokens migrate --bearers "$work/bearers.yaml" >/dev/null 2>&1 \
    || say "could not replace the tokens in bearers.yaml by their hashes; do it later: gatehouse tokens migrate"
  cp "$here/etc/gatehouse.env" "$work/gatehouse.env"
  if [ -r "$old/.env" ]; then
    for name in ROBOT_MD_HOST ROBOT_MD_PORT ROBOT_MD_LOG_LEVEL; do
      value=$(sed -n "s/^$name=\([A-Za-z0-9.:]\{1,64\}\)\$/\1/p" "$old/.env" | tail -n 1)
      [ -z "$value" ] || sed -i "s/^$name=.*/$name=$value/" "$work/gatehouse.env"
    done
    if grep '^ROBOT_MD_MCP_COMMAND=' "$old/.env" | grep -qv '=\(robot-md-mcp\)\?$'; then
      say "$old/.env names a tool server of its own; set ROBOT_MD_MCP_COMMAND yourself if Gatehouse is to own it (docs/tool-servers.md)"
    fi
  fi
  for name in ROBOT.md bearers.yaml gatehouse.env; do
    if [ ! -e "$etc/$name" ] || cmp -s "$etc/$name" "$(template "$name")"; then
      (umask 077 && cp "$work/$name" "$etc/$name")
      say "took $etc/$name from $old"
    fi
  done
}

install_state() {
  mkdir -p "$state/home"
  owned 0700 "$user:$group" "$state"
  owned 0700 "$user:$group" "$state/home"
}

install_unit() {
  mkdir -p "$units"
  cp "$here/systemd/gatehouse.service" "$unit"
  chmod 0644 "$unit"
  if [ "$user" = gatehouse ]; then
    rm -f "$user_conf"
    [ ! -d "$unit.d" ] || rmdir --ignore-fail-on-non-empty "$unit.d"
  else
    mkdir -p "$unit.d"
    printf '# Written by install.sh --user\n[Service]\nUser=%s\nGroup=%s\n' "$user" "$group" >"$user_conf"
  fi
  if managed; then systemctl daemon-reload; fi
  say "installed $unit"
}

# As the unit would start it: that user, those groups, that environment.
run_doctor() {
  setpriv --reuid "$user" --regid "$group" --groups dialout,video --inh-caps=-all --no-new-privs \
    env -i PATH=/usr/bin:/bin HOME="$state/home" STATE_DIRECTORY="$state" \
    "$opt/bin/gatehouse" doctor --env-file "$etc/gatehouse.env" || true
}

next_steps() {
  cat <<NEXT

Nothing has been started. What is left to do:
  1. put your own ROBOT.md in the place of the example: $etc/ROBOT.md
  2. give somebody a credential: $etc/bearers.yaml tells how
  3. look again:   sudo $opt/packaging/install.sh
  4. start it:     sudo systemctl enable --now gatehouse
$opt/docs/install.md tells more.
NEXT
}

install_all() {
  check_install
  [ -z "$import" ] || check_import
  make_user
  group=$user
  [ -n "$root" ] || group=$(id -gn "$user")
  install_program
  [ -z "$import" ] || import_settings
  install_settings
  install_state
  install_unit
  if [ -z "$root" ]; then
    say
    run_doctor
    next_steps
  fi
}

uninstall_all() {
  if managed && [ -e "$unit" ]; then systemctl disable --now gatehouse; fi
  rm -f "$unit" "$user_conf"
  [ ! -d "$unit.d" ] || rmdir --ignore-fail-on-non-empty "$unit.d"
  if managed; then systemctl daemon-reload; fi
  [ "$(readlink "$command" 2>/dev/null || true)" != /opt/gatehouse/bin/gatehouse ] || rm -f "$command"
  rm -rf "$opt" "$opt.new"
  say "removed $opt and $unit"
  say "kept the settings in $etc, the records in $state and the user; to remove them for good:"
  say "  rm -r $etc $state; userdel $user"
}

check_start
"${action}_all"
