# shellcheck shell=bash
# Which test suites there are, how each is run, and how its result is counted. Sourced by ./test after setup.sh.
# A suite that crashes, runs into its time limit or runs no test at all counts as one failure on top of those that it reported.

readonly suite_timeout=${GRANARY_SUITE_TIMEOUT:-1200}
readonly results="${artifacts:?}/test-results"
total_passed=0 total_failed=0 total_skipped=0

test_projects() { sed -n 's/.*Path="\(tests\/[^"]*\.csproj\)".*/\1/p' "${root:?}/Granary.slnx"; }

# suite_name PROJECT: tests/Grains/Granary.Grains.Tests.csproj is Grains
suite_name() {
    local name=${1##*/Granary.}
    printf '%s\n' "${name%.Tests.csproj}"
}

# assembly_of NAME: the built test project.
assembly_of() { printf '%s\n' "$artifacts/bin/Granary.$1.Tests/release/Granary.$1.Tests.dll"; }

solution_print() { fingerprint "$(product_print)" tests benchmarks Granary.slnx; }

# select_suites FILTER...: the test projects, and Web, that match a filter; all of them without one.
select_suites() {
    local suite filter
    {
        ! grep -qs '"test":' "$root/src/Dashboard/web/package.json" || echo Web
        test_projects
    } | while IFS= read -r suite; do
        (($# > 0)) || printf '%s\n' "$suite"
        for filter in "$@"; do
            if grep -qiF -- "$filter" <<<"$(suite_name "$suite")"; then
                printf '%s\n' "$suite"
                break
            fi
        done
    done
}

# bounded LOG COMMAND...: runs in a process group of its own, which ends with it, with the time limit, or with this script.
bounded() {
    local log=$1 status=0
    shift
    (cd "$root" && exec timeout -k 10 "$suite_timeout" "$@") >"$log" 2>&1 </dev/null &
    running=$!
    wait "$running" || status=$?
    # What a crashed test host left behind; timeout leads the group.
    kill -KILL -- "-$running" 2>/dev/null || true
    running=
    return "$status"
}

end_running() {
    [[ -z ${running:-} ]] || kill -TERM "$running" 2>/dev/null || true
    exit 130
}

# report NAME PASSED FAILED SKIPPED SECONDS LOG
report() {
    printf '%-30s %4d passed, %d failed, %d skipped  (%d s)\n' "$1" "$2" "$3" "$4" "$5"
    total_passed=$((total_passed + $2)) total_failed=$((total_failed + $3)) total_skipped=$((total_skipped + $4))
    (($3 == 0)) || tail -n 150 "$6" | sed 's/^/    /'
}

# counter FILE NAME: one number of the <Counters> element of a .trx file; 0 when a crash cut it off.
counter() { { sed -n "s/.*<Counters [^>]*\\b$2=\"\\([0-9]*\\)\".*/\\1/p" "$1" | head -n 1 | grep . || echo 0; }; }

run_dotnet_suite() {
    local project=$1 name began=$SECONDS status=0 passed=0 failed=0 skipped=0 assembly trx log
    name=$(suite_name "$project")
    assembly=$(assembly_of "$name")
    trx="$results/$name.trx" log="$artifacts/logs/test-$name.log"
    rm -f "$trx"
    bounded "$log" dotnet vstest "$assembly" "--logger:trx;LogFileName=$trx" --ResultsDirectory:"$results" || status=$?
    if [[ -s $trx ]]; then
        passed=$(counter "$trx" passed)
        failed=$(($(counter "$trx" failed) + $(counter "$trx" error) + $(counter "$trx" timeout) + $(counter "$trx" aborted)))
        skipped=$(($(counter "$trx" total) - $(counter "$trx" executed)))
    fi
    if ((failed == 0 && (status != 0 || passed + skipped == 0))); then
        failed=1
        printf '%s: did not run to its end (exit %d%s)\n' "$name" "$status" "$( ((status != 124)) || echo ", over $suite_timeout s")" >>"$log"
    fi
    report "$name" "$passed" "$failed" "$skipped" $((SECONDS - began)) "$log"
}

# last_number LOG PATTERN: the number that the pattern's group catches in the last matching line; 0 without one.
last_number() { { sed -nE "s/$2/\\1/p" "$1" | tail -n 1 | grep . || echo 0; }; }

run_web_suite() {
    local began=$SECONDS status=0 log="$artifacts/logs/test-Web.log" passed failed skipped
    bounded "$log" npm --prefix src/Dashboard/web test || status=$?
    # node --test: "# pass 12", or with an information sign in place of the hash
    passed=$(last_number "$log" '^[^ ]+ pass ([0-9]+)$')
    failed=$(last_number "$log" '^[^ ]+ fail ([0-9]+)$')
    skipped=$(last_number "$log" '^[^ ]+ skipped ([0-9]+)$')
    ((status == 0 && passed > 0 || failed > 0)) || failed=1
    report Web "$passed" "$failed" "$skipped" $((SECONDS - began)) "$log"
}

# run_suites SUITE...: runs each, prints the sum, and fails when anything failed.
run_suites() {
    local suite
    mkdir -p "$results" "$artifacts/logs"
    trap end_running INT TERM
    for suite in "$@"; do
        case $suite in
            Web) run_web_suite ;;
            *) run_dotnet_suite "$suite" ;;
        esac
    done
    printf '%d passed, %d failed, %d skipped\n' "$total_passed" "$total_failed" "$total_skipped"
    ((total_failed == 0))
}
