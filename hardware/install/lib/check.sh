# Sourced by install: is this a machine that the rig runs on? Nothing here changes anything.

readonly free_needed_mb=1500
readonly python=/usr/bin/python3 # the system's: another may lie where services cannot read it

check_system() {
    check_model
    check_operating_system
    check_programs
    check_kiosk
    check_conflicts
    check_space
    check_source
    check_rights
}

check_rights() {
    if [ "$(id -u)" != 0 ] && [ "$dry_run" = no ]; then
        refuse "this needs root rights: run it with sudo, or with --dry-run to see what it would do"
    fi
}

# The file that /proc/device-tree/model leads to.
board_model() {
    { cat "${board%/}/sys/firmware/devicetree/base/model" 2>/dev/null || true; } | tr -d '\0'
}

# os_release KEY
os_release() { sed -n "s/^$1=\"\\{0,1\\}\\([^\"]*\\)\"\\{0,1\\}\$/\\1/p" "${board%/}/etc/os-release"; }

architecture() {
    if [ "$board" = / ]; then dpkg --print-architecture; else cat "$board/architecture"; fi
}

check_model() {
    local model
    model=$(board_model)
    case "$model" in
    "Raspberry Pi Zero 2 W"* | "Raspberry Pi 3 Model"* | "Raspberry Pi 4 Model"* | \
        "Raspberry Pi 5 Model"*) ;;
    "") refuse "this is no Raspberry Pi; for the simulated rig run ./run instead" ;;
    "Raspberry Pi Zero"* | "Raspberry Pi Model"*)
        refuse "$model has one core, too few to sample without gaps: use a Zero 2 W, 3, 4 or 5" ;;
    "Raspberry Pi 2"*)
        refuse "$model is not tested and mostly 32-bit: use a Zero 2 W, 3, 4 or 5" ;;
    *) refuse "$model has another connector or is not tested: use a Zero 2 W, 3, 4 or 5" ;;
    esac
}

check_operating_system() {
    local found
    found="$(os_release PRETTY_NAME)"
    if [ "$(architecture)" != arm64 ]; then
        refuse "the system is $(architecture), not 64-bit (arm64): write Raspberry Pi OS (64-bit)" \
            "to the card"
    fi
    case "$(os_release VERSION_CODENAME)" in
    bookworm | trixie) ;;
    *) refuse "$found: use Raspberry Pi OS (64-bit) Bookworm or Trixie" ;;
    esac
    if [ ! -e "${board%/}/etc/rpi-issue" ]; then
        refuse "$found is not Raspberry Pi OS: its kernel and groups are needed"
    fi
    if [ ! -e "${board%/}/boot/firmware/config.txt" ]; then
        refuse "/boot/firmware/config.txt is missing: is the boot partition mounted?"
    fi
}

check_programs() {
    [ "$board" = / ] || return 0
    command -v systemctl >/dev/null || refuse "systemd is missing, which starts the services"
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        refuse "$python is missing or older than 3.11: sudo apt install python3"
    fi
}

check_kiosk() {
    [ "$kiosk" = yes ] || return 0
    case "$(board_model)" in
    "Raspberry Pi Zero 2 W"* | "Raspberry Pi 3 Model A"*)
        refuse "this board has too little memory for a browser: leave --kiosk out and open the" \
            "page on another computer" ;;
    esac
    if [ -e "${board%/}/etc/systemd/system/display-manager.service" ]; then
        refuse "a desktop is installed, which has the screen: use Raspberry Pi OS Lite for" \
            "--kiosk, or leave it out"
    fi
}

# The kernel's own drivers would claim the chips.
check_conflicts() {
    local overlay
    overlay=$(grep -Em1 '^[[:space:]]*dtoverlay=(ads1115|ads1015|hx711)' \
        "${board%/}/boot/firmware/config.txt" || true)
    if [ -n "$overlay" ]; then
        refuse "/boot/firmware/config.txt has $overlay: the kernel would claim the chip;" \
            "remove that line and restart"
    fi
}

check_space() {
    [ "$board" = / ] || return 0
    local free_mb
    free_mb=$(df --output=avail -BM / 2>/dev/null | tail -n 1 | tr -dc '0-9')
    if [ "$free_mb" -lt "$free_needed_mb" ]; then
        refuse "$free_mb MB are free, $free_needed_mb are needed: make room"
    fi
}

check_source() {
    if [ ! -f "$source_dir/setup.cfg" ] || [ ! -d "$source_dir/rig" ]; then
        refuse "$source_dir is not the whole project: copy or clone all of it"
    fi
}
