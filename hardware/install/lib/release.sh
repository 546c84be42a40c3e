# Sourced by install: every version in a directory of its own, and a link to the one in force.

readonly base=/opt/hinge-rig
readonly current_link=$base/current
readonly parts=(drivers rig webui hardware docs setup.cfg pyproject.toml constraints.txt README.md
    LICENSE)
release=
previous=
unfinished=

# The version's name: its number and what it is made of.
release_name() {
    local number sum
    number=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$source_dir/rig/__init__.py")
    sum=$(cd "$source_dir" && find "${parts[@]}" -type f ! -path '*/__pycache__/*' -print0 |
        sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-8)
    echo "$number-$sum"
}

release_in_force() { basename "$(readlink -f "$current_link")"; }

# Make the new version beside the one that runs; it counts once it has its mark.
stage_release() {
    release=$base/versions/$(release_name)
    if [ -L "$current_link" ]; then previous=$(readlink -f "$current_link"); fi
    if [ -e "$release/complete" ]; then
        say "version $(basename "$release") is there already"
        return 0
    fi
    run rm -rf "$release"
    [ "$dry_run" = yes ] || unfinished=$release
    run mkdir -p "$release"
    run copy_source
    run "$python" -m venv "$release/venv"
    run install_python_packages
    run "$release/venv/bin/hinge-rig" --version
    run touch "$release/complete"
    unfinished=
}

copy_source() {
    (cd "$source_dir" && tar -c --exclude=__pycache__ "${parts[@]}") |
        tar -x --no-same-owner -C "$release"
}

install_python_packages() {
    local copy=$release/build
    mkdir "$copy"
    cp -r "$release"/{drivers,rig,webui,setup.cfg,pyproject.toml,README.md,LICENSE} "$copy"
    "$release/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
        -c "$release/constraints.txt" "${copy}[pi]" 2>"$release/pip.log" ||
        python_packages_failed
    rm -rf "$copy" "$release/pip.log" "$release"/{drivers,rig,webui}
}

python_packages_failed() {
    tail -n 3 "$release/pip.log" >&2
    fail "Python packages could not be installed: is the network up?"
}

drop_unfinished_release() {
    if [ -n "$unfinished" ]; then rm -rf "$unfinished"; fi
}

switch_release() {
    back_up_before_update
    point_to "$release"
}

point_to() {
    [ "$(readlink "$current_link")" != "$1" ] || return 0
    run ln -sfn "$1" "$base/next"
    run mv -T "$base/next" "$current_link"
}

# A new version may change the database; the old one makes a backup first.
back_up_before_update() {
    if [ -z "$previous" ] || [ "$previous" = "$release" ] ||
        [ ! -e /var/lib/hinge-rig/hinge-rig.db ]; then
        return 0
    fi
    run /usr/local/bin/hinge-rig backup ||
        fail "the recordings could not be backed up before the update: see the line above"
}

remove_old_releases() {
    local path
    for path in "$base"/versions/*; do
        case "$path" in
        "$release" | "$previous" | "$base/versions/*") ;;
        *) run rm -rf "$path" ;;
        esac
    done
}

remove_programs() { run rm -rf "$base" /usr/local/bin/hinge-rig; }
