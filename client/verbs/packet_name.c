#include "client/verbs/packet.h"

#include "client/term/text.h"
#include "common/ascii.h"

#include <string.h>

enum { TITLE_MOST = 60 };

static const struct term plain = {.utf8 = false, .width = TERM_WIDTH_MAX};

/* Lower-case letters and digits, with a dash for whatever lies between. */
static const char *slug(const char *text, struct arena *a)
{
	const char *safe = text_safe(&plain, a, text);
	char *out = arena_alloc(a, strlen(safe) + 1);
	size_t n = 0;

	for (const char *p = safe; *p; p++) {
		char c = ascii_lower(*p);
		if (ascii_is_digit(c) || (c >= 'a' && c <= 'z'))
			out[n++] = c;
		else if (n && out[n - 1] != '-')
			out[n++] = '-';
	}
	while (n && out[n - 1] == '-')
		out[--n] = '\0';
	return out;
}

static int year_of(civil_day day)
{
	int year = 0, month, of_month;

	if (day != DATE_NONE)
		date_split(day, &year, &month, &of_month);
	return year;
}

const char *packet_bag_name(const struct audited *r, struct arena *a)
{
	const char *person = r->person ? slug(r->person, a) : "";
	const char *name =
		arena_printf(a, "%s%s%s", person, *person ? "-" : "", slug(r->alias, a));
	int from = year_of(r->cycle->from), to = year_of(r->cycle->to);

	if (from)
		name = arena_printf(a, "%s-%d", name, from);
	return to ? arena_printf(a, "%s-%d", name, to) : name;
}

static const char *ending_of(const char *media_type)
{
	static const struct {
		const char *type, *ending;
	} endings[] = {
		{"application/pdf", ".pdf"}, {"image/png", ".png"},
		{"image/jpeg", ".jpg"},	     {"image/gif", ".gif"},
		{"image/webp", ".webp"},     {"image/svg+xml", ".svg"},
		{"image/heic", ".heic"},     {"image/tiff", ".tiff"},
		{"text/plain", ".txt"},	     {"text/html", ".html"},
		{"text/csv", ".csv"},	     {"text/calendar", ".ics"},
		{"message/rfc822", ".eml"},  {"application/json", ".json"},
		{"application/zip", ".zip"},
	};

	for (size_t i = 0; media_type && i < sizeof(endings) / sizeof(endings[0]); i++)
		if (strcmp(media_type, endings[i].type) == 0)
			return endings[i].ending;
	return ".bin";
}

const char *packet_proof_name(int64_t id, civil_day day, const char *title, size_t which,
			      const char *media_type, struct arena *a)
{
	const char *safe = text_safe(&plain, a, title);
	char date[DATE_ISO_SIZE], cut[TITLE_MOST + 1];
	size_t n = 0;

	for (const char *p = safe; *p && n < TITLE_MOST; p++) {
		char c = ascii_lower(*p);
		bool letter =
			ascii_is_digit(c) || (c >= 'a' && c <= 'z') || strchr("._-", c);
		if (letter)
			cut[n++] = *p;
		else if (n && cut[n - 1] != ' ')
			cut[n++] = ' ';
	}
	while (n && (cut[n - 1] == ' ' || cut[n - 1] == '.'))
		n--;
	cut[n] = '\0';
	date_format_iso(day, date);
	const char *name =
		arena_printf(a, "%04lld %s%s%s", (long long)id, date, n ? " " : "", cut);
	if (which > 1)
		name = arena_printf(a, "%s %zu", name, which);
	return arena_printf(a, "%s%s", name, ending_of(media_type));
}
