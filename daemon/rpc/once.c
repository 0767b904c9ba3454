#include "daemon/rpc/once.h"

#include "common/digest.h"

#include <string.h>

enum {
	KEPT = 256,	      /* a row of commands, and what others wrote meanwhile */
	KEPT_S = 24 * 3600,   /* nobody waits longer for an answer before trying again */
	ANSWER_MOST = 1 << 16 /* bytes; only those of large imports are larger */
};

struct rpc_once rpc_once_of(const struct codec_caller *caller, const char *method,
			    const msgpack_object *params)
{
	struct rpc_once o = {.key = caller->once, .method = method};

	if (o.key && !caller->dry_run)
		o.asked = digest_add(codec_digest_params(params), method, strlen(method));
	else
		o.key = NULL;
	return o;
}

int rpc_once_find(struct db *db, const struct rpc_once *o, struct arena *a,
		  const char **ret, size_t *ret_n, int64_t *ret_op, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = o->key ? db_query(db, Q_answered_get, &s, e) : 0;

	if (r < 0 || !o->key)
		return r;
	db_bind_text(s, ":once", o->key);
	r = db_step(db, s, e);
	if (r <= 0)
		return r;
	if ((uint64_t)db_int(s, 0) != o->asked)
		return err_set(
			e, -PDH_USAGE, "once",
			"is the identity of another request that was answered; make "
			"up a new one");
	*ret_op = db_int(s, 1);
	const void *answer = db_blob(s, 2, ret_n);
	*ret = *ret_n ? memcpy(arena_alloc(a, *ret_n), answer, *ret_n) : "";
	return 1;
}

static int insert(struct db *db, const struct rpc_once *o, int64_t now, int64_t op,
		  const char *answer, size_t n, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(db, Q_answered_insert, &s, e);

	if (r < 0)
		return r;
	db_bind_text(s, ":once", o->key);
	db_bind_int(s, ":at", now);
	db_bind_int(s, ":asked", (int64_t)o->asked);
	db_bind_int(s, ":op", op);
	if (n <= ANSWER_MOST)
		db_bind_blob(s, ":answer", answer, n);
	return db_run(db, s, e);
}

int rpc_once_keep(struct db *db, const struct rpc_once *o, int64_t now, int64_t op,
		  const char *answer, size_t n, struct err *e)
{
	if (!o->key)
		return 0;
	int r = insert(db, o, now, op, answer, n, e);
	if (r == 0)
		r = DB_DO(db, Q_answered_trim, e, DB_INT(":kept", KEPT),
			  DB_INT(":since", now - KEPT_S));
	return r;
}
