#include "daemon/record/activity_split.h"

#include "common/similar.h"
#include "common/texts.h"

#include <string.h>

/* A third of an hour has no decimal that is exact: minutes have. */
static const char *part_text(struct arena *a, const char *topic, struct credit c)
{
	char amount[CREDIT_TEXT_SIZE];
	struct credit again;
	struct err ignored;

	credit_format(c.exact, amount);
	const char *text = arena_printf(a, "%s %s", amount, c.unit);
	if (credit_parse(text, &again, &ignored) < 0 || again.exact != c.exact) {
		credit_format(c.exact * 60, amount);
		text = arena_printf(a, "%s min", amount);
	}
	return arena_printf(a, "%s=%s", topic, text);
}

static int not_a_part(const char *part, struct err *e)
{
	err_set(e, -PDH_USAGE, "split", "\"%.60s\" is not a topic with its hours", part);
	return err_hint(e, "write it as ethics=1h");
}

static bool is_same_topic(const char *a, const char *b)
{
	return credit_part_topic(a) == credit_part_topic(b) &&
	       strncmp(a, b, credit_part_topic(a)) == 0;
}

static int check_part(struct work *w, const struct activity *a, const char **part,
		      int64_t *sum, struct err *e)
{
	size_t length = credit_part_topic(*part);
	struct credit c;
	struct err why;

	if (length == 0)
		return not_a_part(*part, e);
	if (credit_parse(*part + length + 1, &c, &why) < 0)
		return err_set(e, why.code, "split", "%.400s", why.message);
	if (strcmp(c.unit, a->credit.unit) != 0)
		return err_set(e, -PDH_REFUSED, "split",
			       "a part has the unit of the whole: %s", a->credit.unit);
	const char *topic = arena_dup_n(w->arena, *part, length);
	*part = part_text(w->arena, similar_lower(topic, w->arena), c);
	return credit_add(*sum, c.exact, sum, e);
}

int activity_split_check(struct work *w, struct activity *a, struct err *e)
{
	int64_t sum = 0;

	for (size_t i = 0; i < a->split.n; i++) {
		int r = check_part(w, a, &a->split.v[i], &sum, e);
		if (r < 0)
			return r;
		for (size_t k = 0; k < i; k++)
			if (is_same_topic(a->split.v[k], a->split.v[i]))
				return err_set(e, -PDH_REFUSED, "split",
					       "%.*s is split off twice",
					       (int)credit_part_topic(a->split.v[i]),
					       a->split.v[i]);
	}
	if (sum <= a->credit.exact)
		return 0;
	const char *parts = texts_credit(w->arena, (struct credit){sum, a->credit.unit});
	return err_set(e, -PDH_REFUSED, "split",
		       "the parts are more than the whole: %s of %s", parts,
		       texts_credit(w->arena, a->credit));
}

int activity_split_read(struct work *w, struct activity *a, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_part_all, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":activity_id", a->id);
	while ((r = db_step(w->db, s, e)) > 0)
		texts_add(&a->split,
			  part_text(w->arena, db_text(s, 0, w->arena),
				    (struct credit){db_int(s, 1), a->credit.unit}),
			  w->arena);
	return r;
}

static int insert_part(struct work *w, const struct activity *a, const char *part,
		       struct err *e)
{
	int64_t exact = 0;
	AUTO_STMT s = NULL;
	const char *topic = credit_part(part, w->arena, &exact);
	int r = db_query(w->db, Q_part_insert, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":activity_id", a->id);
	db_bind_text(s, ":topic", topic);
	db_bind_int(s, ":credit", exact);
	return db_run(w->db, s, e);
}

int activity_split_save(struct work *w, const struct activity *a, struct err *e)
{
	int r = DB_DO(w->db, Q_part_clear, e, DB_INT(":activity_id", a->id));

	for (size_t i = 0; r == 0 && i < a->split.n; i++)
		r = insert_part(w, a, a->split.v[i], e);
	return r;
}
