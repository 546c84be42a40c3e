# Sourced by install: packages, users, settings and services.

readonly unit_dir=/etc/systemd/system
readonly services=(hinge-rig-sampler.service hinge-rig-recorder.service hinge-rig-web.service)
readonly kiosk_unit=hinge-rig-kiosk.service

booted() { [ -d /run/systemd/system ]; }

install_packages() {
    # RPi.GPIO is compiled; i2cdetect is what the doctor's words name.
    local package wanted=(python3-venv python3-dev gcc i2c-tools) missing=()
    if [ "$kiosk" = yes ]; then wanted+=(cage "$(browser_package)"); fi
    for package in "${wanted[@]}"; do
        is_installed "$package" || missing+=("$package")
    done
    if [ ${#missing[@]} -eq 0 ]; then return 0; fi
    run apt-get -qq -o APT::Update::Error-Mode=any update ||
        fail "the package lists could not be fetched: is the network up?"
    run env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install \
        "${missing[@]}" || fail "Debian packages could not be installed: see the lines above"
}

is_installed() { [ "$(dpkg-query -W -f '${Status}' "$1" 2>/dev/null)" = "install ok installed" ]; }

# Raspberry Pi OS Bookworm calls it chromium-browser.
browser_package() {
    if apt-cache show chromium >/dev/null 2>&1; then echo chromium; else echo chromium-browser; fi
}

make_users() {
    local group
    for group in gpio i2c; do
        getent group "$group" >/dev/null || run groupadd --system "$group"
    done
    if ! getent passwd hinge-rig >/dev/null; then
        run useradd --system --user-group --home-dir /var/lib/hinge-rig --no-create-home \
            --shell /usr/sbin/nologin hinge-rig
    fi
    run usermod --append --groups gpio,i2c hinge-rig
    run install -d -o hinge-rig -g hinge-rig -m 750 /var/lib/hinge-rig
    if [ "$kiosk" = yes ] && ! getent passwd hinge-kiosk >/dev/null; then
        run useradd --system --user-group --create-home --home-dir /var/lib/hinge-kiosk \
            --groups video,render,input --shell /usr/sbin/nologin hinge-kiosk
    fi
}

write_settings() {
    if [ -e /etc/hinge-rig/rig.toml ]; then
        say "kept: /etc/hinge-rig/rig.toml"
    else
        put /etc/hinge-rig/rig.toml 644 <"$here/rig.toml"
    fi
    run check_settings
    put /usr/local/bin/hinge-rig 755 <"$here/hinge-rig"
}

check_settings() {
    "$release/venv/bin/hinge-rig" config --config /etc/hinge-rig/rig.toml >/dev/null ||
        fail "the new version does not accept /etc/hinge-rig/rig.toml: see the lines above"
}

write_units() {
    local path name
    for path in "$here"/units/*; do
        name=$(basename "$path")
        if [ "$name" = "$kiosk_unit" ] && ! kiosk_wanted; then continue; fi
        put "$unit_dir/$name" 644 <"$path"
    done
    if [ "$kiosk" = no ]; then remove_kiosk; fi
    if booted; then run systemctl daemon-reload; fi
}

kiosk_wanted() {
    [ "$kiosk" = yes ] || { [ "$kiosk" = keep ] && [ -e "$unit_dir/$kiosk_unit" ]; }
}

remove_kiosk() {
    if [ -e "$unit_dir/$kiosk_unit" ]; then
        if booted; then run systemctl stop "$kiosk_unit"; fi
        run systemctl disable --quiet "$kiosk_unit"
        run rm -f "$unit_dir/$kiosk_unit"
    fi
}

start_services() {
    run systemctl enable --quiet hinge-rig.target hinge-rig-backup.timer
    if kiosk_wanted; then run systemctl enable --quiet "$kiosk_unit"; fi
    if ! booted || [ "$reboot_needed" = yes ]; then return 0; fi
    run systemctl start hinge-rig-backup.timer
    run systemctl start hinge-rig.target
    run systemctl restart "${services[@]}" || roll_back
    if kiosk_wanted; then run systemctl restart "$kiosk_unit"; fi
}

# The version before this one goes on.
roll_back() {
    say "the new version does not start; its last lines:"
    journalctl --quiet --no-pager --output=cat -n 5 -t hinge-rig >&2 || true
    if [ -z "$previous" ] || [ "$previous" = "$release" ]; then
        fail "hinge-rig doctor says more; the services go on trying"
    fi
    point_to "$previous"
    systemctl restart "${services[@]}" || true
    say "version $(basename "$previous") is in force again"
    fail "if it refuses a newer database: hinge-rig restore the newest of /var/lib/hinge-rig/backups"
}

remove_units() {
    local path name
    if booted; then run systemctl stop 'hinge-rig*.timer' 'hinge-rig*.service' hinge-rig.target; fi
    for path in "$here"/units/*; do
        name=$(basename "$path")
        [ -e "$unit_dir/$name" ] || continue
        if grep -q '^\[Install\]' "$path"; then run systemctl disable --quiet "$name"; fi
        run rm -f "$unit_dir/$name"
    done
    if booted; then run systemctl daemon-reload; fi
}

remove_data() {
    local user
    for user in hinge-rig hinge-kiosk; do
        if getent passwd "$user" >/dev/null; then run userdel "$user"; fi
    done
    run rm -rf /etc/hinge-rig /var/lib/hinge-rig /var/lib/hinge-kiosk
}

finished() {
    if [ "$dry_run" = yes ]; then
        say "dry run: nothing was changed"
    elif [ "$reboot_needed" = yes ]; then
        say "installed: version $(basename "$release"); restart now, the boot configuration changed: sudo reboot"
    else
        say "installed: version $(basename "$release"); check it with: hinge-rig doctor"
    fi
}
