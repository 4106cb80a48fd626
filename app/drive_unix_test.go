//go:build !windows

package app

import "testing"

func TestMounts(t *testing.T) {
	got := removableMounts("/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media/zhang/KINGSTON\\040U vfat rw 0 0\n/dev/sdc1 /run/media/li/U exfat rw 0 0\n")
	if len(got) != 2 || got[0] != "/media/zhang/KINGSTON U" || got[1] != "/run/media/li/U" {
		t.Errorf("mounts %q", got)
	}
}
