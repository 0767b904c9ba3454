/* What a change of activities answers, and an activity in full. */
#include "client/show/answers.h"

#include "client/term/text.h"

enum {
	BRIEF_MOST = 12, /* activities of one change that are shown one by one */
	FIELD_LABEL = 9, /* "provider", "evidence", "first day" */
};

static const char *number_text(const struct show *v, const struct activity *a)
{
	return arena_printf(v->s.a, "#%lld", (long long)a->id);
}

/* "#212  Fri 13 Mar 2026   2.5 h   Teaching with primary sources"; returns where the title began. */
static int show_first_line(const struct show *v, const struct activity *a)
{
	const char *number = number_text(v, a);
	int hang = text_width(number) + 2;
	const struct piece pieces[] = {
		{.text = number},
		{.text = show_weekday(v, a->done_on), .gap = 2},
		{.text = show_credit(v, a->credit), .gap = 3},
	};

	int at =
		screen_pieces(&v->s, 0, hang, pieces, sizeof(pieces) / sizeof(pieces[0]));
	screen_beside(&v->s, at, 3, hang, a->title);
	return hang;
}

static void append(const struct show *v, const char **line, const char *text)
{
	if (text && *text)
		*line = **line ? arena_printf(v->s.a, "%s%s%s", *line, screen_dot(&v->s),
					      text)
			       : text;
}

/* Whatever else was given, in the order in which a person would say it. */
static void show_second_line(const struct show *v, const struct activity *a, int indent)
{
	const char *line = "";

	append(v, &line, a->planned > 0 ? "planned" : NULL);
	append(v, &line, a->provider);
	append(v, &line, show_texts(v, &a->topics, ", "));
	append(v, &line, a->kind);
	append(v, &line, a->format);
	append(v, &line, a->role);
	append(v, &line, a->approval);
	append(v, &line, a->course ? arena_printf(v->s.a, "course %s", a->course) : NULL);
	append(v, &line,
	       a->split.n
		       ? arena_printf(v->s.a, "of it %s", show_texts(v, &a->split, ", "))
		       : NULL);
	append(v, &line, a->duty > 0 ? "in duty time" : NULL);
	if (a->only.n)
		append(v, &line,
		       arena_printf(v->s.a, "counts for %s only",
				    show_texts(v, &a->only, ", ")));
	if (a->except.n)
		append(v, &line,
		       arena_printf(v->s.a, "not for %s",
				    show_texts(v, &a->except, ", ")));
	if (a->from != DATE_NONE)
		append(v, &line,
		       arena_printf(v->s.a, "since %s", show_weekday(v, a->from)));
	append(v, &line, a->evidence.n ? show_texts(v, &a->evidence, ", ") : NULL);
	if (!*line)
		return;
	text_space(v->s.out, indent);
	screen_text(&v->s, indent, indent, line);
}

void show_activity_head(const struct show *v, const struct activity *a)
{
	show_second_line(v, a, show_first_line(v, a));
}

/* Few activities line by line, many as a range. */
static void show_changed_activities(const struct show *v, const struct activity *a,
				    size_t n)
{
	if (n > BRIEF_MOST) {
		screen_line(&v->s, "%zu entries (#%lld to #%lld)", n, (long long)a[0].id,
			    (long long)a[n - 1].id);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		int indent = show_first_line(v, &a[i]);
		if (n == 1)
			show_second_line(v, &a[i], indent);
	}
}

static bool has(const struct texts *t, const char *word)
{
	for (size_t i = 0; i < t->n; i++)
		if (show_is(t->v[i], word))
			return true;
	return false;
}

/* Whether the person said of each activity that it is not for this credential. */
static bool is_kept_from(const struct logged *r, const char *alias)
{
	for (size_t i = 0; i < r->activities.n; i++) {
		const struct activity *a = &r->activities.v[i];
		if (!(a->only.n && !has(&a->only, alias)) && !has(&a->except, alias))
			return false;
	}
	return r->activities.n > 0;
}

/* What the person has just said themselves is no news. */
static void show_news(const struct show *v, const struct logged *r)
{
	struct effect *news = arena_array(v->s.a, r->effects.n + 1, sizeof(*news));
	size_t n = 0;

	for (size_t i = 0; i < r->effects.n; i++) {
		const struct effect *e = &r->effects.v[i];
		if (e->added.exact || !is_kept_from(r, e->alias))
			news[n++] = *e;
	}
	if (n)
		screen_end(&v->s);
	show_effects(v, news, n);
}

void show_logged(const struct show *v, const struct logged *r)
{
	show_changed_activities(v, r->activities.v, r->activities.n);
	show_notes(v, &r->notes);
	show_news(v, r);
	show_undo_hint(v, r->dry_run > 0, r->op);
}

void show_timed(const struct show *v, const struct timed *r)
{
	if (r->running)
		show_running(v, r->running);
	show_undo_hint(v, r->dry_run > 0, r->op);
}

/* Nothing is logged of what was discarded. */
void show_timer_stopped(const struct show *v, const struct logged *r)
{
	if (r->activities.n) {
		show_logged(v, r);
		return;
	}
	show_notes(v, &r->notes);
	show_undo_hint(v, r->dry_run > 0, r->op);
}

void show_removed(const struct show *v, const struct logged *r)
{
	screen_line(&v->s, r->dry_run > 0 ? "Would remove" : "Removed");
	show_changed_activities(v, r->activities.v, r->activities.n);
	show_notes(v, &r->notes);
	show_effects(v, r->effects.v, r->effects.n);
	show_undo_hint(v, r->dry_run > 0, r->op);
}

static void show_edited_entry(const struct show *v, const struct edited_entry *one)
{
	const struct activity a = {.id = one->id};
	const char *number = number_text(v, &a);

	text_put(v->s.out, number);
	text_space(v->s.out, 2);
	show_differences(v, text_width(number) + 2, one->changed.v, one->changed.n);
}

/* The first and last of many tell what becomes of all of them. */
static void show_edited_entries(const struct show *v, const struct edited *r)
{
	enum { SHOWN = 20, LAST = 3 };

	for (size_t i = 0; i < r->entries.n; i++) {
		if (r->entries.n > SHOWN && i == SHOWN - LAST) {
			screen_line(&v->s, "... and %zu more", r->entries.n - SHOWN);
			i = r->entries.n - LAST;
		}
		show_edited_entry(v, &r->entries.v[i]);
	}
}

void show_edited(const struct show *v, const struct edited *r)
{
	const char *number = r->activity ? number_text(v, r->activity) : "";

	if (r->entries.n) {
		show_edited_entries(v, r);
	} else if (r->changed.n == 0) {
		show_as_it_was(v, number, r->op);
		if (r->op == INT_NONE)
			return;
	} else {
		text_put(v->s.out, number);
		text_space(v->s.out, 2);
		show_differences(v, text_width(number) + 2, r->changed.v, r->changed.n);
	}
	show_notes(v, &r->notes);
	show_effects(v, r->effects.v, r->effects.n);
	show_undo_hint(v, r->dry_run > 0, r->op);
}

/* ---- pdh show ----------------------------------------------------------------------------------- */

static void show_counts(const struct show *v, const struct activity *a)
{
	int alias = 0, amount = 0;

	for (size_t i = 0; i < a->counts.n; i++) {
		int w = text_width(text_safe(v->s.t, v->s.a, a->counts.v[i].alias));
		alias = w > alias ? w : alias;
		w = text_width(show_credit(v, a->counts.v[i].counted));
		amount = w > amount ? w : amount;
	}
	for (size_t i = 0; i < a->counts.n; i++) {
		const struct count *c = &a->counts.v[i];
		const struct piece pieces[] = {
			{.text = i ? "" : "counts", .width = FIELD_LABEL},
			{.text = c->alias, .width = alias, .gap = 2},
			{.text = show_credit(v, c->counted),
			 .width = amount,
			 .gap = 3,
			 .right = true},
		};
		text_space(v->s.out, SHOW_INDENT);
		int at = screen_pieces(&v->s, SHOW_INDENT, 2 * SHOW_INDENT, pieces,
				       sizeof(pieces) / sizeof(pieces[0]));
		screen_beside(&v->s, at, 3, 2 * SHOW_INDENT, c->why);
	}
}

static void show_activity(const struct show *v, const struct activity *a)
{
	const struct screen *s = &v->s;

	show_first_line(v, a);
	screen_field(s, FIELD_LABEL, "planned",
		     a->planned > 0 ? "yes; it counts for nothing yet" : NULL);
	screen_field(s, FIELD_LABEL, "first day", show_weekday(v, a->from));
	screen_field(s, FIELD_LABEL, "kind", a->kind);
	screen_field(s, FIELD_LABEL, "delivery", a->format);
	screen_field(s, FIELD_LABEL, "role", a->role);
	screen_field(s, FIELD_LABEL, "topics", show_texts(v, &a->topics, ", "));
	screen_field(s, FIELD_LABEL, "split", show_texts(v, &a->split, ", "));
	screen_field(s, FIELD_LABEL, "provider", a->provider);
	screen_field(s, FIELD_LABEL, "number", a->provider_id);
	screen_field(s, FIELD_LABEL, "place", a->place);
	screen_field(s, FIELD_LABEL, "approval", a->approval);
	screen_field(s, FIELD_LABEL, "course", a->course);
	screen_field(s, FIELD_LABEL, "duty", a->duty > 0 ? "done in duty time" : NULL);
	screen_field(s, FIELD_LABEL, "only for", show_texts(v, &a->only, ", "));
	screen_field(s, FIELD_LABEL, "not for", show_texts(v, &a->except, ", "));
	screen_field(s, FIELD_LABEL, "evidence", show_texts(v, &a->evidence, ", "));
	screen_field(s, FIELD_LABEL, "from", show_texts(v, &a->imported, "\n"));
	screen_field(s, FIELD_LABEL, "board", show_texts(v, &a->standing, "\n"));
	screen_field(s, FIELD_LABEL, "note", a->note);
	show_counts(v, a);
}

void show_activities(const struct show *v, const struct listed *r)
{
	for (size_t i = 0; i < r->activities.n; i++) {
		if (i)
			screen_end(&v->s);
		show_activity(v, &r->activities.v[i]);
	}
}
