#include "common/kind.h"

#include "common/ascii.h"
#include "common/clock.h"
#include "common/similar.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static const struct kind_row rows[KIND_COUNT] = {
#define KIND(name, ctype, json, most, hint) \
	[KIND_##name] = {#name, json, sizeof(ctype), most, hint},
#include "common/kinds.def"
	[KIND_LIST] = {"list", "array", sizeof(struct list), 0, "a list of records"},
	[KIND_RECORD] = {"record", "object", sizeof(void *), 0, "a record"},
};

const struct kind_row *kind_row(enum kind k)
{
	return &rows[k];
}

bool kind_is_text(enum kind k)
{
	return rows[k].most > 0 && !kind_is_texts(k) && k != KIND_BYTES;
}

bool kind_is_texts(enum kind k)
{
	return k == KIND_TOPICS || k == KIND_ALIASES || k == KIND_TEXTS ||
	       k == KIND_PATHS;
}

bool kind_is_int(enum kind k)
{
	return k == KIND_INT || k == KIND_ID || k == KIND_OP;
}

void kind_none(enum kind k, void *value)
{
	memset(value, 0, rows[k].size);
	if (kind_is_int(k) || k == KIND_TIME)
		*(int64_t *)value = INT_NONE;
	else if (k == KIND_BOOL)
		*(int8_t *)value = BOOL_NONE;
	else if (k == KIND_DATE || k == KIND_DUE)
		*(civil_day *)value = DATE_NONE;
	else if (k == KIND_PERIOD)
		*(struct period *)value = (struct period){DATE_NONE, DATE_NONE};
}

static bool list_is_none(const void *value)
{
	struct list l;

	memcpy(&l, value, sizeof(l));
	return !l.v;
}

bool kind_is_none(enum kind k, const void *value)
{
	if (kind_is_int(k) || k == KIND_TIME)
		return *(const int64_t *)value == INT_NONE;
	if (kind_is_texts(k) || k == KIND_IDS || k == KIND_LIST)
		return list_is_none(value);
	switch (k) {
	case KIND_BOOL:
		return *(const int8_t *)value == BOOL_NONE;
	case KIND_DATE:
	case KIND_DUE:
		return *(const civil_day *)value == DATE_NONE;
	case KIND_PERIOD:
		return ((const struct period *)value)->from == DATE_NONE &&
		       ((const struct period *)value)->to == DATE_NONE;
	case KIND_SPAN:
		return *(const int32_t *)value == SPAN_NONE;
	case KIND_CREDIT:
		return !((const struct credit *)value)->unit;
	case KIND_BYTES:
		return !((const struct bytes *)value)->v;
	default:
		if (kind_words(k))
			return *(const int *)value == 0;
		return !*(const char *const *)value;
	}
}

bool kind_clears(enum kind k, const void *value)
{
	struct list l;

	if (kind_is_none(k, value))
		return false;
	if (k == KIND_DATE || k == KIND_DUE)
		return *(const civil_day *)value == DATE_CLEAR;
	if (kind_is_text(k))
		return !**(const char *const *)value;
	if (k == KIND_CREDIT)
		return ((const struct credit *)value)->exact == 0;
	if (k == KIND_BYTES)
		return ((const struct bytes *)value)->n == 0;
	if (!kind_is_texts(k) && k != KIND_IDS && k != KIND_LIST)
		return false;
	memcpy(&l, value, sizeof(l));
	return l.n == 0;
}

/* Characters that would move the cursor, hide text or turn its direction on a terminal. */
static bool is_unprintable(utf8proc_int32_t c)
{
	return utf8proc_category(c) == UTF8PROC_CATEGORY_CC || c == 0x2028 ||
	       c == 0x2029 || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

/* Copies `text` into `out` (room for n + 1), line ends as \n; where only one line is
 * allowed, \t and \n become spaces. */
static int copy_clean(enum kind k, const char *text, size_t n, char *out, struct err *e)
{
	size_t to = 0;

	for (size_t i = 0; i < n;) {
		utf8proc_int32_t c;
		utf8proc_ssize_t len =
			utf8proc_iterate((const utf8proc_uint8_t *)text + i,
					 (utf8proc_ssize_t)(n - i), &c);
		if (len <= 0)
			return err_set(e, -PDH_USAGE, NULL, "text must be UTF-8");
		bool space = c == '\t' || c == '\n' || c == '\r';
		if (!space && is_unprintable(c))
			return err_set(e, -PDH_USAGE, NULL,
				       "text may not hold control characters (U+%04X)",
				       (unsigned)c);
		if (!space) {
			memcpy(out + to, text + i, (size_t)len);
			to += (size_t)len;
		} else if (k != KIND_NOTE) {
			out[to++] = ' ';
		} else if (c != '\r') {
			out[to++] = (char)c;
		}
		i += (size_t)len;
	}
	out[to] = '\0';
	return 0;
}

static char *trim(char *s)
{
	size_t n = strlen(s);

	while (n && ascii_is_space(s[n - 1]))
		s[--n] = '\0';
	while (ascii_is_space(*s))
		s++;
	return s;
}

static int check_item(const char *s, struct err *e)
{
	static const char *const words[] = {"clearance", "exam", "fee", "course",
					    "other"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(s, words[i]) == 0)
			return 0;
	return err_set(
		e, -PDH_USAGE, NULL,
		"an item is a clearance, exam, fee, course or other, not \"%.40s\"", s);
}

static int check_alias(char *s, struct err *e)
{
	for (char *p = s; *p; p++) {
		*p = ascii_lower(*p);
		bool letter = *p >= 'a' && *p <= 'z';
		bool inner = p > s && (ascii_is_digit(*p) || *p == '-' || *p == '_');
		if (!letter && !inner)
			return err_set(
				e, -PDH_USAGE, NULL,
				"\"%.40s\" is not a short name: a letter, then letters, "
				"digits, - and _",
				s);
	}
	return 0;
}

/* "2022", "1", or a day. */
static bool is_cycle_number(const char *s)
{
	enum { DIGITS = 4 };
	size_t n = strspn(s, "0123456789");

	return n > 0 && n <= DIGITS && !s[n];
}

static int check_cycle(const char *s, struct err *e)
{
	struct err ignored;
	civil_day day;

	if (is_cycle_number(s) || date_parse_iso(s, &day, &ignored) == 0)
		return 0;
	return err_set(e, -PDH_USAGE, NULL,
		       "\"%.40s\" names no cycle: the year in which it began, or a day "
		       "in it, such as 2022 or 2024-05-31",
		       s);
}

/* What is wrong in a file is for its reader to say, with the line; and a file may have any name. */
static int check_source(enum kind k, const char *text, size_t n, struct arena *a,
			const char **ret, struct err *e)
{
	if (n > rows[k].most)
		return err_set(e, -PDH_TOO_LARGE, NULL,
			       "text is too long: at most %zu bytes", rows[k].most);
	if (memchr(text, '\0', n))
		return err_set(e, -PDH_USAGE, NULL, "text may not hold a NUL character");
	*ret = arena_dup_n(a, text, n);
	return 0;
}

int kind_check_text(enum kind k, const char *text, size_t n, struct arena *a,
		    const char **ret, struct err *e)
{
	if (k == KIND_SOURCE || k == KIND_JSON || k == KIND_PATHS)
		return check_source(k, text, n, a, ret, e);
	/* Spaces around the text do not count; anything far longer is refused before it
	 * is copied. */
	if (n > 2 * rows[k].most + 64)
		return err_set(e, -PDH_TOO_LARGE, NULL,
			       "text is too long: at most %zu bytes", rows[k].most);
	char *copy = arena_alloc(a, n + 1);
	int r = copy_clean(k, text, n, copy, e);
	if (r < 0)
		return r;
	copy = trim(copy);
	if (k != KIND_PATH)
		copy = (char *)(uintptr_t)similar_composed(copy, a);
	if (strlen(copy) > rows[k].most)
		return err_set(e, -PDH_TOO_LARGE, NULL,
			       "text is too long: at most %zu bytes", rows[k].most);
	if (k == KIND_ITEM && *copy)
		r = check_item(copy, e);
	else if (k == KIND_CYCLE)
		r = check_cycle(copy, e);
	else if (k == KIND_ALIAS || k == KIND_ALIASES)
		r = check_alias(copy, e);
	if (r == 0)
		*ret = copy;
	return r;
}

static int int_from_text(enum kind k, const char *text, int64_t *ret, struct err *e)
{
	const char *digits = k != KIND_INT && *text == '#' ? text + 1 : text;
	char *end;

	errno = 0;
	long long v = strtoll(digits, &end, 10);
	bool plain = ascii_is_digit(digits[0]) || (digits[0] == '-' && k == KIND_INT);
	if (!plain || *end || errno || v == INT64_MIN)
		return err_set(e, -PDH_USAGE, NULL, "\"%.40s\" is not a whole number",
			       text);
	*ret = v;
	return 0;
}

static int bool_from_text(const char *text, int8_t *ret, struct err *e)
{
	static const char *const yes[] = {"yes", "true", "1", "y"};
	static const char *const no[] = {"no", "false", "0", "n"};

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
		if (ascii_same(text, yes[i]) || ascii_same(text, no[i])) {
			*ret = ascii_same(text, yes[i]);
			return 0;
		}
	}
	return err_set(e, -PDH_USAGE, NULL, "\"%.40s\" is neither yes nor no", text);
}

/* Appends one member to a list whose members have `size` bytes. */
static void *list_push(struct list *l, size_t size, struct arena *a)
{
	l->v = arena_grow(a, l->v, l->n, size);
	return (char *)l->v + l->n++ * size;
}

static int push_text(enum kind k, const char *part, size_t n,
		     const struct kind_context *c, struct list *l, struct err *e)
{
	const char *clean;
	int r = kind_check_text(k, part, n, c->arena, &clean, e);

	if (r < 0 || !*clean)
		return r;
	*(const char **)list_push(l, sizeof(char *), c->arena) = clean;
	return 0;
}

static int push_id(const char *part, size_t n, const struct kind_context *c,
		   struct list *l, struct err *e)
{
	int64_t id;
	int r = int_from_text(KIND_ID, trim(arena_dup_n(c->arena, part, n)), &id, e);

	if (r == 0)
		*(int64_t *)list_push(l, sizeof(id), c->arena) = id;
	return r;
}

static int list_from_text(enum kind k, const char *text, const struct kind_context *c,
			  void *value, struct err *e)
{
	struct list l;
	int r = 0;

	memcpy(&l, value, sizeof(l));
	if (!l.v)
		l.v = arena_alloc(c->arena, sizeof(void *));
	for (const char *p = text; r == 0; p++) {
		size_t n =
			k == KIND_TEXTS || k == KIND_PATHS ? strlen(p) : strcspn(p, ",");
		r = k == KIND_IDS ? push_id(p, n, c, &l, e)
				  : push_text(k, p, n, c, &l, e);
		p += n;
		if (!*p)
			break;
	}
	if (r == 0)
		memcpy(value, &l, sizeof(l));
	return r;
}

static int choice_from_text(enum kind k, const char *text, void *value, struct err *e)
{
	int v = kind_value(k, text);

	if (v == 0)
		return err_set(e, -PDH_USAGE, NULL, "\"%.40s\" is not one of: %s", text,
			       rows[k].hint);
	memcpy(value, &v, sizeof(v));
	return 0;
}

/* An instant of UTC is on the day of the local zone, as where files are read. */
static int day_from_text(const char *text, const struct kind_context *c,
			 enum date_lean lean, civil_day *ret, struct err *e)
{
	struct err ignored;
	int64_t instant;

	if (time_parse_iso(text, &instant, &ignored) < 0)
		return date_parse(text, c->today, c->order, lean, ret, e);
	*ret = clock_day_of(instant);
	return 0;
}

int kind_end_from_text(const char *text, const struct kind_context *c, bool last,
		       civil_day *ret, struct err *e)
{
	struct err ignored;
	struct period p;

	if (period_parse(text, c->today, c->order, &p, &ignored) < 0 ||
	    !date_is_day(p.from) || !date_is_day(p.to))
		return day_from_text(text, c, DATE_PAST, ret, e);
	*ret = last ? p.to : p.from;
	return 0;
}

/* A day in whatever way it was typed is sent as a date. */
static int cycle_from_text(const char *text, const struct kind_context *c,
			   const char **ret, struct err *e)
{
	char iso[DATE_ISO_SIZE];
	struct err ignored;
	civil_day day;

	if (!is_cycle_number(text) &&
	    day_from_text(text, c, DATE_PAST, &day, &ignored) == 0 && date_is_day(day)) {
		date_format_iso(day, iso);
		text = arena_dup_n(c->arena, iso, strlen(iso));
	}
	return kind_check_text(KIND_CYCLE, text, strlen(text), c->arena, ret, e);
}

int kind_from_text(enum kind k, const char *text, const struct kind_context *c,
		   void *value, struct err *e)
{
	if (k == KIND_CYCLE)
		return cycle_from_text(text, c, value, e);
	if (kind_is_text(k))
		return kind_check_text(k, text, strlen(text), c->arena, value, e);
	if (kind_is_texts(k) || k == KIND_IDS)
		return list_from_text(k, text, c, value, e);
	if (kind_is_int(k))
		return int_from_text(k, text, value, e);
	if (kind_words(k))
		return choice_from_text(k, text, value, e);
	switch (k) {
	case KIND_BOOL:
		return bool_from_text(text, value, e);
	case KIND_DATE:
		return day_from_text(text, c, DATE_PAST, value, e);
	case KIND_DUE:
		return day_from_text(text, c, DATE_FUTURE, value, e);
	case KIND_PERIOD:
		return period_parse(text, c->today, c->order, value, e);
	case KIND_SPAN:
		return span_parse(text, value, e);
	case KIND_CREDIT:
		return credit_parse_or_none(text, value, e);
	case KIND_TIME:
		return time_parse(text, c->today, c->order, value, e);
	default:
		return err_set(e, -PDH_USAGE, NULL, "cannot be written as one word");
	}
}
