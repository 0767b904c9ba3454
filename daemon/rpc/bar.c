/* What has to wait until a long write is over. */
#include "daemon/rpc/call.h"
#include "daemon/rpc/long.h"

/* What is on its way in belongs to the other thread meanwhile. */
static bool bars(const struct method *m)
{
	static const enum method_id others[] = {METHOD_upload_begin, METHOD_upload_write,
						METHOD_upload_drop, METHOD_import_preview,
						METHOD_pack_reload};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (m == &api_methods[others[i]])
			return true;
	return m->access == ACCESS_WRITE;
}

static int refuse(const struct rpc_long *l, struct err *e)
{
	const char *verb = l->method->verb[0] ? l->method->verb : l->method->name;

	err_set(e, -PDH_BUSY, "running", "another client's %s is under way, %d %% done",
		verb, db_far(l->db) / 10);
	return err_hint(e, "try again in a moment");
}

bool call_is_barred(struct call *c)
{
	return bars(c->method) && refuse(c->rpc->runs, &c->err) < 0;
}
