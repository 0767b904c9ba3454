#include "client/read/klog.h"

#include "client/read/day.h"
#include "common/ascii.h"

#include <string.h>

enum { DAY_MINUTES = 24 * 60 };

struct klog {
	const char *p;
	int64_t line; /* of `p` */
	struct table_writer w;
	struct arena *arena;
	const char *date, *summary, *tags; /* of the record */
};

/* A line without its end; `p` moves behind it. */
static const char *take_line(struct klog *k)
{
	size_t n = strcspn(k->p, "\r\n");
	const char *line = arena_dup_n(k->arena, k->p, n);

	k->p += n;
	k->p += *k->p == '\r';
	k->p += *k->p == '\n';
	k->line++;
	return line;
}

static const char *pass_blanks(const char *p)
{
	return p + strspn(p, " \t");
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* ---- the line of a day ---------------------------------------------------------------------------------------- */

/* "2026-03-02" or "2026/03/02": its length, or 0. */
static size_t day_length(const char *p)
{
	enum { LENGTH = 10 };
	struct moment m;
	char day[LENGTH + 1];

	if (strnlen(p, LENGTH) < LENGTH || (p[4] != '-' && p[4] != '/') || p[7] != p[4])
		return 0;
	memcpy(day, p, LENGTH);
	day[LENGTH] = '\0';
	for (size_t i = 0; i < LENGTH; i++)
		if (i != 4 && i != 7 && !ascii_is_digit(day[i]))
			return 0;
	AUTO_ARENA scratch = {NULL};
	return moment_read(day, DAY_UNTOLD, 0, &scratch, &m) ? LENGTH : 0;
}

/* Behind the day only what the day should come to may stand: "(8h!)". */
static bool is_day_line(const char *line)
{
	size_t n = day_length(line);
	const char *rest = pass_blanks(line + n);

	if (n == 0)
		return false;
	if (*rest == '(')
		rest += strcspn(rest, ")\r\n");
	rest = pass_blanks(rest + (*rest == ')'));
	return !*rest || *rest == '\r' || *rest == '\n';
}

bool klog_is(const char *text, size_t n)
{
	size_t blank = strspn(text, " \t\r\n");

	return blank < n && (blank == 0 || text[blank - 1] == '\n') &&
	       is_day_line(text + blank);
}

/* ---- the time of an entry ----------------------------------------------------------------------------------------- */

static int number(const char **p)
{
	int v = 0, n = 0;

	for (; ascii_is_digit(**p) && n < 5; n++, (*p)++)
		v = v * 10 + (**p - '0');
	return n == 0 || ascii_is_digit(**p) ? -1 : v;
}

/* "1h30m", "45m", "-2h": true with its minutes. */
static bool take_duration(const char **p, int *ret)
{
	const char *q = *p;
	int sign = *q == '-' ? -1 : 1;

	q += *q == '-' || *q == '+';
	int first = number(&q), minutes = 0;
	if (first < 0 || (*q != 'h' && *q != 'm'))
		return false;
	bool hours = *q++ == 'h';
	if (hours && ascii_is_digit(*q)) {
		minutes = number(&q);
		if (minutes < 0 || minutes > 59 || *q++ != 'm')
			return false;
	}
	if (*q && !is_blank(*q))
		return false;
	*ret = sign * (hours ? first * 60 + minutes : first);
	*p = q;
	return true;
}

/* "9:00", "8:30am", "<23:00" of the day before, "0:15>" of the day after: minutes of the record's day. */
static bool take_clock(const char **p, int *ret)
{
	const char *q = *p;
	int shift = *q == '<' ? -DAY_MINUTES : 0;

	q += *q == '<';
	int hour = number(&q), minute = -1;
	if (hour < 0 || hour > 24 || *q != ':')
		return false;
	q++;
	if (ascii_is_digit(q[0]) && ascii_is_digit(q[1]))
		minute = number(&q);
	if (minute < 0 || minute > 59)
		return false;
	if (strncmp(q, "am", 2) == 0 || strncmp(q, "pm", 2) == 0) {
		if (hour < 1 || hour > 12)
			return false;
		hour = hour % 12 + (*q == 'p' ? 12 : 0);
		q += 2;
	}
	if (*q == '>') {
		shift += DAY_MINUTES;
		q++;
	}
	*ret = shift + hour * 60 + minute;
	*p = q;
	return true;
}

/* What kind of entry it is, by the words of klog json; NULL where it is none. `p` moves behind its time. */
static const char *take_time(const char **p, int *minutes)
{
	const char *q = *p;
	int from, to;

	*minutes = 0;
	if (take_duration(p, minutes))
		return *minutes < 0 ? "break" : "duration";
	if (!take_clock(&q, &from))
		return NULL;
	q = pass_blanks(q);
	if (*q++ != '-')
		return NULL;
	q = pass_blanks(q);
	bool open = *q == '?';
	if (open)
		q += strspn(q, "?");
	else if (!take_clock(&q, &to))
		return NULL;
	if (*q && !is_blank(*q))
		return NULL;
	if (!open && to < from)
		return NULL;
	*minutes = open ? 0 : to - from;
	*p = q;
	return open ? "open-range" : "range";
}

/* ---- summaries ----------------------------------------------------------------------------------------------------- */

/* Where the name of a tag ends: letters beyond ASCII belong to it. */
static size_t tag_length(const char *p)
{
	size_t n = 0;

	while ((unsigned char)p[n] >= 0x80 || ascii_is_letter(p[n]) ||
	       ascii_is_digit(p[n]) || (p[n] && strchr("_-", p[n])))
		n++;
	return n;
}

/* "#pd" and "#topic=cataloguing", between commas, behind what there is. */
static const char *tags_in(const char *text, const char *tags, struct arena *a)
{
	for (const char *p = text; (p = strchr(p, '#'));) {
		size_t n = tag_length(++p), value = 0;
		const char *name = p;
		p += n;
		if (n > 0 && *p == '=') {
			char quote = p[1] == '"' || p[1] == '\'' ? p[1] : '\0';
			const char close[] = {quote, '\0'};
			p += 1 + (quote != '\0');
			value = quote ? strcspn(p, close) : tag_length(p);
		}
		if (n > 0)
			tags = arena_printf(a, "%s%s#%.*s%s%.*s", tags, *tags ? "," : "",
					    (int)n, name, value ? "=" : "", (int)value,
					    p);
		p += value;
	}
	return tags;
}

static const char *joined(const char *upper, const char *lower, struct arena *a)
{
	return *upper && *lower ? arena_printf(a, "%s %s", upper, lower)
	       : *upper		? upper
				: lower;
}

/* ---- records ---------------------------------------------------------------------------------------------------------- */

static int add(struct klog *k, const char *text)
{
	return table_add(&k->w, text, strlen(text));
}

static int add_entry(struct klog *k, int64_t line, const char *type, const char *minutes,
		     const char *summary)
{
	int r;

	table_begin(&k->w, line);
	r = add(k, k->date ? k->date : "");
	if (r == 0)
		r = add(k, *summary ? summary : k->summary);
	if (r == 0)
		r = add(k, minutes);
	if (r == 0)
		r = add(k, type);
	if (r == 0)
		r = add(k, tags_in(summary, k->tags, k->arena));
	return r < 0 ? r : table_end(&k->w);
}

/* Lines that are indented further than an entry go on with its summary. */
static const char *more_summary(struct klog *k, const char *summary, size_t indent)
{
	while (is_blank(*k->p)) {
		size_t deeper = strspn(k->p, " \t");
		if (deeper <= indent || !k->p[deeper] || strchr("\r\n", k->p[deeper]))
			break;
		summary = joined(summary, pass_blanks(take_line(k)), k->arena);
	}
	return summary;
}

static int take_entry(struct klog *k)
{
	int64_t at = k->line;
	const char *line = take_line(k), *p = pass_blanks(line);
	size_t indent = (size_t)(p - line);
	int minutes;
	const char *type = take_time(&p, &minutes);

	if (!type)
		return add_entry(k, at, "duration", p, "");
	const char *summary = more_summary(k, pass_blanks(p), indent);
	return add_entry(k, at, type, arena_printf(k->arena, "%d", minutes), summary);
}

/* The day, then what is said of it. */
static void begin_record(struct klog *k, const char *line)
{
	k->date = arena_dup_n(k->arena, line, day_length(line));
	k->summary = k->tags = "";
	while (*k->p && !is_blank(*k->p) && *k->p != '\r' && *k->p != '\n')
		k->summary = joined(k->summary, take_line(k), k->arena);
	k->tags = tags_in(k->summary, "", k->arena);
}

static int take_any(struct klog *k)
{
	int64_t at = k->line;

	if (k->p[strspn(k->p, " \t")] == '\0' || strchr("\r\n", *pass_blanks(k->p))) {
		(void)take_line(k);
		return 0;
	}
	if (is_blank(*k->p))
		return take_entry(k);
	const char *line = take_line(k);
	if (is_day_line(line)) {
		begin_record(k, line);
		return 0;
	}
	k->date = NULL;
	k->summary = k->tags = "";
	return add_entry(k, at, "text", "", line);
}

int klog_read(const char *text, size_t n, struct arena *a, struct table *ret,
	      struct err *e)
{
	static const char *const heading[] = {"date", "summary", "total_mins", "type",
					      "tags"};
	struct klog k = {.p = text, .line = 1, .arena = a, .summary = "", .tags = ""};
	int r = 0;

	*ret = (struct table){0};
	k.w = (struct table_writer){.table = ret, .arena = a, .e = e};
	table_begin(&k.w, -1);
	for (size_t i = 0; r == 0 && i < sizeof(heading) / sizeof(heading[0]); i++)
		r = add(&k, heading[i]);
	if (r == 0)
		r = table_end(&k.w);
	while (r == 0 && k.p < text + n && *k.p)
		r = take_any(&k);
	table_finish(&k.w);
	return r;
}
