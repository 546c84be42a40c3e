# Sourced by install: what is said, what is done and what is only shown.

completed=no
current_step=
done_steps=()

say() { printf 'install: %s\n' "$*" >&2; }

refuse() {
    current_step=
    say "refused: $*"
    say "nothing was changed"
    completed=yes
    exit 1
}

fail() {
    say "$*"
    exit 1
}

# step NAME FUNCTION: so that an interruption can be reported.
step() {
    current_step=$1
    say "$1"
    "$2"
    done_steps+=("$1")
    current_step=
}

# run COMMAND…: anything that changes the system.
run() {
    if [ "$dry_run" = yes ]; then
        printf '  would run: %s\n' "$*"
    else
        "$@"
    fi
}

# show_change FILE: what standard input would change in it.
show_change() {
    local changes
    if [ ! -e "$1" ]; then
        cat >/dev/null # or its writer would fail
        printf '  would write: %s\n' "$1"
        return 0
    fi
    changes=$(diff --unchanged-line-format= --old-line-format='    - %L' \
        --new-line-format='    + %L' "$1" - || true)
    if [ -n "$changes" ]; then printf '  would change: %s\n%s\n' "$1" "$changes"; fi
}

# put FILE MODE: standard input becomes FILE, in one move, unless it is the same already.
put() {
    local file=$1 mode=$2 fresh
    if [ "$dry_run" = yes ]; then
        show_change "$file"
        return 0
    fi
    mkdir -p "$(dirname "$file")"
    fresh=$(mktemp "$file.XXXXXX")
    cat >"$fresh"
    if cmp -s "$fresh" "$file"; then
        rm "$fresh"
        return 0
    fi
    chmod "$mode" "$fresh"
    sync -f "$fresh"
    mv -f "$fresh" "$file"
}

# Called on every exit: after a failure or an interruption says how far it got.
leaving() {
    local status=$?
    [ "$completed" = yes ] && return
    drop_unfinished_release
    [ -n "$current_step" ] && say "stopped during: $current_step (exit status $status)"
    if [ ${#done_steps[@]} -eq 0 ] || [ "$dry_run" = yes ]; then
        say "nothing was changed"
    else
        say "done before that: $(printf '%s, ' "${done_steps[@]}" | sed 's/, $//')"
        if [ -e "$current_link" ]; then
            say "the installed rig is $(release_in_force); run this again to go on"
        else
            say "no rig is installed yet; run this again to go on, or with --uninstall to undo"
        fi
    fi
}
