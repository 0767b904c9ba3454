#include "client/verbs/synced.h"

#include "common/ascii.h"

#include <glob.h>
#include <limits.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Names of folders, and of services with letters behind them left out: "MEGA" is MEGAsync too. Those that mean something
 * else as often have to be the whole name. */
static const struct {
	const char *name, *service;
	bool whole;
} names[] = {
	{"Dropbox", "Dropbox", false},
	{"OneDrive", "OneDrive", false},
	{"SkyDrive", "OneDrive", false},
	{"SharePoint", "OneDrive", false},
	{"Google Drive", "Google Drive", false},
	{"GoogleDrive", "Google Drive", false},
	{"Google-Drive", "Google Drive", false},
	{"gdrive", "Google Drive", false},
	{"My Drive", "Google Drive", true},
	{"Insync", "Insync", false},
	{"iCloud", "iCloud", false},
	{"Mobile Documents", "iCloud", true},
	{"com~apple~CloudDocs", "iCloud", true},
	{"CloudStorage", "a cloud service", true},
	{"Nextcloud", "Nextcloud", false},
	{"ownCloud", "ownCloud", false},
	{"MEGA", "MEGA", true},
	{"MEGAsync", "MEGA", false},
	{"pCloud", "pCloud", false},
	{"pCloudDrive", "pCloud", false},
	{"Syncthing", "Syncthing", false},
	{"Sync", "a program that synchronizes", true},
	{"Synced", "a program that synchronizes", true},
	{"Resilio", "Resilio Sync", false},
	{"ResilioSync", "Resilio Sync", false},
	{"BTSync", "Resilio Sync", false},
	{"Box", "Box", true},
	{"Box Sync", "Box", false},
	{"Box-Box", "Box", false},
	{"Seafile", "Seafile", false},
	{"Seadrive", "Seafile", false},
	{"Tresorit", "Tresorit", false},
	{"SpiderOak", "SpiderOak", false},
	{"Proton Drive", "Proton Drive", false},
	{"ProtonDrive", "Proton Drive", false},
	{"Yandex.Disk", "Yandex.Disk", false},
	{"YandexDisk", "Yandex.Disk", false},
	{"Jottacloud", "Jottacloud", false},
	{"HiDrive", "HiDrive", false},
	{"kDrive", "kDrive", false},
	{"Koofr", "Koofr", false},
	{"Filen", "Filen", true},
	{"Internxt", "Internxt", false},
	{"Cozy Drive", "Cozy Drive", false},
	{"Nutstore", "Nutstore", false},
	{"SugarSync", "SugarSync", false},
	{"odrive", "odrive", false},
};

/* What programs leave in a folder that they copy; patterns of glob(7). */
static const char *const marks[] = {
	".stfolder*",
	".stversions",
	".dropbox",
	".dropbox.cache",
	".sync",
	".sync_*.db",
	"._sync_*.db",
	".owncloudsync.log*",
	".nextcloudsync.log*",
	".tmp.drivedownload",
	".tmp.driveupload",
	".insync*",
	".seafile-data",
	".debris",
	".unison.*",
	".csync_journal.db*",
};

static bool is_named(const char *part, size_t n, size_t i)
{
	const char *name = names[i].name;
	size_t length = strlen(name);

	if (n < length || !ascii_same_n(part, name, length))
		return false;
	return n == length || (!names[i].whole && !ascii_is_letter(part[length]));
}

static const char *by_name(const char *path)
{
	for (const char *p = path; *p; p += strcspn(p, "/")) {
		p += strspn(p, "/");
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
			if (is_named(p, strcspn(p, "/"), i))
				return names[i].service;
	}
	return NULL;
}

/* A folder may be called anything, also by signs that mean more in a pattern. */
static const char *as_pattern(const char *folder, struct arena *a)
{
	char *out = arena_alloc(a, 2 * strlen(folder) + 1), *to = out;

	for (const char *p = folder; *p; p++) {
		if (strchr("*?[]\\", *p))
			*to++ = '\\';
		*to++ = *p;
	}
	*to = '\0';
	return out;
}

static bool has_mark(const char *folder, struct arena *a)
{
	const char *pattern = as_pattern(folder, a);
	bool found = false;

	for (size_t i = 0; !found && i < sizeof(marks) / sizeof(marks[0]); i++) {
		glob_t g;
		found = glob(arena_printf(a, "%s/%s", pattern, marks[i]), GLOB_NOSORT,
			     NULL, &g) == 0;
		globfree(&g);
	}
	return found;
}

static const char *by_mark(const char *path, struct arena *a)
{
	char *folder = arena_dup(a, path);

	for (char *slash; (slash = strrchr(folder, '/')) && slash > folder;) {
		*slash = '\0';
		if (has_mark(folder, a))
			return "a program that synchronizes";
	}
	return NULL;
}

/* As it is without links; as given where it is not there. */
static const char *real(const char *path, struct arena *a)
{
	char *found = realpath(path, NULL);
	const char *copy = arena_dup(a, found ? found : path);

	free(found);
	return copy;
}

const char *synced_by(const char *path, struct arena *a)
{
	const char *where = real(path, a), *by = by_name(where);

	return by ? by : by_mark(where, a);
}

/* ---- other machines ----------------------------------------------------------------------------- */

/* Types of mounts; write-ahead logging needs memory that is shared by all who have the file open. */
static const char *const remote[] = {
	"nfs",
	"nfs4",
	"cifs",
	"smb3",
	"smbfs",
	"9p",
	"afs",
	"ceph",
	"lustre",
	"ncpfs",
	"coda",
	"vboxsf",
	"fuse.sshfs",
	"fuse.rclone",
	"fuse.glusterfs",
	"fuse.s3fs",
	"fuse.davfs",
	"fuse.davfs2",
	"fuse.onedriver",
	"fuse.onedrive",
	"fuse.google-drive-ocamlfuse",
	"fuse.curlftpfs",
	"fuse.gvfsd-fuse",
	"fuse.smbnetfs",
	"fuse.pcloud",
	"fuse.pCloud.fs",
	"fuse.seadrive",
	"fuse.ceph-fuse",
	"fuse.vmhgfs-fuse",
	"fuse.gcsfuse",
	"fuse.jmtpfs",
	"fuse.ltfs",
	"prl_fs",
	"acfs",
};

/* Whether `path` lies in the folder `at`, and how deep that is. */
static size_t depth_in(const char *path, const char *at)
{
	size_t n = strlen(at);

	if (n == 1)
		return 1;
	return strncmp(path, at, n) == 0 && (path[n] == '/' || !path[n]) ? n : 0;
}

const char *synced_remote(const char *path, struct arena *a)
{
	const char *where = real(path, a), *type = NULL;
	FILE *mounts = setmntent("/proc/self/mounts", "re");
	size_t deepest = 0;
	char line[PATH_MAX];
	struct mntent m;

	while (mounts && getmntent_r(mounts, &m, line, sizeof(line))) {
		size_t depth = depth_in(where, m.mnt_dir);
		if (depth == 0 || depth < deepest)
			continue;
		deepest = depth;
		type = NULL;
		for (size_t i = 0; i < sizeof(remote) / sizeof(remote[0]); i++)
			if (strcmp(m.mnt_type, remote[i]) == 0)
				type = remote[i];
	}
	if (mounts)
		endmntent(mounts);
	if (!type)
		return NULL;
	return strncmp(type, "fuse.", 5) == 0 ? type + 5 : type;
}
