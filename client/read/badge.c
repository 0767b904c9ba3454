#include "client/read/badge.h"

#include "client/read/amount.h"
#include "client/read/day.h"
#include "client/read/table.h"
#include "common/ascii.h"
#include "common/similar.h"
#include "common/texts.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct badge {
	const struct read_options *o;
	struct arena *arena;
	struct read_result *ret;
	struct read_row *row;
	struct err *e;
};

/* ---- tokens --------------------------------------------------------------------------------------------------- */

static int digit(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* Three parts in base64url between full stops. */
bool badge_is_token(const char *text, size_t n)
{
	size_t dots = 0, i = 0;

	while (n > 0 && strchr(" \t\r\n", text[n - 1]) && text[n - 1])
		n--;
	for (; i < n && (text[i] == '.' || digit(text[i]) >= 0); i++)
		dots += text[i] == '.';
	return i == n && dots == 2 && n > 20 && strncmp(text, "ey", 2) == 0;
}

/* The part between the full stops. */
static const char *payload(const char *token, struct arena *a)
{
	const char *p = strchr(token, '.') + 1;
	char *to = arena_alloc(a, strlen(p) + 1), *at = to;
	uint32_t bits = 0;
	int n = 0;

	for (; *p && *p != '.'; p++) {
		bits = bits << 6 | (uint32_t)digit(*p);
		n += 6;
		if (n >= 8) {
			n -= 8;
			*at++ = (char)(bits >> n & 0xff);
		}
	}
	return to;
}

/* ---- members --------------------------------------------------------------------------------------------------- */

static json_t *load(const char *text)
{
	json_error_t why;

	return json_loads(text, JSON_REJECT_DUPLICATES, &why);
}

/* Whether `type` is a word or a list that has it. */
static bool is_type(const json_t *object, const char *word)
{
	const json_t *type = json_object_get(object, "type");
	json_t *member;
	size_t i;

	if (json_is_string(type))
		return strcmp(json_string_value(type), word) == 0;
	json_array_foreach(type, i, member)
	{
		if (json_is_string(member) &&
		    strcmp(json_string_value(member), word) == 0)
			return true;
	}
	return false;
}

static bool is_credential(const json_t *o)
{
	return is_type(o, "OpenBadgeCredential") || is_type(o, "AchievementCredential");
}

static bool is_assertion(const json_t *o)
{
	return is_type(o, "Assertion") ||
	       (json_object_get(o, "badge") && json_object_get(o, "issuedOn"));
}

bool badge_is_json(const char *text, size_t n)
{
	/* Only a single object may be one; large files need not be read twice. */
	enum { LARGEST = 1 << 20 };
	json_t *o = n <= LARGEST ? load(text) : NULL;
	bool is = json_is_object(o) && (is_credential(o) || is_assertion(o));

	json_decref(o);
	return is;
}

/* A text of a member, cleaned; NULL. */
static const char *text_in(const struct badge *b, const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));
	size_t dropped = 0;

	text = text ? table_clean(text, strlen(text), b->arena, &dropped) : "";
	return *text ? text : NULL;
}

/* The name of whoever issued it; an address where there is nothing else. */
static const char *issuer_of(const struct badge *b, const json_t *object)
{
	const json_t *issuer = json_object_get(object, "issuer");
	const char *name = text_in(b, issuer, "name");

	return name ? name : text_in(b, object, "issuer");
}

/* A day as it is written: midnight in UTC is how programs write a day alone. */
static civil_day day_in(const struct badge *b, const json_t *object, const char *key)
{
	const char *text = text_in(b, object, key);
	struct moment m;

	if (!text)
		return DATE_NONE;
	if (strstr(text, "T00:00:00"))
		text = arena_dup_n(b->arena, text, strcspn(text, "T"));
	return moment_read(text, DAY_UNTOLD, b->o->today, b->arena, &m) ? m.day
									: DATE_NONE;
}

static civil_day first_day(const civil_day *days, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (days[i] != DATE_NONE)
			return days[i];
	return DATE_NONE;
}

/* ---- credit ----------------------------------------------------------------------------------------------------- */

static const char *number_in(const struct badge *b, const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	if (json_is_number(value))
		return arena_printf(b->arena, "%.15g", json_number_value(value));
	return text_in(b, object, key);
}

static const char *many_of(const char *unit)
{
	static const struct {
		const char *word, *many;
	} units[] = {
#define X(name, word, brief, many, accepted, text) {word, many},
		CREDIT_UNIT_MAP(X)
#undef X
	};

	for (size_t i = 0; i < UNIT_COUNT; i++)
		if (strcmp(units[i].word, unit) == 0)
			return units[i].many;
	return unit;
}

/* Credits of a badge have no unit by the standard, so a person says it. */
static int take_credits(struct badge *b, const char *text)
{
	const char *unit = b->o->unit ? credit_unit_find(b->o->unit) : NULL;
	const struct amount_form form = {.unit = unit ? unit : "ask", .decimal = '.'};
	struct amount amount;

	switch (amount_read(text, &form, b->arena, &amount)) {
	case AMOUNT_NO_UNIT:
		return err_set(b->e, -PDH_REFUSED, "unit",
			       "%.20s credits of what? say --unit hour", text);
	case AMOUNT_BAD:
		read_row_bad(b->row, "credit", text, amount.why);
		return 0;
	case AMOUNT_ZERO:
		return 0;
	case AMOUNT_READ:
		break;
	}
	b->row->activity.credit = amount.credit;
	if (unit)
		texts_add(&b->row->flags,
			  arena_printf(
				  b->arena,
				  "credits without a unit: taken as %s, since --unit %s",
				  many_of(unit), b->o->unit),
			  b->arena);
	return 0;
}

/* ---- the two versions --------------------------------------------------------------------------------------------- */

static void add_topics(struct badge *b, const char *text)
{
	if (text)
		texts_add(&b->row->activity.topics, similar_lower(text, b->arena),
			  b->arena);
}

static int read_credential(struct badge *b, const json_t *o)
{
	const json_t *subject = json_object_get(o, "credentialSubject");
	const json_t *achievement = json_object_get(subject, "achievement");
	struct read_activity *v = &b->row->activity;
	const char *name = text_in(b, achievement, "name");
	const civil_day days[] = {day_in(b, subject, "activityEndDate"),
				  day_in(b, o, "awardedDate"), day_in(b, o, "validFrom"),
				  day_in(b, o, "issuanceDate")};

	v->title = name ? name : text_in(b, o, "name");
	v->done_on = first_day(days, 4);
	v->from = day_in(b, subject, "activityStartDate");
	v->provider = issuer_of(b, o);
	v->course = text_in(b, achievement, "humanCode");
	v->source_id = text_in(b, o, "id");
	add_topics(b, text_in(b, achievement, "fieldOfStudy"));
	const char *credits = number_in(b, subject, "creditsEarned");
	return credits ? take_credits(b, credits) : 0;
}

static int read_assertion(struct badge *b, const json_t *o)
{
	const json_t *class = json_object_get(o, "badge");
	struct read_activity *v = &b->row->activity;

	if (!json_is_object(class))
		return err_set(
			b->e, -PDH_REFUSED, NULL,
			"the badge says what it is for by a link alone, and nothing is "
			"fetched; save the badge with its class in it");
	v->title = text_in(b, class, "name");
	v->done_on = day_in(b, o, "issuedOn");
	v->provider = issuer_of(b, class);
	v->source_id = text_in(b, o, "id");
	return 0;
}

static void finish(struct badge *b)
{
	struct read_row *row = b->row;

	row->activity.proof = b->o->name;
	if (row->state != READ_TAKEN)
		return;
	if (!row->activity.title)
		read_row_bad(row, "title", "", "no title");
	else if (row->activity.done_on == DATE_NONE)
		read_row_bad(row, "done_on", "", "no date");
	else if (!row->activity.credit.unit && !read_row_hours(row, b->o, b->arena))
		texts_add(&row->flags, "it says no hours", b->arena);
	texts_add(&row->flags, "proof of the issuer not checked", b->arena);
}

static void describe(struct read_result *ret)
{
	ret->layout = "open-badge";
	ret->version = "1";
	ret->title = "Open Badge";
	ret->mark = "confirmed";
	ret->encoding = "UTF-8";
	ret->dates = "y-m-d";
	ret->decimal = ".";
	ret->proposal = true;
}

static int read_object(struct badge *b, const json_t *o)
{
	const json_t *inner = json_object_get(o, "vc");
	int r;

	if (json_is_object(inner))
		o = inner;
	if (is_credential(o))
		r = read_credential(b, o);
	else if (is_assertion(o))
		r = read_assertion(b, o);
	else
		return err_set(b->e, -PDH_REFUSED, NULL, "not an Open Badge 2.0 or 3.0");
	finish(b);
	return r;
}

int badge_read(const char *text, const struct read_options *o, struct arena *a,
	       struct read_result *ret, struct err *e)
{
	struct badge b = {o, a, ret, NULL, e};
	bool token = badge_is_token(text, strlen(text));

	if (strncmp(text, "http", 4) == 0)
		return err_set(
			e, -PDH_REFUSED, NULL,
			"the badge is a link alone, and nothing is fetched: %.160s",
			text);
	json_t *object = load(token ? payload(text, a) : text);
	if (!json_is_object(object)) {
		json_decref(object);
		return err_set(e, -PDH_REFUSED, NULL, "the badge is not JSON");
	}
	describe(ret);
	b.row = read_row_add(ret, 0, a);
	int r = read_object(&b, object);
	json_decref(object);
	if (r == 0)
		read_finish(ret, o, a);
	return r;
}
