/* pdh import of what pdh export wrote: the daemon gets the file as it is. */
#include "client/cli/blame.h"
#include "client/net/upload.h"
#include "client/verbs/import.h"
#include "client/verbs/run_parts.h"
#include "common/files.h"

#include <string.h>
#include <unistd.h>

bool import_is_export(int fd)
{
	static const char begin[] = "{\"schema\":\"pdh.export/";
	char there[sizeof(begin)];
	ssize_t n = sizeof(begin) - 1;

	return pread(fd, there, (size_t)n, 0) == n &&
	       memcmp(there, begin, (size_t)n) == 0;
}

static int blame_file(const struct run *r, const char *file)
{
	return blame_subject(r->e, file_name_of(file));
}

int import_load(struct run *r, int fd)
{
	enum { MANY_MS = 120000 };
	const struct import_run_params *p = r->command->params;
	struct records_load_params load;
	struct answer ans;

	shape_none(&shape_records_load_params, &load);
	int s = upload_file(&r->call, fd, file_name_of(p->file), "records", &load.upload,
			    r->e);
	if (s < 0)
		return blame_file(r, p->file);
	load.name = file_name_of(p->file);
	load.update = p->update;
	load.programs = p->programs;
	load.plan = p->plan;
	if (r->call.peer.timeout_ms == TIMEOUT_MS)
		r->call.peer.timeout_ms = MANY_MS;
	r->call.about = load.name;
	s = call_method(&r->call, &api_methods[METHOD_records_load], &load, r->o->dry_run,
			&ans, r->e);
	upload_forget(&r->call, load.upload);
	if (s < 0)
		return blame_file(r, p->file);
	struct imported *ret = ans.record;
	ret->file = file_name_of(p->file);
	ret->about = "everything, by pdh export";
	ret->created = ret->created == INT_NONE ? 0 : ret->created;
	struct answer own;
	answer_local(r->command->method, ret, r->c->arena, &own);
	s = output_give(r, &own);
	answer_done(&ans);
	return s;
}
