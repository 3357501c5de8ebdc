#!/usr/bin/env bash
# usage: native/build.sh
# Builds artifacts/native/libgranary_torch.so, and libgranary_pictures.so by pictures/build.sh; does nothing, and says nothing, when it is up to date.
# TORCH_DIR chooses a libtorch; JOBS the number of compilers at once (default: all processors).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/artifacts/native/build
library=$root/artifacts/native/libgranary_torch.so
stamp=$root/artifacts/native/torch-dir

for tool in cmake g++; do
  command -v "$tool" >/dev/null || { echo "native/build.sh: $tool is missing; run: apt-get install -y cmake g++ libtorch-dev libopenblas0-openmp" >&2; exit 1; }
done

"$root/native/pictures/build.sh"

mkdir -p "$build"
# A copied or moved checkout has the old place in its cache, which CMake refuses.
if [ "$(cat "$stamp" 2>/dev/null || true)" != "${TORCH_DIR:-}" ] ||
   { [ -e "$build/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root/native" "$build/CMakeCache.txt"; }; then
  rm -rf "$build"
  mkdir -p "$build"
fi

sources=("$root"/native/CMakeLists.txt "$root"/native/include/* "$root"/native/src/*)
if [ -e "$library" ] && [ -e "$stamp" ] && [ -z "$(find "${sources[@]}" "$root/native/src" -newer "$library" -print -quit)" ]; then
  exit 0
fi

log=$build/build.log
if ! { cmake -S "$root/native" -B "$build" -DCMAKE_BUILD_TYPE=Release -DTORCH_DIR="${TORCH_DIR:-}" &&
       cmake --build "$build" --parallel "${JOBS:-$(nproc)}"; } >"$log" 2>&1; then
  grep -E -m 20 'error|Error|Could not find' "$log" >&2 || tail -n 20 "$log" >&2
  echo "native/build.sh: the build failed; the whole log is $log" >&2
  exit 1
fi

# A rename, so that a running process keeps the library it has mapped.
cp "$build/libgranary_torch.so" "$library.new"
mv -f "$library.new" "$library"
printf '%s' "${TORCH_DIR:-}" >"$stamp"
