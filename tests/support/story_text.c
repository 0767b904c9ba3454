#include "tests/support/story.h"

/* ---- as a pack ---------------------------------------------------------------------------- */

static const char *const level_words[] = {"", ", level: should", ", level: unsure"};

static const char *topics_text(unsigned topics, struct arena *a)
{
	const char *text = "";

	for (unsigned t = 0; t < STORY_TOPICS; t++)
		if (topics >> t & 1)
			text = arena_printf(a, "%s%s%c", text, *text ? ", " : "",
					    (int)('a' + t));
	return text;
}

static const char *where_text(const struct story_where *w, struct arena *a)
{
	const char *text = "";

	if (w->topics)
		text = arena_printf(a, "topic: [%s]", topics_text(w->topics, a));
	if (w->kind)
		text = arena_printf(a, w->other ? "%s%snot: {kind: %c}" : "%s%skind: %c",
				    text, *text ? ", " : "", w->kind);
	return *text ? arena_printf(a, ", where: {%s}", text) : "";
}

static const char *day_text(civil_day day, struct arena *a)
{
	char text[DATE_ISO_SIZE];

	date_format_iso(day, text);
	return arena_dup(a, text);
}

static const char *ending_text(const struct story_window *w, struct arena *a)
{
	return arena_printf(a, ", window: each %s year ending in period%s",
			    w->kind == WINDOW_EACH_SCHOOL ? "school" : "calendar",
			    w->after_issue ? " after year of issue" : "");
}

static const char *window_text(const struct story_window *w, struct arena *a)
{
	if (w->ending)
		return ending_text(w, a);
	switch (w->kind) {
	case WINDOW_EACH_YEAR:
		return ", window: each year";
	case WINDOW_EACH_CALENDAR:
		return ", window: each calendar year";
	case WINDOW_EACH_SCHOOL:
		return ", window: each school year";
	case WINDOW_LAST:
		return arena_printf(a, ", window: last %d months", w->months);
	case WINDOW_LAST_TO_NOW:
		return arena_printf(a, ", window: last %d months to now", w->months);
	case WINDOW_BEFORE:
		return arena_printf(a, ", window: before %d months", w->months);
	case WINDOW_FIXED:
		return arena_printf(a, ", window: %s to %s", day_text(w->fixed.from, a),
				    day_text(w->fixed.to, a));
	case WINDOW_SINCE_ISSUE:
		return ", window: since issue";
	case WINDOW_EVER:
		return ", window: ever";
	default:
		return "";
	}
}

static const char *quarters_text(int quarters, struct arena *a)
{
	return arena_printf(a, "%d.%02d", quarters / 4, quarters % 4 * 25);
}

static const char *credit_text(const struct story_rule *r, struct arena *a)
{
	static const char *const rounds[] = {"down", "up", "nearest"},
				 *const once_words[] = {"", "course", "kind", "provider",
							"activity"};
	const char *text = "";

	if (r->gate)
		return "{unless: {approval: refused}}";
	if (r->once)
		return arena_printf(a, "{%sonce: %s in period}",
				    r->fixed ? arena_printf(a, "fixed: %d, ", r->fixed)
					     : "",
				    once_words[r->once]);
	if (r->fixed)
		return arena_printf(a, "{fixed: %d}", r->fixed);
	if (r->times_den)
		return r->times_num ? arena_printf(a, "{times: %d/%d}", r->times_num,
						   r->times_den)
				    : "0";
	if (r->quarters_least)
		text = arena_printf(a, "%s, least: %s", text,
				    quarters_text(r->quarters_least, a));
	if (r->quarters_floor)
		text = arena_printf(a, "%s, floor: %s", text,
				    quarters_text(r->quarters_floor, a));
	if (r->quarters_most)
		text = arena_printf(a, "%s, most: %s", text,
				    quarters_text(r->quarters_most, a));
	if (r->quarters_step)
		text = arena_printf(a, "%s, step: {to: %s, round: %s}", text,
				    quarters_text(r->quarters_step, a), rounds[r->round]);
	if (r->per_provider)
		text = arena_printf(a, "%s, per: provider", text);
	return arena_printf(a, "{%s}", text + 2);
}

static const char *carry_text(const struct story_rule *r, struct arena *a)
{
	const char *text = "";

	if (r->most >= 0)
		text = arena_printf(a, "%s, most: %d", text, r->most);
	if (r->earned)
		text = arena_printf(a, "%s, earned: last %d months", text, r->earned);
	if (r->part_most >= 0)
		text = arena_printf(a, "%s, parts: [{where: {kind: x}, most: %d}]", text,
				    r->part_most);
	return *text ? arena_printf(a, "{%s}", text + 2) : "{}";
}

const char *story_id(const struct story *s, int rule, struct arena *a)
{
	return rule == s->total ? "total" : arena_printf(a, "r%d", rule);
}

static const char *year_table(const struct story *s, const struct story_rule *r,
			      struct arena *a)
{
	int year, unused;

	date_split(s->period.to, &year, &unused, &unused);
	return arena_printf(a,
			    "{by: year of expiry, table: {%d: %d, %d: %d, otherwise: 1}}",
			    year - 1, r->hours + 1, year, r->hours);
}

static const char *amount_text(const struct story *s, const struct story_rule *r,
			       struct arena *a)
{
	if (r->verb == RULE_NEED && r->measure == MEASURE_ACTIVITIES)
		return arena_printf(a, "{activities: %d}", r->hours);
	if (r->verb == RULE_NEED && r->measure == MEASURE_DISTINCT)
		return arena_printf(a, "{distinct topic: %d}", r->hours);
	if (r->by_year)
		return year_table(s, r, a);
	if (!r->percent)
		return arena_printf(a, "%d", r->hours);
	return arena_printf(a, "%d%% of %s", r->percent,
			    r->of == OF_REQUIRED  ? "required"
			    : r->of == OF_COUNTED ? "counted"
						  : story_id(s, r->need, a));
}

static const char *alternatives_text(const struct story *s, int i, struct arena *a)
{
	const struct story_rule *r = &s->rules[i];
	const char *text = "";

	for (int k = i + 1; k <= i + r->alternatives; k++)
		text = arena_printf(a, "%s%s{need: %s%s}", text, *text ? ", " : "",
				    amount_text(s, &s->rules[k], a),
				    where_text(&s->rules[k].where, a));
	return r->needed == 1
		       ? arena_printf(a, "{any of: [%s]}", text)
		       : (r->needed == r->alternatives
				  ? arena_printf(a, "{all of: [%s]}", text)
				  : arena_printf(a, "{%d of: [%s]}", r->needed, text));
}

static const char *adjust_text(const struct story_rule *r, struct arena *a)
{
	if (r->active_of)
		return arena_printf(a, "{scale: months active of %d}", r->active_of);
	return arena_printf(
		a, "{less: {each: %d, of: work, is: %d%s}}", r->less_each, r->less,
		r->less_most ? arena_printf(a, ", most: %d", r->less_most) : "");
}

static const char *verb_text(const struct story *s, int i, struct arena *a)
{
	const struct story_rule *r = &s->rules[i];

	switch (r->verb) {
	case RULE_NEED:
		return arena_printf(a, "need: %s%s%s%s",
				    r->alternatives ? alternatives_text(s, i, a)
						    : amount_text(s, r, a),
				    r->exclusive ? ", exclusive: g" : "",
				    r->on_top ? ", on top: yes" : "",
				    r->due ? ", due: period end - 3 months" : "");
	case RULE_LIMIT:
		return arena_printf(a, "limit: %s%s", amount_text(s, r, a),
				    r->toward < 0
					    ? ""
					    : arena_printf(a, ", toward: %s",
							   story_id(s, r->toward, a)));
	case RULE_CREDIT:
		return arena_printf(a, "credit: %s", credit_text(r, a));
	case RULE_CARRY:
		return arena_printf(a, "carry: %s", carry_text(r, a));
	case RULE_ADJUST:
		return arena_printf(a, "adjust: %s", adjust_text(r, a));
	default:
		break;
	}
	return "duty: finish, due: period end, late: {until: period end + 3 months, "
	       "fill: previous}";
}

static const char *rule_text(const struct story *s, int i, struct arena *a)
{
	const struct story_rule *r = &s->rules[i];
	const char *days = "";

	if (r->from != DATE_NONE)
		days = arena_printf(a, ", from: %s, by: activity", day_text(r->from, a));
	else if (r->until != DATE_NONE)
		days = arena_printf(a, ", until: %s, by: activity",
				    day_text(r->until, a));
	return arena_printf(a, "  - {id: %s, %s%s%s%s%s}\n", story_id(s, i, a),
			    verb_text(s, i, a), where_text(&r->where, a),
			    window_text(&r->window, a), days,
			    level_words[r->unsure ? 2 : r->should]);
}

const char *story_pack(const struct story *s, struct arena *a)
{
	const char *text =
		"pack: p\nversion: 1\ntitle: P\nunit: hour\nkinds: [x, y]\n"
		"units: {hour: 60 min, semester hour: 3}\n"
		"facts: {work: {type: number, ask: How many years?}}\nrules:\n";

	for (int i = 0; i < s->n; i++)
		if (!s->rules[i].is_alternative)
			text = arena_printf(a, "%s%s", text, rule_text(s, i, a));
	return s->n ? text
		    : arena_printf(a, "%s  - {id: nothing, credit: {times: 1}}\n", text);
}

/* ---- as entries --------------------------------------------------------------------------- */

static const char *letter(char c, struct arena *a)
{
	return c ? arena_printf(a, "%c", c) : NULL;
}

static uint32_t class_of(const struct story_entry *e, unsigned set,
			 struct classes *classes, struct arena *a)
{
	struct texts topics = {0, arena_array(a, STORY_TOPICS, sizeof(char *))};

	for (unsigned t = 0; t < STORY_TOPICS; t++)
		if (set >> t & 1)
			topics.v[topics.n++] = letter((char)('a' + t), a);
	return classes_of(classes, &(struct entry_words){
					   .kind = letter(e->kind, a),
					   .provider = letter(e->provider, a),
					   .course = letter(e->course, a),
					   .approval = e->refused ? "refused" : NULL,
					   .origin = e->carried ? "carried" : NULL,
					   .unit = "hour",
					   .topics = classes_topics(&topics, a),
				   });
}

size_t story_entries(const struct story *s, struct classes *classes, struct entry *ret,
		     struct arena *a)
{
	size_t n = 0;

	for (int i = 0; i < s->entry_count; i++) {
		const struct story_entry *e = &s->entries[i];
		for (int k = 0; k < e->n; k++)
			ret[n++] = (struct entry){
				.id = i + 1,
				.amount = e->parts[k].quarters * (CREDIT_ONE / 4),
				.done_on = e->day,
				.unit = e->carried ? UNIT_CARRIED : e->unit,
				.class = class_of(e, e->parts[k].topics, classes, a),
			};
	}
	return n;
}
