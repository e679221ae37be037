# Sourced by the scripts beside it: what they agree on.
# shellcheck shell=bash disable=SC2034

readonly ENGINE_DIRECTORY=${BASH_SOURCE[0]%/*}
# Outside the checkout: a fresh clone finds what an earlier one has made.
readonly STATE_DIRECTORY=${XDG_CACHE_HOME:-$HOME/.cache}/cloche-test-engine
readonly TOOLCHAINS_IMAGE=cloche-test:toolchains
readonly BUSYBOX_IMAGE=cloche-test:busybox
# Its value is the hash of the recipe that made the image.
readonly RECIPE_LABEL=dev.cloche.test

# The images' directories are for everybody, whatever the caller makes for himself.
umask 022

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

# Bounded: a socket whose engine hangs would otherwise be waited for without end.
engine_version() {
  timeout 20 docker version --format '{{.Server.Version}}' 2>/dev/null
}

# has_recipe IMAGE HASH
has_recipe() {
  [ "$(docker image inspect --format "{{index .Config.Labels \"$RECIPE_LABEL\"}}" "$1" 2>/dev/null)" = "$2" ]
}

# import_image IMAGE HASH: takes a root directory as tar on stdin, and puts it in the place of an older one.
import_image() {
  local older
  older=$(docker image inspect --format '{{.Id}}' "$1" 2>/dev/null || true)
  docker import --change "LABEL $RECIPE_LABEL=$2" --change 'CMD ["sh"]' \
    --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - "$1"
  # Still in use by a container, it stays: that is none of our business.
  if [ -n "$older" ]; then docker image rm "$older" >/dev/null 2>&1 || true; fi
}
