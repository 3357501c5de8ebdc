#!/usr/bin/env bash
# usage: native/pictures/build.sh
# Builds artifacts/native/libgranary_pictures.so; does nothing, and says nothing, when it is up to date. CC chooses a compiler.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
library=$(cd "$here/../.." && pwd)/artifacts/native/libgranary_pictures.so

[ ! -e "$library" ] || [ -n "$(find "$here" -newer "$library" -print -quit)" ] || exit 0

command -v "${CC:-cc}" >/dev/null || {
  echo "native/pictures/build.sh: no C compiler; run: apt-get install -y gcc libc6-dev libjpeg62-turbo-dev libpng-dev" >&2
  exit 1
}

mkdir -p "$(dirname "$library")"
"${CC:-cc}" -std=gnu11 -O2 -fPIC -shared -fvisibility=hidden -fstack-protector-strong -D_FORTIFY_SOURCE=2 -Wall -Wextra -Werror \
  -Wl,-z,now,-z,relro,--no-undefined -o "$library.new" "$here"/*.c -ljpeg -lpng || {
  rm -f "$library.new"
  echo "native/pictures/build.sh: the build failed; are the headers installed? apt-get install -y libjpeg62-turbo-dev libpng-dev" >&2
  exit 1
}
# A rename, so that a running process keeps the library it has mapped.
mv -f "$library.new" "$library"
