# Gives a test /run/user and the folder of sockets in /tmp for itself, where mount namespaces can be had, since all
# homes of one user share them: . tests/support/alone.sh, before anything else
# shellcheck shell=sh
alone_tmp=/tmp/pdh-$(id -u)

if [ -z "${PDH_ALONE:-}" ] && unshare -m true 2>/dev/null; then
	PDH_ALONE=1
	export PDH_ALONE
	exec unshare -m "$0" "$@"
fi
if [ -n "${PDH_ALONE:-}" ]; then
	mkdir -p -m 700 "$alone_tmp" "$HOME/alone"
	chmod 700 "$HOME/alone"
	mount --bind "$HOME/alone" "$alone_tmp"
	mount -t tmpfs none /run/user
fi
