#include "daemon/pack/read/parts.h"

#include <stdlib.h>
#include <string.h>

enum {
	DIGITS = 12
}; /* of a fraction's parts: enough for CREDIT_MAX, and its products fit an int128 */

/* A whole number of plain digits up to `end`; -1 if it is none. */
static int64_t whole(const char *text, const char *end)
{
	int64_t v = 0;

	if (text == end || end - text > DIGITS)
		return -1;
	for (; text < end; text++) {
		if (*text < '0' || *text > '9')
			return -1;
		v = v * 10 + *text - '0';
	}
	return v;
}

static int fraction_parse(const char *text, const char *slash, int64_t *ret,
			  struct err *e)
{
	int64_t num = whole(text, slash),
		den = whole(slash + 1, slash + 1 + strlen(slash + 1));

	if (num <= 0 || den <= 0)
		return err_set(e, -PDH_REFUSED, NULL, "\"%.40s\" is not a number", text);
	int128 exact = (int128)num * CREDIT_ONE;
	if (exact % den || exact / den > CREDIT_MAX)
		return err_set(e, -PDH_REFUSED, NULL,
			       "\"%.40s\" is too large or cannot be kept exactly", text);
	*ret = (int64_t)(exact / den);
	return 0;
}

int units_parse(const char *text, int64_t *ret, struct err *e)
{
	const char *slash = strchr(text, '/');
	struct credit c;

	if (slash)
		return fraction_parse(text, slash, ret, e);
	if (!*text || text[strspn(text, "0123456789.")])
		return err_set(e, -PDH_REFUSED, NULL, "\"%.40s\" is not a number", text);
	if (credit_parse(text, &c, e) < 0)
		return -PDH_REFUSED;
	*ret = c.exact;
	return 0;
}

const char *units_text(struct arena *a, int64_t exact)
{
	char text[CREDIT_TEXT_SIZE];
	struct ratio r = ratio_of(exact, CREDIT_ONE);
	int64_t again;
	struct err ignored;

	credit_format(exact, text);
	if (units_parse(text, &again, &ignored) == 0 && again == exact)
		return arena_dup(a, text);
	return arena_printf(a, "%lld/%lld", (long long)r.num, (long long)r.den);
}

/* "50 min": the board's unit is 50 minutes, so that an hour is 60/50 of it. */
static int read_minutes(struct reader *r, const struct yaml *v, const char *text,
			struct ratio *ret)
{
	enum { MOST = 24 * 60 };
	const char *end = strstr(text, " min");
	int64_t minutes = end && strcmp(end, " min") == 0 ? whole(text, end) : -1;

	if (minutes < 1 || minutes > MOST)
		return read_refuse(
			r, v,
			"hour takes the minutes in one unit, such as 60 min, not \"%.40s\"",
			text);
	*ret = ratio_of(60, minutes);
	return 0;
}

static int read_unit(struct reader *r, const struct yaml *v, enum credit_unit unit,
		     struct ratio *ret)
{
	const char *text;
	int64_t exact;
	struct err why;

	if (read_text_of(r, v, v->key, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	if (unit == UNIT_HOUR)
		return read_minutes(r, v, text, ret);
	if (units_parse(text, &exact, &why) < 0)
		return read_refuse(r, v, "%s: %s", v->key, why.message);
	*ret = ratio_of(exact, CREDIT_ONE);
	return 0;
}

int read_units(struct reader *r, const struct key *k, const struct yaml *v, void *pack)
{
	static const char *const words[UNIT_COUNT] = {
#define X(name, word, brief, many, accepted, text) word,
		CREDIT_UNIT_MAP(X)
#undef X
	};
	struct ruleset *rules = &((struct pack *)pack)->rules;

	if (read_want(r, v, k->word, YAML_MAP) < 0)
		return -PDH_REFUSED;
	for (const struct yaml *m = v->first; m; m = m->next) {
		size_t i = 0;
		while (i < UNIT_COUNT && strcmp(m->key, words[i]) != 0)
			i++;
		if (i == UNIT_COUNT)
			return read_refuse_word(r, m, k->word, m->key, words, UNIT_COUNT);
		if (read_unit(r, m, (enum credit_unit)i, &rules->worth[i]) < 0)
			return -PDH_REFUSED;
	}
	return 0;
}

/* A contact hour is an hour as the board counts it, so that one of 50 minutes is not counted up to 1.2: a provider states
 * the credit (California nursing regulations, 16 CCR 1450: 50 minutes are one contact hour). */
static void complete_contact_hour(struct ratio worth[UNIT_COUNT])
{
	const struct ratio hour = worth[UNIT_HOUR];

	if (worth[UNIT_CONTACT_HOUR].den == 0 && hour.den)
		worth[UNIT_CONTACT_HOUR] =
			hour.num > hour.den ? (struct ratio){1, 1} : hour;
}

bool units_complete(struct ruleset *r)
{
	const char *own = credit_unit_is_hours(r->unit) ? credit_unit_word(UNIT_HOUR)
							: credit_unit_find(r->unit);

	if (own) {
		struct ratio *worth = &r->worth[credit_unit_number(own)];
		if (worth->den == 0)
			*worth = (struct ratio){1, 1};
	}
	complete_contact_hour(r->worth);
	for (size_t i = 0; i < UNIT_COUNT; i++)
		if (r->worth[i].den)
			return true;
	return false;
}
