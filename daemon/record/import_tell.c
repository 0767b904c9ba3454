/* What becomes of rows, as the answers tell it. */
#include "common/digest.h"
#include "common/texts.h"
#include "daemon/record/import.h"

#include <string.h>

void import_fill(const struct activity_add_params *row, struct activity *a)
{
	shape_none(&shape_activity, a);
	a->title = row->title;
	a->done_on = row->done_on;
	a->from = row->from;
	a->credit = row->credit;
	a->kind = row->kind;
	a->format = row->format;
	a->role = row->role;
	a->topics = row->topics;
	a->provider = row->provider;
	a->provider_id = row->provider_id;
	a->place = row->place;
	a->approval = row->approval;
	a->course = row->course;
	a->split = row->split;
	a->note = row->note;
	a->planned = row->planned;
	a->duty = row->duty;
	a->only = row->only;
	a->except = row->except;
}

const char *import_digest(const struct import_rows *rows, const struct import_verdict *v,
			  struct arena *a)
{
	uint64_t digest = DIGEST_START;

	for (size_t i = 0; i < rows->n; i++) {
		const char *state = import_state_word(v[i].state);
		digest = digest_add(digest, v[i].key, strlen(v[i].key) + 1);
		digest = digest_add(digest, state, strlen(state));
		digest = digest_add(digest, &v[i].id, sizeof(v[i].id));
	}
	return arena_printf(a, "%016llx", (unsigned long long)digest);
}

void import_count(const struct import_rows *rows, const struct import_verdict *v,
		  struct imported *ret)
{
	int64_t *const to[] = {
		[IMPORT_NEW] = &ret->created,	  [IMPORT_HAVE] = &ret->have,
		[IMPORT_CHANGED] = &ret->changed, [IMPORT_REMOVED] = &ret->removed,
		[IMPORT_SIMILAR] = &ret->alike,	  [IMPORT_SAME] = &ret->have,
	};

	for (enum import_state i = IMPORT_NEW; i <= IMPORT_SAME; i++)
		*to[i] = 0;
	for (size_t i = 0; i < rows->n; i++)
		(*to[v[i].state])++;
}

static const char *why(const struct import_verdict *v, const struct import_wish *wish,
		       struct arena *a)
{
	switch (v->state) {
	case IMPORT_SIMILAR:
		return arena_printf(a, "looks like #%lld", (long long)v->id);
	case IMPORT_REMOVED:
		return "you removed it; --again takes it";
	case IMPORT_CHANGED:
		return wish->update ? NULL
				    : arena_printf(a,
						   "#%lld says otherwise; --update "
						   "changes it",
						   (long long)v->id);
	default:
		return NULL;
	}
}

int64_t import_tell(const struct import_rows *rows, const struct import_verdict *v,
		    const struct import_wish *wish, size_t first, int64_t most,
		    struct arena *a, struct imported *ret)
{
	enum { BYTES_MOST = 600 << 10, ROW_BYTES = 120 };
	size_t left = first < rows->n ? rows->n - first : 0, n = 0, bytes = 0;
	size_t wanted = most > 0 && (size_t)most < left ? (size_t)most : left;
	struct import_row *to = arena_array(a, wanted + 1, sizeof(*to));

	for (size_t i = first; n < wanted && bytes < BYTES_MOST; i++) {
		const struct activity_add_params *row = &rows->v[i];
		struct import_row *r = &to[n++];
		shape_none(&shape_import_row, r);
		r->line = row->line;
		r->state = v[i].state;
		r->title = row->title;
		r->done_on = row->done_on;
		r->credit = row->credit;
		r->id = v[i].id;
		r->why = why(&v[i], wish, a);
		bytes += ROW_BYTES + strlen(row->title);
	}
	ret->rows.n = n;
	ret->rows.v = to;
	return first + n < rows->n ? (int64_t)(first + n) : INT_NONE;
}

const char *import_line_word(const struct import_wish *wish)
{
	return wish->numbered ? "row" : "line";
}

static int refuse_similar(const struct import_rows *rows, const struct import_verdict *v,
			  const struct import_wish *wish, struct err *e)
{
	for (size_t i = 0; i < rows->n; i++)
		if (v[i].state == IMPORT_SIMILAR)
			return err_set(e, -PDH_DUPLICATE, NULL,
				       "%s %lld looks like #%lld and was asked to be "
				       "strict; nothing written",
				       import_line_word(wish), (long long)rows->v[i].line,
				       (long long)v[i].id);
	return 0;
}

int import_refuse(const struct import_rows *rows, const struct import_verdict *v,
		  const struct import_wish *wish, struct err *e)
{
	return wish->strict ? refuse_similar(rows, v, wish, e) : 0;
}
