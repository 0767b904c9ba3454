/* What filters mean. */
#include "common/filter.h"

#include "common/search.h"

#include <stdlib.h>
#include <string.h>

static bool is_a_topic(const char *topics, const char *value)
{
	size_t n = strlen(value);

	for (const char *p = strstr(topics, value); p; p = strstr(p + 1, value))
		if (p > topics && p[-1] == '\n' && p[n] == '\n')
			return true;
	return false;
}

static bool takes_text(const struct filter_node *f, const char *text)
{
	if (!f->value)
		return *text;
	if (f->text == FILTER_TOPICS)
		return is_a_topic(text, f->value);
	if (f->field == FILTER_FIELD_PART && f->op == FILTER_HAS)
		return strstr(text, f->value) != NULL;
	return strcmp(text, f->value) == 0;
}

static bool takes_day(const struct filter_node *f, civil_day day)
{
	bool before = f->days.from != DATE_NONE && day < f->days.from;
	bool behind = f->days.to != DATE_NONE && day > f->days.to;

	switch (f->op) {
	case FILTER_LESS:
		return before;
	case FILTER_MOST_OF:
		return !behind;
	case FILTER_MORE:
		return behind;
	case FILTER_LEAST_OF:
		return !before;
	default:
		return !before && !behind;
	}
}

/* Amounts of other units are neither more nor less. */
static bool takes_credit(const struct filter_node *f, const struct filter_row *row)
{
	const int64_t than = f->credit.exact;

	if (!credit_unit_same(f->credit.unit, credit_unit_word(row->unit)))
		return false;
	switch (f->op) {
	case FILTER_LESS:
		return row->amount < than;
	case FILTER_MOST_OF:
		return row->amount <= than;
	case FILTER_MORE:
		return row->amount > than;
	case FILTER_LEAST_OF:
		return row->amount >= than;
	default:
		return row->amount == than;
	}
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static bool is_in_set(const struct filter_node *f, int64_t id)
{
	return f->set_n && bsearch(&id, f->set, f->set_n, sizeof(id), by_number);
}

static bool has_phrase(const char *phrase, const struct filter_row *row)
{
	return strstr(row->texts[FILTER_TITLE], phrase) ||
	       strstr(row->texts[FILTER_PROVIDER], phrase) ||
	       strstr(row->texts[FILTER_NOTE], phrase);
}

static bool takes_term(const struct filter_node *f, const struct filter_row *row)
{
	switch (f->field) {
	case FILTER_FIELD_WORDS:
		return f->op == FILTER_IS
			       ? has_phrase(f->value, row)
			       : search_finds(f->value, row->texts, FILTER_PLAIN + 1);
	case FILTER_FIELD_DATE:
		return takes_day(f, row->done_on);
	case FILTER_FIELD_CREDIT:
		return takes_credit(f, row);
	case FILTER_FIELD_ID:
		return row->id >= f->from && row->id <= f->to;
	case FILTER_FIELD_PLANNED:
		return row->planned;
	case FILTER_FIELD_DUTY:
		return row->duty;
	case FILTER_FIELD_EVIDENCE:
		return is_in_set(f, row->id);
	case FILTER_FIELD_FOR:
		return takes_day(f, row->done_on) && !is_in_set(f, row->id);
	case FILTER_FIELD_UNSUBMITTED:
		return takes_day(f, row->done_on) && !row->planned &&
		       strcmp(row->texts[FILTER_KIND], "opening") != 0 &&
		       !is_in_set(f, row->id);
	default:
		return takes_text(f, row->texts[f->text]);
	}
}

/* Its depth is bounded: FILTER_DEPTH for what people write, and what joins terms side by side is walked by the loop. */
bool filter_takes(const struct filter_node *f, const struct filter_row *row)
{
	for (;; f = f->right) {
		if (f->type == FILTER_TERM)
			return takes_term(f, row);
		bool left = filter_takes(f->left, row);
		if (f->type == FILTER_NOT)
			return !left;
		if (left != (f->type == FILTER_AND))
			return left;
	}
}
