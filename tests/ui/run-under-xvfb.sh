#!/bin/sh
# run-under-xvfb.sh PROGRAM [ARGUMENT...]: runs it on a display, a session bus
# and in a home folder of its own; ends what it started. Works as root.
# SCREEN: the display's size, 1360x860x24 by default.
set -eu

if ! command -v Xvfb >/dev/null || ! command -v dbus-run-session >/dev/null; then
  echo "Xvfb and dbus-run-session are needed" >&2
  exit 77
fi

place=$(mktemp -d)
chmod 700 "$place"
xvfb=
end () {
  if [ -n "$xvfb" ]; then
    kill "$xvfb" 2>/dev/null || true
    wait "$xvfb" 2>/dev/null || true
  fi
  rm -rf "$place"
}
trap end EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# Xvfb takes a display that is free, and says which.
mkfifo "$place/display"
Xvfb -displayfd 3 -screen 0 "${SCREEN:-1360x860x24}" -nolisten tcp -noreset 3>"$place/display" >"$place/xvfb.log" 2>&1 &
xvfb=$!
read -r number <"$place/display" || number=
if [ -z "$number" ]; then
  cat "$place/xvfb.log" >&2
  exit 1
fi

mkdir "$place/home" "$place/runtime"
chmod 700 "$place/runtime"
export DISPLAY=":$number"
export HOME="$place/home" XDG_RUNTIME_DIR="$place/runtime"
export XDG_CACHE_HOME="$place/cache" XDG_CONFIG_HOME="$place/config" XDG_DATA_HOME="$place/data"
# GL's libraries leave memory behind in modules that nobody can name.
export GDK_BACKEND=x11 GSK_RENDERER=cairo GDK_DEBUG=gl-disable
export ADW_DISABLE_PORTAL=1 GTK_USE_PORTAL=0
export GSETTINGS_BACKEND="${GSETTINGS_BACKEND-memory}" GTK_A11Y="${GTK_A11Y-none}"
export LC_ALL="${LC_ALL-C.UTF-8}"
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS

# The bus starts what reads the screen, and Flatpak's helper for who asks, and nothing else that a machine
# happens to have: portals would leave what they have mounted behind.
mkdir "$place/services"
for name in org.a11y.Bus org.freedesktop.Flatpak; do
  cp "/usr/share/dbus-1/services/$name.service" "$place/services/" 2>/dev/null || true
done
cat >"$place/bus.conf" <<END
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$place/runtime</listen>
  <auth>EXTERNAL</auth>
  <servicedir>$place/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END

# What the bus starts by itself may say something, too: not on the program's standard output.
status=0
exec 4>&1
dbus-run-session --config-file="$place/bus.conf" -- sh -c 'exec "$@" >&4 4>&-' sh "$@" >&2 || status=$?
exit "$status"
