/* What a filter asks about the records, and the entries that it takes. */
#include "common/search.h"
#include "common/similar.h"
#include "daemon/judge/ledger_texts.h"
#include "daemon/record/activity_filter.h"

#include <inttypes.h>
#include <stdio.h>

static int read_set(struct work *w, enum db_query q, int64_t credential,
		    struct filter_node *f, struct err *e)
{
	int64_t *v = NULL;
	size_t n = 0;
	AUTO_STMT s = NULL;
	int r = db_query(w->db, q, &s, e);

	if (r == 0 && credential != INT_NONE)
		db_bind_int(s, ":credential", credential);
	while (r >= 0 && (r = db_step(w->db, s, e)) > 0) {
		v = arena_grow(w->arena, v, n, sizeof(*v));
		v[n++] = db_int(s, 0);
	}
	f->set = v;
	f->set_n = n;
	return r;
}

static int look_up_credential(struct work *w, const struct held_list *held,
			      enum db_query q, const char *field, struct filter_node *f,
			      struct err *e)
{
	struct held *h;
	int r = held_pick(held, f->value, field, &h, e);

	if (r < 0)
		return r;
	f->days = (struct period){h->cycle.begins, h->cycle.ends};
	return read_set(w, q, h->id, f, e);
}

static int look_up(struct work *w, const struct held_list *held, const char *field,
		   struct filter_node *f, struct err *e)
{
	int r = 0;

	for (; r == 0 && f && f->type != FILTER_TERM; f = f->right)
		r = look_up(w, held, field, f->left, e);
	if (r < 0 || !f)
		return r;
	switch (f->field) {
	case FILTER_FIELD_EVIDENCE:
		return read_set(w, Q_ids_with_proof, INT_NONE, f, e);
	case FILTER_FIELD_FOR:
		return look_up_credential(w, held, Q_ids_not_counting, field, f, e);
	case FILTER_FIELD_UNSUBMITTED:
		return look_up_credential(w, held, Q_ids_not_to_submit, field, f, e);
	default:
		return 0;
	}
}

int activity_filter_read(struct work *w, const struct held_list *held, const char *text,
			 const char *field, struct filter_node **ret, struct err *e)
{
	int r = filter_parse(text, w->today, field, w->arena, ret, e);

	return r < 0 ? r : look_up(w, held, field, *ret, e);
}

/* Everything, where an order alone is asked for. */
static struct filter_node *any(struct arena *a)
{
	return filter_term(FILTER_FIELD_DATE, FILTER_TITLE, NULL, a);
}

/* One more term, where it is given. */
static void add_term(struct filter_node **all, enum filter_field field,
		     enum filter_text text, const char *value, struct arena *a)
{
	if (value)
		*all = filter_and(filter_term(field, text, value, a), *all, a);
}

static const char *fold(const char *text, struct arena *a)
{
	return text ? similar_fold(text, a) : NULL;
}

int activity_filter_all(struct work *w, const struct activity_list_params *p,
			const struct held_list *held, struct filter_node **ret,
			struct err *e)
{
	struct arena *a = w->arena;
	struct filter_node *all = any(a), *one = NULL;
	int r = 0;

	add_term(&all, FILTER_FIELD_WORD, FILTER_TOPICS, fold(p->topic, a), a);
	add_term(&all, FILTER_FIELD_WORD, FILTER_KIND, fold(p->kind, a), a);
	add_term(&all, FILTER_FIELD_PART, FILTER_PROVIDER, fold(p->provider, a), a);
	add_term(&all, FILTER_FIELD_WORDS, FILTER_TITLE,
		 p->text ? search_words(p->text, a) : NULL, a);
	if (p->unsubmitted) {
		one = filter_term(FILTER_FIELD_UNSUBMITTED, FILTER_TITLE, p->unsubmitted,
				  a);
		r = look_up(w, held, "unsubmitted", one, e);
		all = filter_and(one, all, a);
	}
	one = NULL;
	if (r == 0 && p->filter)
		r = activity_filter_read(w, held, p->filter, "filter", &one, e);
	*ret = filter_and(one, all, a);
	return r;
}

int activity_filter_ids(struct work *w, const struct held_list *held, const char *text,
			const char **ret, struct err *e)
{
	enum { NUMBER_SIZE = 21 };
	struct texts_question q = {.days = {DATE_NONE, DATE_NONE},
				   .sort = ENTRY_SORT_NUMBER,
				   .after_id = INT_NONE,
				   .limit = SIZE_MAX};
	struct texts_found found;
	struct filter_node *f;

	int r = activity_filter_read(w, held, text, "filter", &f, e);
	q.filter = f;
	if (r == 0)
		r = ledger_texts_find(w, &q, &found, e);
	if (r < 0)
		return r;
	char *list = arena_alloc(w->arena, NUMBER_SIZE * (found.n + 1)), *to = list;
	*to++ = '[';
	for (size_t i = 0; i < found.n; i++)
		to += snprintf(to, NUMBER_SIZE, "%s%" PRId64, i ? "," : "", found.ids[i]);
	*to++ = ']';
	*to = '\0';
	*ret = list;
	return 0;
}
