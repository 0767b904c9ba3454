#include "daemon/rules/words/words.h"
#include "common/texts.h"

#include "daemon/rules/words/parts.h"

#include <string.h>

static const char *const attr_words[ATTR_COUNT] = {
#define X(name, word) [ATTR_##name] = word,
	RULE_ATTR_MAP(X)
#undef X
};

/* ---- amounts ---------------------------------------------------------------------------- */

const char *words_of_number(int64_t exact, struct arena *a)
{
	char text[CREDIT_TEXT_SIZE];

	if (exact % CREDIT_ONE == 0)
		credit_format_fixed(exact, 0, text);
	else
		credit_format(exact, text);
	return arena_dup(a, text);
}

static const char *unit_of(const struct ruleset *rules, int64_t exact)
{
	return credit_unit_behind(rules->unit ? rules->unit : "hour", exact);
}

const char *rules_credit_words(const struct ruleset *rules, int64_t exact,
			       struct arena *a)
{
	char text[CREDIT_TEXT_SIZE];

	credit_format(exact, text);
	return arena_printf(a, "%s %s", text, unit_of(rules, exact));
}

const char *rules_short_words(const struct ruleset *rules, int64_t exact, struct arena *a)
{
	return arena_printf(a, "%s %s", words_of_number(exact, a), unit_of(rules, exact));
}

/* "3 activities", "2 different topics" */
static const char *things(const struct rule *r, int64_t n, struct arena *a)
{
	const char *different =
		r->measure == MEASURE_DISTINCT && n > 1 ? "different " : "";
	const char *one =
		r->measure == MEASURE_DISTINCT ? attr_words[r->distinct] : "activity";
	const char *many = r->measure == MEASURE_DISTINCT ? arena_printf(a, "%ss", one)
							  : "activities";

	return arena_printf(a, "%lld %s%s", (long long)n, different, n == 1 ? one : many);
}

static const char *share(struct ratio r, struct arena *a)
{
	int128 percent = (int128)r.num * 100 * CREDIT_ONE / r.den;

	return arena_printf(a, "%s %%", words_of_number((int64_t)percent, a));
}

/* "100 h for director, 50 h otherwise", "100 h in cycle 1, 150 h in cycle 2 and later" */
static const char *table(const struct ruleset *rules, const struct amount *m,
			 struct arena *a)
{
	bool ordinal = rule_known_of(m->fact) == KNOWN_PERIOD_NUMBER;
	const char *all = "";

	for (size_t i = 0; i < m->n; i++) {
		const char *of = ordinal ? arena_printf(a, "in cycle %zu%s", i + 1,
							i + 1 == m->n ? " and later" : "")
				 : *m->rows[i].word
					 ? arena_printf(a, "for %s", m->rows[i].word)
					 : "otherwise";
		all = arena_printf(a, "%s%s%s %s", all, i ? ", " : "",
				   rules_short_words(rules, m->rows[i].exact, a), of);
	}
	return ordinal ? all : arena_printf(a, "by %s: %s", m->fact, all);
}

const char *words_of_month(enum month_kind kind)
{
	static const char *const words[] = {
#define X(name, word) word,
		RULE_MONTH_MAP(X)
#undef X
	};

	return words[kind];
}

static const char *per_month(const struct ruleset *rules, const struct amount *m,
			     struct arena *a)
{
	const char *most = m->most ? arena_printf(a, ", %s at most",
						  rules_short_words(rules, m->most, a))
				   : "";

	return arena_printf(
		a, "%s for each %s%s", rules_short_words(rules, m->exact, a),
		m->kind == AMOUNT_PER_MONTH
			? arena_printf(a, "active %s", words_of_month(m->month))
			: "month since the cycle ended",
		most);
}

/* How the amount is computed; NULL where it is plain. */
static const char *formula(const struct ruleset *rules, const struct amount *m,
			   int64_t required, struct arena *a)
{
	const struct rule *need;

	switch (m->kind) {
	case AMOUNT_FIXED:
		return NULL;
	case AMOUNT_OF_REQUIRED:
		return arena_printf(a, "%s of %s", share(m->share, a),
				    required == RULE_NOT_KNOWN
					    ? "what is required"
					    : rules_short_words(rules, required, a));
	case AMOUNT_OF_COUNTED:
		return arena_printf(a, "%s of what counts", share(m->share, a));
	case AMOUNT_OF_NEED:
		need = &rules->rules[m->need];
		return need->amount.kind == AMOUNT_FIXED
			       ? arena_printf(
					 a, "%s of %s (%s)", share(m->share, a),
					 rules_short_words(rules, need->amount.exact, a),
					 rules_name(need))
			       : arena_printf(a, "%s of %s", share(m->share, a),
					      rules_name(need));
	case AMOUNT_TABLE:
		return table(rules, m, a);
	case AMOUNT_FACT:
		return arena_printf(a, "as many as %s", m->fact);
	case AMOUNT_PER_MONTH:
	case AMOUNT_PER_MONTH_LAPSED:
		return per_month(rules, m, a);
	}
	return NULL;
}

const char *rules_amount_words(const struct ruleset *rules, const struct rule *r,
			       const struct rule_numbers *known, struct arena *a)
{
	const struct amount *m = &r->amount;
	int64_t required = known ? known->required : RULE_NOT_KNOWN;
	int64_t amount = known ? known->amount : RULE_NOT_KNOWN;

	if (r->least)
		return arena_printf(a, "%s of %s or more", things(r, m->exact, a),
				    rules_short_words(rules, r->least, a));
	if (r->measure == MEASURE_ACTIVITIES || r->measure == MEASURE_DISTINCT)
		return things(r, m->exact, a);
	if (r->measure == MEASURE_UNIT)
		return arena_printf(a, "%s %ss", words_of_number(m->exact, a),
				    credit_unit_word(r->unit));
	const char *text = formula(rules, m, required, a);
	if (!text)
		return rules_short_words(rules,
					 amount == RULE_NOT_KNOWN ? m->exact : amount, a);
	if (amount == RULE_NOT_KNOWN)
		return text;
	return arena_printf(a, "%s = %s", text, rules_credit_words(rules, amount, a));
}

/* ---- windows and selectors -------------------------------------------------------------- */

/* "from 2026-01-01 to 2026-12-31" */
static const char *fixed_days(struct period p, struct arena *a)
{
	char from[DATE_ISO_SIZE] = "", to[DATE_ISO_SIZE] = "";

	if (p.from != DATE_NONE)
		date_format_iso(p.from, from);
	if (p.to != DATE_NONE)
		date_format_iso(p.to, to);
	return arena_printf(a, "%s%s%s%s%s", *from ? "from " : "", from,
			    *from && *to ? " " : "", *to ? "to " : "", to);
}

/* "each school year that ends in the cycle, after the year of issue" */
static const char *years_ending(const struct window *w, struct arena *a)
{
	return arena_printf(a, "each %s year that ends in the cycle%s",
			    w->kind == WINDOW_EACH_SCHOOL ? "school" : "calendar",
			    w->after_issue ? ", after the year of issue" : "");
}

const char *rules_window_words(const struct window *w, struct arena *a)
{
	if (w->ending)
		return years_ending(w, a);
	switch (w->kind) {
	case WINDOW_PERIOD:
		return "a cycle";
	case WINDOW_EACH_YEAR:
		return "each year of the cycle";
	case WINDOW_EACH_CALENDAR:
		return "each calendar year";
	case WINDOW_EACH_SCHOOL:
		return "each school year";
	case WINDOW_LAST:
		return arena_printf(a, "in the last %d months", w->n);
	case WINDOW_LAST_TO_NOW:
		return arena_printf(a, "in the last %d months up to today", w->n);
	case WINDOW_BEFORE:
		return arena_printf(a, "in the cycle and %d months before", w->n);
	case WINDOW_SINCE_ISSUE:
		return "since the day of issue";
	case WINDOW_EVER:
		return "ever";
	case WINDOW_NTH:
		return arena_printf(a, "in one cycle of every %d", w->n);
	case WINDOW_FIXED:
		return fixed_days(w->fixed, a);
	}
	return "";
}

/* "kind presenting, or role presenter" */
static const char *words_of_any(const struct where *w, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; i < w->any_count; i++)
		all = arena_printf(a, "%s%s%s", all, i ? ", or " : "",
				   words_of_selector(&w->any[i], a));
	return all;
}

const char *words_of_selector(const struct where *w, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; i < w->n; i++) {
		const struct where_term *t = &w->terms[i];
		all = arena_printf(a, "%s%s%s", all, i ? " and " : "",
				   attr_words[t->attr]);
		for (size_t k = 0; k < t->words.n; k++)
			all = arena_printf(a, "%s%s%s", all, k ? " or " : " ",
					   t->words.v[k]);
	}
	if (w->any_count)
		all = arena_printf(a, "%s%s%s", all, *all ? "; and " : "",
				   words_of_any(w, a));
	if (!w->except)
		return all;
	return arena_printf(a, "%s%s not %s", all, *all ? ", but" : "all but",
			    words_of_selector(w->except, a));
}

const char *rules_where_words(const struct ruleset *rules, const struct rule *r,
			      struct arena *a)
{
	return r->where == WHERE_ALL ? ""
				     : words_of_selector(&rules->wheres[r->where], a);
}

/* ---- rules ------------------------------------------------------------------------------ */

/* "30 h a cycle (topic law), or 3 activities a cycle"; "2 of these: ..." */
static const char *alternatives(const struct ruleset *rules, const struct rule *r,
				struct arena *a)
{
	bool all_of = r->alternatives_needed == r->alternatives;
	const char *all =
		r->routes ? "one of these by itself: "
		: r->alternatives_needed == 1 || all_of
			? ""
			: arena_printf(a, "%d of these: ", r->alternatives_needed);

	for (int i = 1; i <= r->alternatives; i++) {
		const struct rule *one = r + i;
		const char *of = rules_where_words(rules, one, a);
		all = arena_printf(a, "%s%s%s%s%s%s", all,
				   i == 1			 ? ""
				   : all_of			 ? ", and "
				   : r->alternatives_needed == 1 ? ", or "
								 : "; ",
				   rules_words(rules, one, NULL, a), *of ? " (" : "", of,
				   *of ? ")" : "");
	}
	return all;
}

/* "; 3 sh renew it for 1 year" */
static const char *part(const struct ruleset *rules, const struct rule *r,
			struct arena *a)
{
	return r->part ? arena_printf(a, "; %s renew it for %s",
				      rules_short_words(rules, r->part, a),
				      texts_span(a, r->part_months))
		       : "";
}

static const char *need_words(const struct ruleset *rules, const struct rule *r,
			      const struct rule_numbers *known, struct arena *a)
{
	if (r->alternatives)
		return arena_printf(a, "%s%s", alternatives(rules, r, a),
				    part(rules, r, a));
	return arena_printf(
		a, "%s %s%s%s%s%s", rules_amount_words(rules, r, known, a),
		rules_window_words(&r->window, a),
		r->on_top ? ", on top of the total" : "", r->by_day ? ", by " : "",
		r->by_day ? words_of_date(r->by_day, a) : "", part(rules, r, a));
}

const char *rules_words(const struct ruleset *rules, const struct rule *r,
			const struct rule_numbers *known, struct arena *a)
{
	switch (r->verb) {
	case RULE_NEED:
		return need_words(rules, r, known, a);
	case RULE_LIMIT:
		return arena_printf(
			a, "at most %s %s%s%s", rules_amount_words(rules, r, known, a),
			rules_window_words(&r->window, a),
			r->toward == NO_RULE ? "" : " toward ",
			r->toward == NO_RULE ? "" : rules_name(&rules->rules[r->toward]));
	case RULE_CREDIT:
		return words_of_worth(rules, &r->worth, a);
	case RULE_CARRY:
		return words_of_carry(rules, r, a);
	case RULE_ADJUST:
		return words_of_adjust(rules, r->adjust, a);
	case RULE_DUTY:
		return words_of_duty(r->duty, a);
	default:
		return "";
	}
}

const char *rules_name(const struct rule *r)
{
	return r->title ? r->title : r->id;
}
