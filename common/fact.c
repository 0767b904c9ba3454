#include "common/fact.h"

#include "common/api.h"
#include "common/ascii.h"
#include "common/similar.h"

#include <string.h>

const char *const fact_types[FACT_TYPE_COUNT] = {
#define X(name, word) word,
	FACT_TYPE_MAP(X)
#undef X
};

const char *const fact_lives[FACT_LIFE_COUNT] = {
#define X(name, word) word,
	FACT_LIFE_MAP(X)
#undef X
};

enum fact_life fact_life(const char *holds)
{
	for (int i = 0; holds && i < FACT_LIFE_COUNT; i++)
		if (strcmp(fact_lives[i], holds) == 0)
			return (enum fact_life)i;
	return FACT_LIFE_EVER;
}

const char *fact_given(const struct texts *facts, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; facts && i < facts->n; i++) {
		const char *fact = facts->v[i];
		if (ascii_same_n(fact, name, n) && fact[n] == '=')
			return fact + n + 1;
	}
	return NULL;
}

const char *fact_list(const struct texts *words, const char *last, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; i < words->n; i++)
		all = i > 0 && i + 1 == words->n
			      ? arena_printf(a, "%s %s %s", all, last, words->v[i])
			      : arena_printf(a, "%s%s%s", all, i ? ", " : "",
					     words->v[i]);
	return all;
}

/* "3", "03", "mar", "March": 1 to 12, or 0. */
static int month_of(const char *value)
{
	static const char *const names[] = {
		"january", "february", "march",	    "april",   "may",	   "june",
		"july",	   "august",   "september", "october", "november", "december"};
	size_t n = strlen(value);
	int month = 0;

	for (int i = 0; n >= 3 && i < 12; i++)
		if (ascii_same_n(names[i], value, n))
			return i + 1;
	if (n < 1 || n > 2)
		return 0;
	for (const char *p = value; *p; p++) {
		if (!ascii_is_digit(*p))
			return 0;
		month = month * 10 + *p - '0';
	}
	return month <= 12 ? month : 0;
}

static int read_month(const char *value, struct arena *a, const char **ret, struct err *e)
{
	int month = month_of(value);

	if (!month)
		return err_set(e, -PDH_USAGE, "facts",
			       "\"%.40s\" is not a month; write it as 3 or March", value);
	*ret = arena_printf(a, "%d", month);
	return 0;
}

static int read_date(const char *value, struct arena *a, const char **ret, struct err *e)
{
	civil_day day;

	if (date_parse_iso(value, &day, e) < 0)
		return err_set(e, -PDH_USAGE, "facts",
			       "\"%.40s\" is not a date; write it as YYYY-MM-DD", value);
	*ret = arena_dup(a, value);
	return 0;
}

/* Digits with at most one point among them; without zeros that say nothing: "007.50" is
 * "7.5". */
static int read_number(const char *value, struct arena *a, const char **ret,
		       struct err *e)
{
	size_t whole = strspn(value, "0123456789"), n = whole;

	if (value[n] == '.')
		n += 1 + strspn(value + n + 1, "0123456789");
	if (whole == 0 || value[n] || (n > whole && n < whole + 2))
		return err_set(e, -PDH_USAGE, "facts", "\"%.40s\" is not a number",
			       value);
	while (n > whole && (value[n - 1] == '0' || value[n - 1] == '.'))
		n--;
	while (whole > 1 && *value == '0') {
		value++;
		whole--;
		n--;
	}
	*ret = arena_dup_n(a, value, n);
	return 0;
}

static int read_yes_no(const struct pack_fact *f, const char *value, const char **ret,
		       struct err *e)
{
	static const char *const words[][2] = {
		{"yes", "no"}, {"y", "n"}, {"true", "false"}};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		for (int no = 0; no < 2; no++)
			if (ascii_same(value, words[i][no])) {
				*ret = words[0][no];
				return 0;
			}
	return err_set(e, -PDH_USAGE, "facts", "%s is yes or no, not \"%.40s\"", f->name,
		       value);
}

/* As rules compare words: case and accents do not matter, nor which of space, - and _ it is. */
static bool same_word(const char *one, const char *other)
{
	AUTO_ARENA scratch = {NULL};
	const char *a = similar_fold(one, &scratch), *b = similar_fold(other, &scratch);

	for (; *a && *b; a++, b++) {
		bool gaps = strchr(" -_", *a) && strchr(" -_", *b);
		if (!gaps && *a != *b)
			return false;
	}
	return *a == *b;
}

const char *fact_label(const struct texts *of, const struct texts *labels, size_t i,
		       struct arena *a)
{
	if (i < labels->n)
		return labels->v[i];
	char *label = arena_dup(a, of->v[i]);
	for (char *p = label; *p; p++)
		if (*p == '-' || *p == '_')
			*p = ' ';
	return label;
}

static int read_choice(const struct pack_fact *f, const char *value, struct arena *a,
		       const char **ret, struct err *e)
{
	for (size_t i = 0; i < f->of.n; i++)
		if (same_word(f->of.v[i], value) ||
		    (i < f->labels.n && same_word(f->labels.v[i], value))) {
			*ret = f->of.v[i];
			return 0;
		}
	err_set(e, -PDH_USAGE, "facts", "%s is %.300s, not \"%.40s\"", f->name,
		fact_list(&f->of, "or", a), value);
	const char *near = api_nearest(value, f->of.v, f->of.n);
	return near ? err_hint(e, "did you mean \"%.60s\"?", near) : e->code;
}

bool fact_is(const struct pack_fact *f, enum fact_type type)
{
	return strcmp(f->type, fact_types[type]) == 0;
}

int fact_read(const struct pack_fact *f, const char *typed, struct arena *a,
	      const char **ret, struct err *e)
{
	const char *value;
	enum fact_type type = FACT_MONTH;

	int r = kind_check_text(KIND_WORD, typed, strlen(typed), a, &value, e);
	if (r < 0)
		return err_set(e, r, "facts", "%s: %.400s", f->name,
			       arena_dup(a, e->message));
	while (type < FACT_TYPE_COUNT && strcmp(fact_types[type], f->type) != 0)
		type++;
	switch (type) {
	case FACT_MONTH:
		return read_month(value, a, ret, e);
	case FACT_DATE:
		return read_date(value, a, ret, e);
	case FACT_NUMBER:
		return read_number(value, a, ret, e);
	case FACT_YES_NO:
		return read_yes_no(f, value, ret, e);
	case FACT_CHOICE:
		return read_choice(f, value, a, ret, e);
	case FACT_WORD:
	case FACT_TYPE_COUNT:
		break;
	}
	if (!value[strspn(value, ". ")])
		return err_set(e, -PDH_USAGE, "facts", "\"%s\" has no value", f->name);
	*ret = value;
	return 0;
}
