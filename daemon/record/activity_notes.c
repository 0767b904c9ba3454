#include "daemon/record/activity.h"

#include "common/texts.h"
#include "daemon/store/row.h"

#include <string.h>

static int count_of(struct work *w, enum db_query q, const char *topic, int64_t *ret,
		    struct err *e)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(w->db, q, &s, e, DB_TEXT(":topic", topic));

	*ret = r > 0 ? db_int(s, 0) : 0;
	return r < 0 ? r : 0;
}

/* The topic in use that `topic` may be a slip of, or NULL. */
static int near_topic(struct work *w, const struct activity *a, const char *topic,
		      const char **ret, struct err *e)
{
	struct texts known;
	AUTO_STMT s = NULL;

	int r = db_query(w->db, Q_topics_in_use, &s, e);
	if (r == 0)
		r = row_read_texts(w->db, s, w->arena, &known, e);
	if (r < 0)
		return r;
	size_t n = 0;
	for (size_t i = 0; i < known.n; i++) {
		bool own = false;
		for (size_t j = 0; j < a->topics.n; j++)
			own |= strcmp(known.v[i], a->topics.v[j]) == 0;
		if (!own)
			known.v[n++] = known.v[i];
	}
	*ret = api_nearest(topic, known.v, n);
	return 0;
}

static int note_topic(struct work *w, const struct activity *a, const char *topic,
		      struct texts *notes, struct err *e)
{
	const char *near;
	int64_t uses;
	bool known;

	/* The activity is stored already: a topic it shares with none is used once. */
	int r = count_of(w, Q_topic_used_twice, topic, &uses, e);
	if (r < 0 || uses > 1)
		return r;
	r = activity_topic_known(w, topic, &known, e);
	if (r < 0 || known)
		return r;
	r = near_topic(w, a, topic, &near, e);
	if (r < 0 || !near)
		return r;
	r = count_of(w, Q_topic_count, near, &uses, e);
	if (r == 0)
		texts_add(
			notes,
			arena_printf(
				w->arena,
				"topic \"%s\" is new. You use \"%s\" (%lld %s). Change it: "
				"pdh edit %lld --topic %s",
				topic, near, (long long)uses,
				uses == 1 ? "entry" : "entries", (long long)a->id, near),
			w->arena);
	return r;
}

int activity_notes(struct work *w, const struct activity *a, struct texts *notes,
		   struct err *e)
{
	enum {
		LONG_DAY = 16
	}; /* hours; more on one day is more likely 2.5 typed as 25 */
	int r = 0;

	for (size_t i = 0; r == 0 && i < a->topics.n; i++)
		r = note_topic(w, a, a->topics.v[i], notes, e);
	bool hours = credit_unit_is_hours(a->credit.unit);
	bool opening = a->kind && strcmp(a->kind, "opening") == 0;
	if (hours && !opening && a->from == DATE_NONE &&
	    a->credit.exact > LONG_DAY * CREDIT_ONE)
		texts_add(
			notes,
			arena_printf(
				w->arena,
				"%s on one day is a lot. Change it: pdh edit %lld --credit "
				"or --from",
				texts_credit(w->arena, a->credit), (long long)a->id),
			w->arena);
	return r;
}
