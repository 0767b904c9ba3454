/* Opening balances beside the rows of a file: what was done in the days that one covers would count twice. */
#include "common/texts.h"
#include "daemon/record/activity.h"
#include "daemon/record/activity_split.h"
#include "daemon/record/import.h"

#include <string.h>

struct opening {
	struct import_opening told;
	civil_day from; /* the first day that it covers; DATE_NONE: open */
};

static const struct held *held_of(const struct held_list *held, int64_t id)
{
	for (size_t i = 0; i < held->n; i++)
		if (held->v[i].id == id)
			return &held->v[i];
	return NULL;
}

static bool counts_for(const struct activity_add_params *row, const char *alias)
{
	return row->only.n ? texts_has(&row->only, alias)
			   : !texts_has(&row->except, alias);
}

/* The credit of a row in the unit of a balance; 0 where it bears another unit, which cannot be taken off. An hour of the
 * clock may be more than one hour of the board. */
static int64_t in_unit_of(const struct held *h, struct credit row,
			  const struct credit *balance)
{
	const struct ratio *worth = h->cycle.rules.worth;
	const struct ratio from = worth[credit_unit_number(row.unit)],
			   to = worth[credit_unit_number(balance->unit)];
	struct err ignored;
	int64_t ret;

	if (!credit_unit_same(row.unit, balance->unit))
		return 0;
	if (strcmp(row.unit, balance->unit) == 0 || from.num == 0 || to.num == 0)
		return row.exact;
	const struct ratio hour = ratio_of(from.num * to.den, from.den * to.num);
	return credit_convert(row.exact, hour, &ret, &ignored) == 0 ? ret : 0;
}

/* What the new rows of its days come to, in its unit. */
static int64_t covered(const struct import_rows *rows, const struct import_verdict *v,
		       const struct opening *o, const struct held *h)
{
	int64_t sum = 0;

	for (size_t i = 0; i < rows->n; i++) {
		const struct activity_add_params *row = &rows->v[i];
		if (v[i].state != IMPORT_NEW || row->done_on > o->told.day ||
		    row->planned > 0 || !counts_for(row, h->alias) ||
		    (o->from != DATE_NONE && row->done_on < o->from))
			continue;
		sum += in_unit_of(h, row->credit, &o->told.before);
	}
	return sum;
}

int import_openings(struct work *w, const struct import_rows *rows,
		    const struct import_verdict *v, struct list *ret, struct err *e)
{
	struct import_opening *all = NULL;
	struct held_list held;
	int64_t of = INT_NONE; /* the credential of the one before, */
	civil_day before =
		DATE_NONE; /* and its day: of several, each covers its own days */
	size_t n = 0;
	AUTO_STMT s = NULL;
	int r = held_all(w, DATE_NONE, &held, e);

	if (r == 0)
		r = db_query(w->db, Q_import_openings, &s, e);
	if (r < 0)
		return r;
	db_bind_date(s, ":since", DATE_FIRST);
	while ((r = db_step(w->db, s, e)) > 0) {
		const struct held *h = held_of(&held, db_int(s, 4));
		struct opening o = {
			.told = {.id = db_int(s, 0),
				 .day = db_date(s, 1),
				 .before = {db_int(s, 2), db_text(s, 3, w->arena)}},
			.from = h ? h->cycle.begins : DATE_NONE,
		};
		if (of == db_int(s, 4) && (o.from == DATE_NONE || before >= o.from))
			o.from = before + 1;
		of = db_int(s, 4);
		before = o.told.day;
		int64_t sum = h ? covered(rows, v, &o, h) : 0;
		if (sum == 0)
			continue;
		if (sum < o.told.before.exact)
			o.told.after = (struct credit){o.told.before.exact - sum,
						       o.told.before.unit};
		all = arena_grow(w->arena, all, n, sizeof(*all));
		all[n++] = o.told;
	}
	*ret = (struct list){n, all};
	return r;
}

static int remove_whole(struct work *w, int64_t id, struct err *e)
{
	return DB_DO(w->db, Q_activity_delete, e, DB_INT(":id", id));
}

/* Which hours of it the file has, nobody knows: the parts are for the person to say. */
static int check_parts(struct work *w, struct activity *a, struct err *e)
{
	const char *parts = "";
	int r = activity_split_check(w, a, e);

	if (r == 0)
		return 0;
	for (size_t i = 0; i < a->split.n; i++)
		parts = arena_printf(w->arena, "%s%s%s", parts, i ? ", " : "",
				     a->split.v[i]);
	err_set(e, r, NULL,
		"the file would leave %s of the opening balance #%lld, less than what is "
		"split off it: %s",
		texts_credit(w->arena, a->credit), (long long)a->id, parts);
	return err_hint(e, "pdh edit %lld --split says it anew, or --opening keep",
			(long long)a->id);
}

int import_reduce(struct work *w, const struct held_list *held,
		  const struct import_opening *v, size_t n, struct err *e)
{
	struct activity a;
	int r = 0;

	for (size_t i = 0; r == 0 && i < n; i++) {
		if (!v[i].after.unit) {
			r = remove_whole(w, v[i].id, e);
			continue;
		}
		r = activity_read(w, v[i].id, &a, e);
		a.credit = v[i].after;
		if (r == 0)
			r = check_parts(w, &a, e);
		if (r == 0)
			r = activity_save(w, held, &a, e);
	}
	return r;
}
