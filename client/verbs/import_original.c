/* pdh import --keep: the file itself goes along, and is kept as evidence of its import. */
#include "client/verbs/import_parts.h"

#include "client/net/upload.h"
#include "client/verbs/media.h"
#include "client/verbs/reader.h"
#include "common/files.h"

#include <unistd.h>

int import_original(struct run *r, const struct import_file *f)
{
	struct import_run_params *p = r->command->params;
	char head[MEDIA_HEAD];

	if (p->keep <= 0 || r->o->dry_run)
		return 0;
	int fd = reader_open(p->file, r->e);
	if (fd < 0)
		return fd;
	/* What is kept is what was read. */
	if (!file_is_as_before(fd, &f->read)) {
		(void)close(fd);
		return err_set(r->e, -PDH_REFUSED, "file",
			       "%s changed since it was read; import it again", p->file);
	}
	p->media_type = media_type(head, media_head(fd, head), file_name_of(p->file));
	int s = upload_file(&r->call, fd, file_name_of(p->file), "evidence", &p->original,
			    r->e);
	(void)close(fd);
	return s;
}
