# Sourced by ./run and ./test: makes .venv and installs the project with the extras given.
# Installs again only when the project's requirements changed.

say() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; }

# apt_or_say PACKAGE WHAT: install a Debian package when allowed, else name the one command.
apt_or_say() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "installing $1 ($2)"
        apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y install \
            --no-install-recommends "$1" >/dev/null && return 0
    fi
    say "$2 is missing; install it with: sudo apt install $1"
    return 1
}

find_python() {
    local name
    for name in python3 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            echo "$name"
            return 0
        fi
    done
    say "Python 3.11 or newer is needed; install it with: sudo apt install python3"
    return 1
}

make_venv() {
    local python version
    python=$(find_python) || return 1
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        apt_or_say "$version" "Python's venv module" || return 1
    fi
    say "making .venv"
    rm -rf .venv
    "$python" -m venv .venv
}

# prepare_rpi_gpio: RPi.GPIO, which has to be built; without it the tests of its Python part are left out.
prepare_rpi_gpio() {
    local python=.venv/bin/python
    $python -c 'import importlib.util as i, sys; sys.exit(i.find_spec("RPi") is None)' && return 0
    command -v gcc >/dev/null || apt_or_say gcc "a C compiler for RPi.GPIO" || return 1
    $python -c 'import pathlib, sysconfig as s, sys; sys.exit(not pathlib.Path(s.get_path("include"), "Python.h").exists())' ||
        apt_or_say python3-dev "Python's headers for RPi.GPIO" || return 1
    $python -m pip install --quiet --disable-pip-version-check -c constraints.txt RPi.GPIO && return 0
    say "RPi.GPIO could not be built; its tests are left out"
    return 1
}

# prepare EXTRAS: .venv with the project and these extras (comma-separated, may be empty).
prepare() {
    local extras=$1 wanted stamp
    [ -x .venv/bin/python ] || make_venv || return 1
    stamp=.venv/installed-${extras:-plain}
    wanted=$(cat setup.cfg pyproject.toml constraints.txt | sha256sum)
    if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$wanted" ]; then
        say "installing packages (a minute or two, once)"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check \
            -c constraints.txt -e ".${extras:+[$extras]}" || return 1
        printf '%s' "$wanted" >"$stamp"
    fi
}
