/* The language of filters. */
#include "common/filter.h"

#include "common/api.h"
#include "common/ascii.h"
#include "common/search.h"
#include "common/similar.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What entries have, by the name that filters call it. */
static const struct {
	const char *name;
	enum filter_field field;
	enum filter_text text;
} fields[] = {
	{"topic", FILTER_FIELD_WORD, FILTER_TOPICS},
	{"kind", FILTER_FIELD_WORD, FILTER_KIND},
	{"format", FILTER_FIELD_WORD, FILTER_FORMAT},
	{"delivery", FILTER_FIELD_WORD, FILTER_FORMAT},
	{"role", FILTER_FIELD_WORD, FILTER_ROLE},
	{"approval", FILTER_FIELD_WORD, FILTER_APPROVAL},
	{"provider-id", FILTER_FIELD_WORD, FILTER_PROVIDER_ID},
	{"title", FILTER_FIELD_PART, FILTER_TITLE},
	{"provider", FILTER_FIELD_PART, FILTER_PROVIDER},
	{"note", FILTER_FIELD_PART, FILTER_NOTE},
	{"place", FILTER_FIELD_PART, FILTER_PLACE},
	{"course", FILTER_FIELD_PART, FILTER_COURSE},
	{"text", FILTER_FIELD_WORDS, FILTER_TITLE},
	{"date", FILTER_FIELD_DATE, FILTER_TITLE},
	{"hours", FILTER_FIELD_CREDIT, FILTER_TITLE},
	{"credit", FILTER_FIELD_CREDIT, FILTER_PLAIN},
	{"id", FILTER_FIELD_ID, FILTER_TITLE},
	{"for", FILTER_FIELD_FOR, FILTER_TITLE},
	{"unsubmitted", FILTER_FIELD_UNSUBMITTED, FILTER_TITLE},
	{"planned", FILTER_FIELD_PLANNED, FILTER_TITLE},
	{"duty", FILTER_FIELD_DUTY, FILTER_TITLE},
	{"evidence", FILTER_FIELD_EVIDENCE, FILTER_TITLE},
};
enum { FIELDS = sizeof(fields) / sizeof(fields[0]) };

const char *const *filter_names(void)
{
	static const char *names[FIELDS + 1];

	for (size_t i = 0; i < FIELDS; i++)
		names[i] = fields[i].name;
	return names;
}

struct parser {
	const char *at;
	civil_day today;
	const char *param;
	int depth;
	struct arena *a;
	struct err *e;
};

/* ---- nodes ------------------------------------------------------------------------------ */

static struct filter_node *join(enum filter_node_type type, struct filter_node *left,
				struct filter_node *right, struct arena *a)
{
	struct filter_node *f = arena_alloc(a, sizeof(*f));

	*f = (struct filter_node){.type = type, .left = left, .right = right};
	return f;
}

struct filter_node *filter_term(enum filter_field field, enum filter_text text,
				const char *value, struct arena *a)
{
	struct filter_node *f = arena_alloc(a, sizeof(*f));

	*f = (struct filter_node){.type = FILTER_TERM,
				  .field = field,
				  .text = text,
				  .value = value,
				  .days = {DATE_NONE, DATE_NONE}};
	return f;
}

struct filter_node *filter_and(struct filter_node *x, struct filter_node *y,
			       struct arena *a)
{
	return !x ? y : !y ? x : join(FILTER_AND, x, y, a);
}

/* ---- words ------------------------------------------------------------------------------ */

/* `what` with the word in quotes behind it, where there is one. */
static int fail(struct parser *p, const char *what, const char *word)
{
	return word ? err_set(p->e, -PDH_USAGE, p->param, "%s \"%.40s\"", what, word)
		    : err_set(p->e, -PDH_USAGE, p->param, "%s", what);
}

static void skip_gap(struct parser *p)
{
	while (ascii_is_space(*p->at))
		p->at++;
}

/* The length of a field's name at the place, if an operator follows it; 0: it is a word. */
static size_t name_at(const char *at)
{
	size_t n = 0;

	while (ascii_is_letter(at[n]) ||
	       (n && at[n] == '-' && ascii_is_letter(at[n + 1])))
		n++;
	if (!n)
		return 0;
	if (at[n] == ':')
		return n;
	const char *op = at + n;
	while (*op == ' ')
		op++;
	return strchr("<>=", *op) && *op ? n : op[0] == '!' && op[1] == '=' ? n : 0;
}

/* A word, or what stands in double quotes. Parentheses end a word, which "(K-12)" in quotes is for. */
static int read_word(struct parser *p, const char **ret, bool *ret_quoted)
{
	const char *from = p->at;

	*ret_quoted = *from == '"';
	if (*ret_quoted) {
		const char *end = strchr(from + 1, '"');
		if (!end)
			return fail(p, "has a quote that nothing ends, before", from + 1);
		*ret = arena_dup_n(p->a, from + 1, (size_t)(end - from - 1));
		p->at = end + 1;
		return 0;
	}
	while (*p->at && !ascii_is_space(*p->at) && !strchr("()\"", *p->at))
		p->at++;
	*ret = arena_dup_n(p->a, from, (size_t)(p->at - from));
	return 0;
}

/* Takes a word of the language where it stands as a whole. */
static bool take_word(struct parser *p, const char *word)
{
	size_t n = strlen(word);

	skip_gap(p);
	if (!ascii_same_n(p->at, word, n) ||
	    (p->at[n] && !ascii_is_space(p->at[n]) && !strchr("()", p->at[n])))
		return false;
	p->at += n;
	return true;
}

/* ---- terms ------------------------------------------------------------------------------ */

static int unknown_field(struct parser *p, const char *name)
{
	const char *known = "", *near = api_nearest(name, filter_names(), FIELDS);

	for (size_t i = 0; i < FIELDS; i++)
		known = arena_printf(p->a, "%s%s%s", known, i ? ", " : "",
				     fields[i].name);
	err_set(p->e, -PDH_USAGE, p->param, "knows no \"%.40s\"; it knows %s", name,
		known);
	return near ? err_hint(p->e,
			       "did you mean %s? Words as they are: in double quotes, "
			       "or pdh search",
			       near)
		    : err_hint(p->e,
			       "words as they are: in double quotes, or pdh search; "
			       "pdh-filters(7) has the language");
}

static enum filter_op read_op(struct parser *p, bool *ret_not)
{
	static const struct {
		const char *text;
		enum filter_op op;
		bool is_not;
	} ops[] = {{":", FILTER_HAS, false},	  {"!=", FILTER_IS, true},
		   {"<=", FILTER_MOST_OF, false}, {">=", FILTER_LEAST_OF, false},
		   {"<", FILTER_LESS, false},	  {">", FILTER_MORE, false},
		   {"=", FILTER_IS, false}};

	while (*p->at == ' ')
		p->at++;
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		size_t n = strlen(ops[i].text);
		if (strncmp(p->at, ops[i].text, n) == 0) {
			p->at += n;
			*ret_not = ops[i].is_not;
			return ops[i].op;
		}
	}
	return FILTER_HAS;
}

static bool has_order(const struct filter_node *f)
{
	return f->field == FILTER_FIELD_DATE || f->field == FILTER_FIELD_CREDIT ||
	       f->field == FILTER_FIELD_ID;
}

/* "213", "3-7", "3..7", and with an operator all below or above. */
static int read_ids(struct parser *p, struct filter_node *f, const char *value)
{
	const char *at = value + (*value == '#');
	char *end;

	errno = 0;
	f->from = f->to = strtoll(at, &end, 10);
	bool good = ascii_is_digit(*at);
	if (good && (*end == '-' || strncmp(end, "..", 2) == 0)) {
		at = end + (*end == '-' ? 1 : 2);
		at += *at == '#';
		good = ascii_is_digit(*at) && f->op <= FILTER_IS;
		f->to = strtoll(at, &end, 10);
	}
	if (!good || *end || errno || f->from > f->to)
		return fail(p, "wants numbers of entries after id, as 3-7, not", value);
	if (f->op == FILTER_LESS)
		f->to = f->from - 1;
	if (f->op == FILTER_LESS || f->op == FILTER_MOST_OF)
		f->from = 0;
	if (f->op == FILTER_MORE)
		f->from++;
	if (f->op == FILTER_MORE || f->op == FILTER_LEAST_OF)
		f->to = INT64_MAX;
	return 0;
}

/* The sentence of who reads dates and amounts has the value in it. */
static int blame(struct parser *p, const char *name)
{
	char sentence[sizeof(p->e->message)];

	strcpy(sentence, p->e->message);
	err_reword(p->e, "cannot read %s: %.400s", name, sentence);
	snprintf(p->e->field, sizeof(p->e->field), "%s", p->param ? p->param : "");
	return p->e->code;
}

static int read_credit(struct parser *p, struct filter_node *f, const char *value)
{
	int r = credit_parse_or_none(value, &f->credit, p->e);

	if (r < 0)
		return blame(p, f->text == FILTER_PLAIN ? "credit" : "hours");
	if (f->text != FILTER_PLAIN && !credit_unit_is_hours(f->credit.unit))
		return fail(p, "wants hours after hours (credit is for other units), not",
			    value);
	return 0;
}

static int read_value(struct parser *p, struct filter_node *f, const char *value)
{
	int r;

	switch (f->field) {
	case FILTER_FIELD_DATE:
		r = period_parse(value, p->today, DATE_ORDER_UNTOLD, &f->days, p->e);
		return r < 0 ? blame(p, "date") : 0;
	case FILTER_FIELD_CREDIT:
		return read_credit(p, f, value);
	case FILTER_FIELD_ID:
		return read_ids(p, f, value);
	case FILTER_FIELD_WORDS:
		f->value = search_words(value, p->a);
		return 0;
	case FILTER_FIELD_FOR:
	case FILTER_FIELD_UNSUBMITTED:
		f->value = value;
		return 0;
	default:
		f->value = similar_fold(value, p->a);
	}
	return 0;
}

/* "planned:yes", "evidence:no"; and of texts "any" and "none". */
static int read_flag(struct parser *p, const struct filter_node *f, const char *value,
		     bool *ret_not)
{
	static const char *const yes[] = {"yes", "any", "true"};
	static const char *const no[] = {"no", "none", "false"};
	bool is_text = f->field == FILTER_FIELD_WORD || f->field == FILTER_FIELD_PART;

	for (size_t i = is_text; i < 2U + !is_text; i++) {
		if (ascii_same(value, yes[i]) || ascii_same(value, no[i])) {
			*ret_not ^= ascii_same(value, no[i]);
			return 1;
		}
	}
	return is_text ? 0 : fail(p, "wants yes or no, not", value);
}

static bool is_flag(const struct filter_node *f)
{
	return f->field == FILTER_FIELD_PLANNED || f->field == FILTER_FIELD_DUTY ||
	       f->field == FILTER_FIELD_EVIDENCE;
}

/* One value of a term. */
static int read_one(struct parser *p, const struct filter_node *like, const char *value,
		    bool quoted, struct filter_node **ret)
{
	struct filter_node *f = arena_alloc(p->a, sizeof(*f));
	bool is_not = false;
	int r = 0;

	*f = *like;
	if (is_flag(f) ||
	    (!quoted && (f->field == FILTER_FIELD_WORD || f->field == FILTER_FIELD_PART)))
		r = read_flag(p, f, value, &is_not);
	if (r == 0)
		r = read_value(p, f, value);
	*ret = is_not ? join(FILTER_NOT, f, NULL, p->a) : f;
	return r < 0 ? r : 0;
}

/* "literacy,ethics" is either, of words and numbers. */
static int read_values(struct parser *p, const struct filter_node *like,
		       const char *values, bool quoted, struct filter_node **ret)
{
	bool many = !quoted &&
		    (like->field == FILTER_FIELD_WORD || like->field == FILTER_FIELD_ID ||
		     like->field == FILTER_FIELD_FOR);
	struct filter_node *one;
	int r = 0;

	*ret = NULL;
	for (const char *v = values; r == 0;) {
		size_t n = many ? strcspn(v, ",") : strlen(v);
		r = read_one(p, like, arena_dup_n(p->a, v, n), quoted, &one);
		if (r == 0)
			*ret = *ret ? join(FILTER_OR, one, *ret, p->a) : one;
		if (!v[n])
			break;
		v += n + 1;
	}
	return r;
}

static int read_field(struct parser *p, size_t name_n, struct filter_node **ret)
{
	const char *name = arena_dup_n(p->a, p->at, name_n), *value;
	bool is_not = false, quoted;
	size_t i = 0;

	while (i < FIELDS && !ascii_same(fields[i].name, name))
		i++;
	if (i == FIELDS)
		return unknown_field(p, name);
	struct filter_node *f = filter_term(fields[i].field, fields[i].text, NULL, p->a);
	p->at += name_n;
	f->op = read_op(p, &is_not);
	if (f->op > FILTER_IS && !has_order(f))
		return fail(p, "takes only : = and != after", name);
	while (*p->at == ' ')
		p->at++;
	int r = read_word(p, &value, &quoted);
	if (r == 0 && !*value)
		return fail(p, "wants a value after", name);
	if (r == 0)
		r = read_values(p, f, value, quoted, ret);
	if (r == 0 && is_not)
		*ret = join(FILTER_NOT, *ret, NULL, p->a);
	return r;
}

static int read_plain(struct parser *p, struct filter_node **ret)
{
	const char *word;
	bool quoted;
	int r = read_word(p, &word, &quoted);

	if (r < 0)
		return r;
	for (size_t i = 0; !quoted && i < FIELDS; i++) {
		struct filter_node f = {.field = fields[i].field};
		if (is_flag(&f) && ascii_same(fields[i].name, word)) {
			*ret = filter_term(f.field, FILTER_TITLE, NULL, p->a);
			return 0;
		}
	}
	*ret = filter_term(FILTER_FIELD_WORDS, FILTER_TITLE,
			   quoted ? similar_fold(word, p->a) : search_words(word, p->a),
			   p->a);
	(*ret)->op = quoted ? FILTER_IS : FILTER_HAS;
	return 0;
}

/* ---- the whole -------------------------------------------------------------------------- */

static int read_either(struct parser *p, struct filter_node **ret);

static int read_group(struct parser *p, struct filter_node **ret)
{
	p->at++;
	int r = read_either(p, ret);
	if (r < 0)
		return r;
	skip_gap(p);
	if (*p->at != ')')
		return fail(p, "has a parenthesis that nothing closes", NULL);
	p->at++;
	return 0;
}

static int read_single(struct parser *p, struct filter_node **ret)
{
	int r;

	if (++p->depth > FILTER_DEPTH)
		return err_set(p->e, -PDH_USAGE, p->param,
			       "is nested too deeply: at most %d levels", FILTER_DEPTH);
	skip_gap(p);
	size_t name = name_at(p->at);
	if (name) {
		r = read_field(p, name, ret);
	} else if (take_word(p, "not")) {
		r = read_single(p, ret);
		if (r == 0)
			*ret = join(FILTER_NOT, *ret, NULL, p->a);
	} else if (*p->at == '(') {
		r = read_group(p, ret);
	} else if (!*p->at || *p->at == ')') {
		r = fail(p, "ends where something should follow", NULL);
	} else {
		const char *at = p->at;
		r = take_word(p, "and") || take_word(p, "or")
			    ? fail(p, "has nothing before",
				   arena_dup_n(p->a, at,
					       1 + !ascii_same_n(at, "or", 2) + 1))
			    : read_plain(p, ret);
	}
	p->depth--;
	return r;
}

/* Joined on the left, so that the walk goes on to the right without going deeper. */
static int read_both(struct parser *p, struct filter_node **ret)
{
	struct filter_node *one;
	int r = read_single(p, ret);

	while (r == 0) {
		const char *before = p->at;
		bool said = take_word(p, "and");
		if (!said && take_word(p, "or")) {
			p->at = before;
			break;
		}
		if (!said && (!*p->at || *p->at == ')'))
			break;
		r = read_single(p, &one);
		if (r == 0)
			*ret = join(FILTER_AND, one, *ret, p->a);
	}
	return r;
}

static int read_either(struct parser *p, struct filter_node **ret)
{
	struct filter_node *one;
	int r = read_both(p, ret);

	while (r == 0 && take_word(p, "or")) {
		r = read_both(p, &one);
		if (r == 0)
			*ret = join(FILTER_OR, one, *ret, p->a);
	}
	return r;
}

int filter_parse(const char *text, civil_day today, const char *field, struct arena *a,
		 struct filter_node **ret, struct err *e)
{
	struct parser p = {.at = text, .today = today, .param = field, .a = a, .e = e};

	if (strlen(text) > FILTER_MOST)
		return err_set(e, -PDH_TOO_LARGE, field, "is too long: at most %d bytes",
			       FILTER_MOST);
	int r = read_either(&p, ret);
	if (r == 0 && *p.at == ')')
		r = fail(&p, "has an extra parenthesis before", p.at + 1);
	return r;
}
