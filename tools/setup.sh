# shellcheck shell=bash
# Set-up shared by ./granary and ./test: what must be installed, what must be built, and when it may be skipped.
# Sourced with `root` (the repository) and `me` (the command's name) set. Everything said here goes to stderr.

readonly artifacts="${root:?}/artifacts"
readonly command="$artifacts/bin/Granary.Cli/release/granary"
readonly step_timeout=1800
# shellcheck disable=SC2034 # used by the commands that source this
product_packages=(dataset-fashion-mnist libturbojpeg0)
# shellcheck disable=SC2034
readonly test_packages=(prometheus chromium iproute2)
progress=''
readonly shared_inputs=(Directory.Build.props Directory.Build.targets Directory.Packages.props global.json .editorconfig BannedSymbols.txt
    tools/build)

say() { printf '%s: %s\n' "${me:?}" "$*" >&2; }

die() {
    say "$1"
    exit "${2:-1}"
}

# run_logged NAME MESSAGE COMMAND...: says what runs and, while it runs, for how long already; its output goes to
# artifacts/logs/NAME.log, and here when it fails. A caller's `progress` names a command that prints how far it is.
run_logged() {
    local name=$1 message=$2 log="$artifacts/logs/$1.log" began=$SECONDS status=0 ticker
    shift 2
    mkdir -p "$artifacts/logs"
    say "$message"
    # The command stays in the foreground and in the terminal's process group (--foreground), so that Ctrl-C reaches it.
    tick "$BASHPID" "$began" >/dev/null </dev/null &
    ticker=$!
    (cd "$root" && timeout --foreground -k 10 "$step_timeout" "$@") >"$log" 2>&1 </dev/null || status=$?
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    [[ ! -t 2 ]] || printf '\r\033[K' >&2
    if ((status == 0)); then
        say "  done in $((SECONDS - began)) s"
        return 0
    fi
    tail -n 60 "$log" >&2
    ((status != 124)) || say "  no end after $step_timeout s"
    die "$name failed (exit $status); the whole log: $log"
}

# tick PROCESS BEGAN: while the process lives, the seconds since BEGAN: every second on a terminal, otherwise every ten.
tick() {
    local owner=$1 began=$2 seconds text
    while sleep 1 2>/dev/null && kill -0 "$owner" 2>/dev/null; do
        seconds=$((SECONDS - began))
        [[ -t 2 ]] || ((seconds % 10 == 0)) || continue
        text="  $seconds s${progress:+, $("$progress")}"
        if [[ -t 2 ]]; then printf '\r%s: %s\033[K' "$me" "$text" >&2; else say "$text"; fi
    done
}

# ---- what must be installed -------------------------------------------------------------------------------------------

require_sdk() {
    local home
    for home in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
        command -v dotnet >/dev/null && break
        [[ -n $home && -x $home/dotnet ]] && PATH="$home:$PATH"
    done
    command -v dotnet >/dev/null || die "the .NET 10 SDK is missing. Install it (https://dot.net/download, or Microsoft's apt feed:
    apt-get install dotnet-sdk-10.0) and run this again." 2
    sdk_version=$(cd "$root" && dotnet --version 2>&1) || die "no .NET SDK here can be used (global.json asks for $(
        sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json") or a later feature band). dotnet says:
$(tail -n 12 <<<"$sdk_version" | sed 's/^/    /')
    Install the .NET 10 SDK (https://dot.net/download) and run this again." 2
    # The built commands find the runtime by this when it is in none of the system's places.
    export DOTNET_ROOT="${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}"
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
}

have_node() {
    command -v npm >/dev/null && command -v node >/dev/null &&
        [[ $(node --version 2>/dev/null) =~ ^v([0-9]+)\. ]] && ((BASH_REMATCH[1] >= 18))
}

# node_packages: what to install when the web pages must be built and no usable Node.js is there. Any Node.js from 18 on will do.
node_packages() {
    have_node || [[ $(web_print) == none || $(stamp_of web) == "$(web_print)" ]] || printf '%s\n' nodejs npm
}

# missing_packages PACKAGE...: prints those that are not installed.
missing_packages() {
    local installed
    command -v dpkg-query >/dev/null || return 0
    # shellcheck disable=SC2016 # dpkg-query's own placeholders
    installed=$({ dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true; } | sed -n 's/ installed$//p')
    printf '%s\n' "$@" | grep -vxF -f <(printf '%s\n' "$installed") || true
}

# require_packages PACKAGE...: installs the missing ones, or says how.
require_packages() {
    local missing
    if ! command -v dpkg-query >/dev/null; then
        say "not a Debian system: these must be there by other means: $*"
        return 0
    fi
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]} > 0)) || return 0
    as_root=()
    if ((EUID != 0)); then
        sudo -n true 2>/dev/null || die "Debian packages are missing. Run this once, then again what you ran:
    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}" 2
        as_root=(sudo -n)
    fi
    apt_install "${missing[@]}"
}

apt_install() {
    local size apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
    if ! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; then
        run_logged apt-update "reading Debian's package lists" "${apt[@]}" update
    elif ! "${apt[@]}" -s install --no-install-recommends "$@" >/dev/null 2>&1; then
        run_logged apt-update "refreshing Debian's package lists" "${apt[@]}" update
    fi
    size=$("${apt[@]}" install -y --print-uris --no-install-recommends "$@" 2>/dev/null |
        awk '/^\047/ { sum += $3 } END { printf "%.0f", sum / 1e6 }') || size='?'
    run_logged apt-install "installing Debian packages ($size MB to download): $*" \
        "${apt[@]}" install -y --no-install-recommends "$@"
}

# ---- what must be built ------------------------------------------------------------------------------------------------

# fingerprint KEY PATH...: changes when the key or any file below the paths is added, removed, resized or touched.
fingerprint() {
    local key=$1 path present=()
    shift
    for path in "$@"; do
        [[ -e $root/$path ]] && present+=("$path")
    done
    {
        printf '%s\n' "$key" "$sdk_version" "${TorchBackend:-}"
        ((${#present[@]} == 0)) || (cd "$root" && find "${present[@]}" \
            \( -name node_modules -o -name bin -o -name obj -o -name TestResults \) -prune -o -type f -printf '%p %s %T@\n' | LC_ALL=C sort)
    } | sha256sum | cut -d' ' -f1
}

stamp_of() { cat "$artifacts/stamps/$1" 2>/dev/null || true; }

set_stamp() {
    mkdir -p "$artifacts/stamps"
    printf '%s\n' "$2" >"$artifacts/stamps/$1.new" && mv "$artifacts/stamps/$1.new" "$artifacts/stamps/$1"
}

# step NAME FINGERPRINT OUTPUT COMMAND...: runs the command unless it last succeeded with this fingerprint and its output is there.
step() {
    local name=$1 print=$2 output=$3
    shift 3
    [[ $(stamp_of "$name") != "$print" || ! -e $output ]] || return 0
    rm -f "$artifacts/stamps/$name"
    "$@"
    set_stamp "$name" "$print"
}

web_print() {
    if [[ -f $root/src/Dashboard/web/package.json ]]; then fingerprint web src/Dashboard/web; else echo none; fi
}

product_print() { fingerprint "$(web_print)" src tools/Product.slnf "${shared_inputs[@]}"; }

build_web() {
    [[ $1 == none ]] && return 0
    step web "$1" "$artifacts/web/index.html" install_and_build_web
}

install_and_build_web() {
    run_logged web "building the web pages (npm downloads about 40 MB)" \
        bash -c 'cd src/Dashboard/web && npm ci --no-audit --no-fund --loglevel=error && npm run build'
}

# MSBuild overwrites assemblies in place, under the feet of a sweep that is running from them. Giving each a copy of
# itself under the old name first leaves the running process with the file that it has mapped.
release_running() {
    local file
    for file in "$artifacts"/bin/Granary.{Cli,Silo,Trainer,Dashboard}/release/*.{dll,so}; do
        [[ -f $file ]] || continue
        cp -p --reflink=auto "$file" "$file.mapped" && mv -f "$file.mapped" "$file"
    done
}

# locked_packages LOCKFILE...: every package that the lock files name, as its folder below NuGet's: name/version.
locked_packages() {
    cd "$root" && awk -F'"' '/": \{/ { name = $2 } $2 == "resolved" { print tolower(name "/" $4) }' "$@" |
        LC_ALL=C sort -u
}

# absent_packages PACKAGE...: prints those that are not in NuGet's folder. Its last file there is .nupkg.metadata.
absent_packages() {
    local package
    for package in "$@"; do
        [[ -e $nuget_folder/$package/.nupkg.metadata ]] || printf '%s\n' "$package"
    done
}

# megabytes: what the packages on standard input weigh as downloads. The large ones are listed; others have 0.4 MB each.
megabytes() {
    awk -F/ 'BEGIN {
            mb["libtorch-cpu-linux-x64"] = 128; mb["microsoft.playwright"] = 214; mb["sourcegear.sqlite3"] = 36
            mb["grpc.tools"] = 27; mb["skiasharp"] = 17; mb["microsoft.codeanalysis.csharp"] = 12
            mb["microsoft.codecoverage"] = 11
            mb["microsoft.codeanalysis.workspaces.common"] = 8; mb["microsoft.codeanalysis.common"] = 7
            mb["microsoft.testplatform.testhost"] = 6
        } NF { sum += ($1 in mb) ? mb[$1] : 0.4 } END { printf "%.0f", sum }'
}

packages_to_come() {
    local absent
    mapfile -t absent < <(absent_packages "${packages[@]}")
    printf '%d of %d packages are there, about %s MB to come' $((${#packages[@]} - ${#absent[@]})) "${#packages[@]}" \
        "$(printf '%s\n' "${absent[@]}" | megabytes)"
}

# restore_packages TARGET LOCKFILE...: fetches the NuGet packages; says before how many are absent and what they weigh.
restore_packages() {
    local target=$1 message="restoring packages" progress='' nuget_folder packages absent
    shift
    nuget_folder=$(dotnet nuget locals global-packages --list --force-english-output |
        sed -n 's/^.*global-packages: //p')
    mapfile -t packages < <(locked_packages "$@")
    mapfile -t absent < <(absent_packages "${packages[@]}")
    if [[ ${TorchBackend:-cpu} != cpu ]]; then
        message+=" for TorchBackend=$TorchBackend, whose size docs/cluster.md states"
    elif ((${#absent[@]} > 0)); then
        progress=packages_to_come
        message+=": ${#absent[@]} of ${#packages[@]} are to be downloaded, about"
        message+=" $(printf '%s\n' "${absent[@]}" | megabytes) MB"
        [[ " ${absent[*]}" != *' libtorch-cpu-'* ]] || message+=", of which libtorch 128 MB"
    fi
    run_logged restore "$message" dotnet restore "$target" -nodeReuse:false --disable-build-servers
}

# dotnet_build LOG MESSAGE TARGET LOCKFILE...; build servers would outlive this command and keep what they inherited.
dotnet_build() {
    local log=$1 message=$2 target=$3
    shift 3
    restore_packages "$target" "$@"
    release_running
    run_logged "$log" "$message" \
        dotnet build "$target" --no-restore -c Release -v minimal -nodeReuse:false --disable-build-servers
    tell_notes "$log"
}

# tell_notes LOG: what the build has to say to whoever started it, each sentence once.
tell_notes() {
    local note
    sed -n 's/^ *granary: //p' "$artifacts/logs/$1.log" | sort -u |
        while IFS= read -r note; do say "  note: $note"; done
}

# lock_files FOLDER...: those of the projects in the folders.
lock_files() {
    local folder
    for folder in "$@"; do
        (cd "$root" && compgen -G "$folder/*/packages.lock.json")
    done
}

build_product() {
    local web product locks
    web=$(web_print)
    build_web "$web"
    product=$(product_print)
    mapfile -t locks < <(lock_files src)
    step product "$product" "$command" dotnet_build product "building Granary" tools/Product.slnf "${locks[@]}"
}

# with_lock COMMAND...: one set-up at a time; the lock's descriptor is closed for everything that the command starts.
with_lock() {
    mkdir -p "$artifacts"
    (
        if ! flock -n 9; then
            say "waiting for another set-up of this directory"
            flock -w "$step_timeout" 9 || die "another set-up still holds $artifacts/setup.lock after $step_timeout s"
        fi
        "$@" 9>&-
    ) 9>"$artifacts/setup.lock"
}
