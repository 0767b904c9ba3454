/* The calendar of a pack: how long a cycle is and where it ends. */
#include "daemon/pack_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct calendar_text {
	const char *length, *end;
	int length_line, end_line;
};

static int read_line(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	struct calendar_text *t = into;

	*(k->offset == offsetof(struct calendar_text, end) ? &t->end_line
							   : &t->length_line) = v->line;
	return read_text(r, k, v, into);
}

static const struct pack_fact *find_fact(const struct pack *p, const char *name)
{
	for (size_t i = 0; i < p->fact_count; i++)
		if (strcmp(p->facts[i].name, name) == 0)
			return &p->facts[i];
	return NULL;
}

/* Cuts " - 1 month" or " + 2 months" off the end of `text`. */
static int cut_offset(char *text)
{
	enum { MOST = 12 };
	char *sign = strrchr(text, '+'), *rest;

	if (!sign)
		sign = strrchr(text, '-');
	if (!sign || sign == text || sign[-1] != ' ')
		return 0;
	long months = strtol(sign + 1, &rest, 10);
	if (months < 1 || months > MOST ||
	    (strcmp(rest, " month") != 0 && strcmp(rest, " months") != 0))
		return 0;
	sign[-1] = '\0';
	return (int)(*sign == '-' ? -months : months);
}

static int refuse_end(struct reader *r, int line, const char *text)
{
	return yaml_refuse(
		r->name, line, r->e,
		"end is issue, a day such as 06-30, or the end of a month the person "
		"knows, such as end of birth month; not \"%.60s\"",
		text);
}

static int parse_month_end(struct reader *r, int line, const char *text,
			   const struct pack *p, struct pack_calendar *c)
{
	char *name = arena_dup(r->arena, text);

	c->offset_months = cut_offset(name);
	const struct pack_fact *fact = find_fact(p, name);
	if (!fact)
		return yaml_refuse(r->name, line, r->e,
				   "end: \"%.60s\" is not declared under facts", name);
	if (strcmp(fact->type, "month") != 0)
		return yaml_refuse(r->name, line, r->e,
				   "end: \"%.60s\" is a %s and not a month", name,
				   fact->type);
	c->anchor = ANCHOR_MONTH_END_OF;
	c->fact = fact->name;
	return 0;
}

/* "06-30". A leap year has every day there is, but its 29 February does not come every
 * year. */
static int parse_day(struct reader *r, int line, const char *text,
		     struct pack_calendar *c)
{
	enum { LEAP = 2024, COMMON = 2023 };
	static const char shape[] = "00-00";

	for (size_t i = 0; i < sizeof(shape); i++)
		if (isdigit((unsigned char)shape[i]) ? !isdigit((unsigned char)text[i])
						     : text[i] != shape[i])
			return refuse_end(r, line, text);
	c->month = (text[0] - '0') * 10 + text[1] - '0';
	c->day = (text[3] - '0') * 10 + text[4] - '0';
	if (date_make(LEAP, c->month, c->day) == DATE_NONE)
		return yaml_refuse(r->name, line, r->e, "end: no year has a day %s",
				   text);
	if (date_make(COMMON, c->month, c->day) == DATE_NONE)
		return yaml_refuse(r->name, line, r->e,
				   "end: %s does not come every year", text);
	c->anchor = ANCHOR_DAY;
	return 0;
}

static int parse_end(struct reader *r, int line, const char *text, const struct pack *p,
		     struct pack_calendar *c)
{
	if (strcmp(text, "issue") == 0) {
		c->anchor = ANCHOR_ISSUE;
		return 0;
	}
	int failed = strncmp(text, "end of ", 7) == 0
			     ? parse_month_end(r, line, text + 7, p, c)
			     : parse_day(r, line, text, c);
	if (failed == 0 && c->length_months % 12)
		return yaml_refuse(
			r->name, line, r->e,
			"length is whole years where a cycle ends on a day or month of the "
			"year");
	return failed;
}

int read_calendar(struct reader *r, const struct key *k, const struct yaml *v, void *pack)
{
	static const struct key keys[] = {
		{"length", true, read_line, offsetof(struct calendar_text, length),
		 KIND_WORD},
		{"end", false, read_line, offsetof(struct calendar_text, end), KIND_WORD},
	};
	struct pack_calendar c = {0};
	struct calendar_text t = {0};
	struct pack *p = pack;
	struct err why;

	int failed = READ_MAP(r, v, k->word, keys, &t);
	if (failed < 0)
		return failed;
	if (span_parse(t.length, &c.length_months, &why) < 0)
		return yaml_refuse(r->name, t.length_line, r->e, "length: %s",
				   why.message);
	if (t.end)
		failed = parse_end(r, t.end_line, t.end, p, &c);
	if (failed == 0)
		p->calendar = c;
	return failed;
}
