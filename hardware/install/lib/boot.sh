# Sourced by install: the rig's lines in the boot configuration, between two marks.

readonly boot_config=/boot/firmware/config.txt
readonly boot_copy=$boot_config.before-hinge-rig
readonly modules_file=/etc/modules-load.d/hinge-rig.conf
reboot_needed=no

# Bus 1 at 400 kHz for the pads; the kernel's 1-Wire on GPIO 4 for the DS18B20.
boot_lines() {
    cat <<'TEXT'
# hinge-rig begin
[all]
dtparam=i2c_arm=on,i2c_arm_baudrate=400000
dtoverlay=w1-gpio,gpiopin=4
# hinge-rig end
TEXT
}

without_our_lines() { sed '/^# hinge-rig begin$/,/^# hinge-rig end$/d' "$1"; }

configure_boot() {
    local file=${board%/}$boot_config
    if ! { without_our_lines "$file" && boot_lines; } | cmp -s - "$file"; then
        reboot_needed=yes
        [ -e "$boot_copy" ] || run cp "$file" "$boot_copy"
        { without_our_lines "$file" && boot_lines; } | put "$file" 755
    fi
    echo i2c-dev | put "$modules_file" 644
}

restore_boot() {
    if [ -e "$boot_config" ] && grep -q '^# hinge-rig begin$' "$boot_config"; then
        without_our_lines "$boot_config" | put "$boot_config" 755
    fi
    run rm -f "$modules_file" "$boot_copy"
}
