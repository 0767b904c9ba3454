/* Facts: what a pack asks and only the person knows. */
#include "common/api.h"
#include "daemon/pack.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

const char *pack_fact_value(const struct texts *facts, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; facts && i < facts->n; i++) {
		const char *fact = facts->v[i];
		if (strncasecmp(fact, name, n) == 0 && fact[n] == '=')
			return fact + n + 1;
	}
	return NULL;
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
		if (strncasecmp(names[i], value, n) == 0)
			return i + 1;
	if (n < 1 || n > 2)
		return 0;
	for (const char *p = value; *p; p++) {
		if (!isdigit((unsigned char)*p))
			return 0;
		month = month * 10 + *p - '0';
	}
	return month <= 12 ? month : 0;
}

static int check_month(const char *value, struct arena *a, const char **ret,
		       struct err *e)
{
	int month = month_of(value);

	if (!month)
		return err_set(e, -PDH_USAGE, "facts",
			       "\"%.40s\" is not a month; write it as 3 or March", value);
	*ret = arena_printf(a, "%d", month);
	return 0;
}

static int check_date(const char *value, struct arena *a, const char **ret, struct err *e)
{
	civil_day day;

	if (date_parse_iso(value, &day, e) < 0)
		return err_set(e, -PDH_USAGE, "facts",
			       "\"%.40s\" is not a date; write it as 2026-03-13", value);
	*ret = arena_dup(a, value);
	return 0;
}

/* Digits with at most one point among them; without zeros that say nothing: "007.50" is
 * "7.5". */
static int check_number(const char *value, struct arena *a, const char **ret,
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

static const struct pack_fact *find_fact(const struct pack *p, const char *name,
					 struct arena *a, struct err *e)
{
	const char **words = arena_array(a, p->fact_count, sizeof(*words));

	for (size_t i = 0; i < p->fact_count; i++) {
		words[i] = p->facts[i].name;
		if (strcasecmp(words[i], name) == 0)
			return &p->facts[i];
	}
	const char *near = nearest(name, words, p->fact_count);
	err_set(e, -PDH_USAGE, "facts", "%s does not ask for \"%.40s\"", p->id, name);
	if (near)
		err_hint(e, "did you mean \"%.60s\"?", near);
	else if (p->fact_count)
		err_hint(e, "it asks for \"%.60s\"", words[0]);
	return NULL;
}

int pack_fact_check(const struct pack *p, const char *name, const char *value,
		    struct arena *a, const char **ret, struct err *e)
{
	const struct pack_fact *fact = find_fact(p, name, a, e);
	const char *clean;

	if (!fact)
		return e->code;
	int r = kind_check_text(KIND_WORD, value, strlen(value), a, &clean, e);
	if (r < 0)
		return err_set(e, r, "facts", "%s: %.400s", fact->name,
			       arena_dup(a, e->message));
	if (strcmp(fact->type, "month") == 0)
		return check_month(clean, a, ret, e);
	if (strcmp(fact->type, "date") == 0)
		return check_date(clean, a, ret, e);
	if (strcmp(fact->type, "number") == 0)
		return check_number(clean, a, ret, e);
	if (!*clean)
		return err_set(e, -PDH_USAGE, "facts", "\"%s\" has no value", fact->name);
	*ret = clean;
	return 0;
}
