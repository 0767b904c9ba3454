/* pdh import: pdh-read reads the file, the daemon decides what is new, and both are told. */
#include "client/verbs/import_parts.h"
#include "client/verbs/reader.h"

#include <unistd.h>

/* The answer with what pdh-read said, in place of the daemon's own, which goes with it. */
static void join(const struct run *r, const struct import_file *file, struct answer *ans)
{
	struct arena *a = r->c->arena;
	struct answer *own = arena_alloc(a, sizeof(*own));

	*own = *ans;
	import_join(file, a, own->record);
	answer_local(own->method, own->record, a, ans);
	ans->pages = own;
	ans->pages_n = 1;
}

/* 1: it was what pdh export wrote, and *ret is the exit status. */
static int load_export(struct run *r, int *ret)
{
	const struct import_run_params *p = r->command->params;
	int fd = reader_open(p->file, r->e);

	if (fd < 0)
		return fd;
	int s = import_is_export(fd);
	if (s && p->save_layout)
		s = err_set(r->e, -PDH_USAGE, "save_layout",
			    "what pdh export wrote needs no layout");
	if (s > 0 && p->keep > 0) {
		err_set(r->e, -PDH_USAGE, "keep",
			"what pdh export wrote says nothing that is not stored here");
		s = err_hint(r->e, "pdh backup keeps everything");
	}
	if (s > 0)
		*ret = import_load(r, fd);
	(void)close(fd);
	return s;
}

int own_import(struct run *r)
{
	struct import_run_params *p = r->command->params;
	struct import_file file;
	const char *made = NULL;
	struct answer ans;
	int status = 0, s = import_keep_name(p->save_layout, r->e);

	if (s == 0)
		s = load_export(r, &status);
	if (s != 0)
		return s < 0 ? s : status;
	s = import_read(p, r->c->arena, &file, r->e);

	if (s == 0)
		s = import_check(&file, p, r->o, r->e);
	if (s == 0)
		s = import_keep(&file, p->save_layout, r->o->dry_run, r->c->arena, &made,
				r->e);
	if (s == 0)
		s = import_send(r, &file, &ans);
	/* What fails leaves nothing behind. */
	if (s < 0 && made)
		(void)unlink(made);
	if (s < 0)
		return s;
	join(r, &file, &ans);
	return output_give(r, &ans);
}
