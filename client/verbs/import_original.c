/* pdh import --keep: the file itself goes along, and is kept as evidence of its import. */
#include "client/verbs/import_parts.h"

#include "client/net/upload.h"
#include "client/verbs/media.h"
#include "client/verbs/reader.h"
#include "common/files.h"

#include <unistd.h>

static const char *type_of(int fd, const char *name)
{
	char head[MEDIA_HEAD];
	ssize_t n = pread(fd, head, sizeof(head), 0);

	return media_type(head, n > 0 ? (size_t)n : 0, name);
}

/* What is kept is what was read. */
static bool is_same(int fd, const struct stat *was)
{
	struct stat now;

	return fstat(fd, &now) == 0 && now.st_ino == was->st_ino &&
	       now.st_size == was->st_size && now.st_mtim.tv_sec == was->st_mtim.tv_sec &&
	       now.st_mtim.tv_nsec == was->st_mtim.tv_nsec;
}

int import_original(struct run *r, const struct import_file *f)
{
	struct import_run_params *p = r->command->params;

	if (p->keep <= 0 || r->o->dry_run)
		return 0;
	int fd = reader_open(p->file, r->e);
	if (fd < 0)
		return fd;
	if (!is_same(fd, &f->read)) {
		(void)close(fd);
		return err_set(r->e, -PDH_REFUSED, "file",
			       "%s changed since it was read; import it again", p->file);
	}
	p->media_type = type_of(fd, file_name_of(p->file));
	int s = upload_file(&r->call, fd, file_name_of(p->file), "evidence", &p->original,
			    r->e);
	(void)close(fd);
	return s;
}
