#include "client/read/ics_parse.h"

#include "common/ascii.h"
#include "common/buf.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 16, LINE_MAX_BYTES = 64 << 10, EVENTS_MAX = 100000, TIMES_MAX = 4000 };

struct parser {
	const char *p, *end;
	int64_t line;	    /* of `p` */
	int64_t at;	    /* of the line that was taken */
	struct buf content; /* a whole line, unfolded, with a NUL */
	struct arena *arena;
	struct ics *to;
	int depth, event_depth, zone_depth; /* 0: in none */
	const char *zone;
	struct err *e;
};

/* A line in its parts; all point into it. */
struct property {
	char *name, *params, *value;
};

static int refuse(const struct parser *p, const char *what)
{
	return err_set(p->e, -PDH_REFUSED, NULL, "line %lld: %s", (long long)p->at, what);
}

/* ---- lines ------------------------------------------------------------------------------------------------ */

static void take_physical(struct parser *p)
{
	const char *newline = memchr(p->p, '\n', (size_t)(p->end - p->p));
	const char *stop = newline ? newline : p->end;
	size_t n = (size_t)(stop - p->p);

	if (n > 0 && p->p[n - 1] == '\r')
		n--;
	(void)buf_write(&p->content, p->p, n);
	p->p = newline ? newline + 1 : p->end;
	p->line++;
}

/* A line and those that go on with it, which begin with a blank. 0 at the end. */
static int take_line(struct parser *p)
{
	p->content.len = 0;
	p->at = p->line;
	if (p->p == p->end)
		return 0;
	take_physical(p);
	while (p->p < p->end && (*p->p == ' ' || *p->p == '\t')) {
		p->p++;
		take_physical(p);
		if (p->content.len > LINE_MAX_BYTES)
			break;
	}
	if (p->content.len > LINE_MAX_BYTES)
		return refuse(p, "more than 65536 bytes in one line");
	(void)buf_write(&p->content, "", 1);
	return 1;
}

/* NAME;PARAM=value;PARAM="a:b":value. False for what is no property. */
static bool cut(char *line, struct property *ret)
{
	char *p = line + strcspn(line, ";:");
	bool quoted = false;

	ret->name = line;
	ret->params = p + strlen(p);
	if (!*p)
		return false;
	if (*p == ';') {
		*p++ = '\0';
		ret->params = p;
		for (; *p && (quoted || *p != ':'); p++)
			quoted = quoted != (*p == '"');
	}
	if (!*p)
		return false;
	*p = '\0';
	ret->value = p + 1;
	return true;
}

/* The value of a parameter; NULL. */
static const char *param(const struct property *q, const char *name, struct arena *a)
{
	size_t n = strlen(name);

	for (const char *p = q->params; *p;) {
		const char *from = p;
		bool quoted = false;
		for (; *p && (quoted || *p != ';'); p++)
			quoted = quoted != (*p == '"');
		if (ascii_same_n(from, name, n) && from[n] == '=') {
			const char *value = from + n + 1;
			bool quotes = *value == '"' && p[-1] == '"' && p - value > 1;
			return arena_dup_n(a, value + quotes,
					   (size_t)(p - value) - 2 * quotes);
		}
		p += *p == ';';
	}
	return NULL;
}

/* "\n" is a new line, "\," a comma. */
static const char *text_of(const char *value, struct arena *a)
{
	char *to = arena_alloc(a, strlen(value) + 1), *at = to;

	for (const char *p = value; *p; p++) {
		if (*p == '\\' && p[1])
			*at++ = *++p == 'n' || *p == 'N' ? '\n' : *p;
		else
			*at++ = *p;
	}
	return to;
}

/* ---- times ------------------------------------------------------------------------------------------------- */

static int digits(const char *p, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		if (!ascii_is_digit(p[i]))
			return -1;
		v = v * 10 + (p[i] - '0');
	}
	return v;
}

/* 20260107, 20260107T153000, 20260107T153000Z. */
static bool read_time(const char *p, const char *zone, struct ics_time *ret)
{
	int year = digits(p, 4), month = year < 0 ? -1 : digits(p + 4, 2);
	int day = month < 0 ? -1 : digits(p + 6, 2);

	*ret = (struct ics_time){.day = DATE_NONE, .second = -1, .zone = zone};
	if (day < 0)
		return false;
	ret->day = date_make(year, month, day);
	if (ret->day == DATE_NONE || !p[8])
		return ret->day != DATE_NONE;
	int hour = p[8] == 'T' ? digits(p + 9, 2) : -1;
	int minute = hour < 0 ? -1 : digits(p + 11, 2);
	int second = minute < 0 ? -1 : digits(p + 13, 2);
	if (second < 0 || hour > 23 || minute > 59 || second > 60)
		return false;
	ret->second = hour * 3600 + minute * 60 + second;
	ret->utc = p[15] == 'Z';
	return true;
}

static int take_time(struct parser *p, const struct property *q, struct ics_time *to)
{
	if (read_time(q->value, param(q, "TZID", p->arena), to))
		return 0;
	return refuse(p, "a time that cannot be read");
}

/* Several between commas; a period is its beginning. */
static int take_times(struct parser *p, const struct property *q, struct ics_times *to)
{
	const char *zone = param(q, "TZID", p->arena);

	for (char *at = q->value, *next; at; at = next) {
		next = strchr(at, ',');
		if (next)
			*next++ = '\0';
		at[strcspn(at, "/")] = '\0';
		if (to->n == TIMES_MAX)
			return refuse(p, "more than 4000 exceptions of one event");
		to->v = arena_grow(p->arena, to->v, to->n, sizeof(*to->v));
		if (!read_time(at, zone, &to->v[to->n]))
			return refuse(p, "a time that cannot be read");
		to->n++;
	}
	return 0;
}

int64_t ics_duration(const char *text)
{
	static const struct {
		char unit;
		int32_t seconds;
	} units[] = {{'W', 604800}, {'D', 86400}, {'H', 3600}, {'M', 60}, {'S', 1}};
	int64_t all = 0;
	const char *p = *text == '+' ? text + 1 : text;

	if (*p++ != 'P')
		return -1;
	while (*p) {
		p += *p == 'T';
		size_t n = strspn(p, "0123456789"), i = 0;
		while (i < 5 && units[i].unit != p[n])
			i++;
		if (n == 0 || n > 6 || i == 5)
			return -1;
		all += (int64_t)atoi(p) * units[i].seconds;
		p += n + 1;
	}
	return all;
}

/* ---- components -------------------------------------------------------------------------------------------- */

static int begin_event(struct parser *p)
{
	struct ics *to = p->to;

	if (to->n == EVENTS_MAX)
		return refuse(p, "more than 100000 events");
	to->events = arena_grow(p->arena, to->events, to->n, sizeof(*to->events));
	struct ics_event *v = &to->events[to->n++];
	*v = (struct ics_event){.line = p->at};
	v->start.day = v->end.day = v->recurrence.day = DATE_NONE;
	p->event_depth = p->depth;
	return 0;
}

static int begin(struct parser *p, const char *name)
{
	if (++p->depth > DEEPEST)
		return refuse(p, "more than 16 components in one another");
	if (ascii_same(name, "VTIMEZONE") && !p->zone_depth)
		p->zone_depth = p->depth;
	return ascii_same(name, "VEVENT") && !p->event_depth ? begin_event(p) : 0;
}

static int end(struct parser *p)
{
	if (p->depth == 0)
		return refuse(p, "END without its BEGIN");
	if (p->depth == p->event_depth)
		p->event_depth = 0;
	if (p->depth == p->zone_depth) {
		p->zone_depth = 0;
		p->zone = NULL;
	}
	p->depth--;
	return 0;
}

/* "-0600": what a zone of the file is from UTC, in summer or in winter. */
static void take_offset(struct parser *p, const char *value)
{
	struct ics *to = p->to;
	int hours = *value ? digits(value + 1, 2) : -1;
	int minutes = hours < 0 ? -1 : digits(value + 3, 2);

	if (minutes < 0 || !p->zone || to->zone_count > 1000)
		return;
	to->zones = arena_grow(p->arena, to->zones, to->zone_count, sizeof(*to->zones));
	to->zones[to->zone_count++] = (struct ics_zone){
		p->zone, (*value == '-' ? -1 : 1) * (hours * 60 + minutes)};
}

static void take_zone(struct parser *p, const struct property *q)
{
	if (ascii_same(q->name, "TZID"))
		p->zone = arena_dup(p->arena, q->value);
	else if (ascii_same(q->name, "TZOFFSETTO"))
		take_offset(p, q->value);
}

static int take_event(struct parser *p, const struct property *q)
{
	struct ics_event *v = &p->to->events[p->to->n - 1];
	const struct {
		const char *name;
		const char **text;
	} texts[] = {{"UID", &v->uid},
		     {"SUMMARY", &v->summary},
		     {"DESCRIPTION", &v->description},
		     {"LOCATION", &v->location},
		     {"STATUS", &v->status},
		     {"RRULE", &v->rule},
		     {"DURATION", &v->duration}};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (ascii_same(q->name, texts[i].name))
			*texts[i].text = text_of(q->value, p->arena);
	if (ascii_same(q->name, "DTSTART"))
		return take_time(p, q, &v->start);
	if (ascii_same(q->name, "DTEND"))
		return take_time(p, q, &v->end);
	if (ascii_same(q->name, "RECURRENCE-ID"))
		return take_time(p, q, &v->recurrence);
	if (ascii_same(q->name, "EXDATE"))
		return take_times(p, q, &v->except);
	return ascii_same(q->name, "RDATE") ? take_times(p, q, &v->also) : 0;
}

static int take(struct parser *p)
{
	struct property q;

	/* A NUL would hide the rest of the line. */
	if (!cut(p->content.data, &q))
		return 0;
	if (ascii_same(q.name, "BEGIN"))
		return begin(p, q.value);
	if (ascii_same(q.name, "END"))
		return end(p);
	if (p->zone_depth) {
		take_zone(p, &q);
		return 0;
	}
	/* What an alarm says is not said of its event. */
	return p->event_depth && p->depth == p->event_depth ? take_event(p, &q) : 0;
}

int ics_parse(const char *text, size_t n, struct arena *a, struct ics *ret, struct err *e)
{
	struct parser p = {
		.p = text, .end = text + n, .line = 1, .arena = a, .to = ret, .e = e};
	int r = 1;

	*ret = (struct ics){0};
	while (r > 0 && (r = take_line(&p)) > 0)
		r = take(&p) < 0 ? e->code : 1;
	buf_done(&p.content);
	if (r == 0 && p.depth > 0)
		return err_set(e, -PDH_REFUSED, NULL,
			       "line %lld: the file ends in the middle of a calendar",
			       (long long)p.line);
	return r;
}
