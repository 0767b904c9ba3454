#include "client/verbs/near.h"

#include "client/term/screen.h"
#include "client/verbs/run_parts.h"
#include "common/filter.h"
#include "common/similar.h"

#include <string.h>

/* Lists of word.list, by what a filter asks for. */
static const struct {
	enum filter_text text;
	const char *source, *name;
} lists[] = {{FILTER_TOPICS, "topic", "topic"},
	     {FILTER_KIND, "word", "kind"},
	     {FILTER_FORMAT, "format", "format"},
	     {FILTER_ROLE, "role", "role"},
	     {FILTER_PROVIDER, "provider", "provider"}};

/* The word of a list that was probably meant; NULL: it is one, or none is near. */
static const char *near_of(struct run *r, const char *source, const char *folded,
			   bool part)
{
	const struct word_list_params p = {.of = source};
	struct arena *a = r->c->arena;
	struct answer ans;
	struct err ignored;

	if (call_method(&r->call, &api_methods[METHOD_word_list], &p, false, &ans,
			&ignored) < 0)
		return NULL;
	const struct words *all = ans.record;
	const char **known = arena_array(a, all->words.n + 1, sizeof(*known));
	bool there = false;
	for (size_t i = 0; i < all->words.n; i++) {
		const char *word = similar_fold(all->words.v[i].value, a);
		there |= part ? strstr(word, folded) != NULL : strcmp(word, folded) == 0;
		known[i] = word;
	}
	const char *near = there ? NULL : api_nearest(folded, known, all->words.n);
	for (size_t i = 0; near && i < all->words.n; i++)
		if (strcmp(near, known[i]) == 0)
			near = arena_dup(a, all->words.v[i].value);
	answer_done(&ans);
	return near;
}

static void note(struct run *r, enum filter_text text, const char *folded)
{
	const struct screen s = {.t = &r->questions,
				 .a = r->c->arena,
				 .out = stderr,
				 .width = r->questions.width};

	for (size_t i = 0; folded && i < sizeof(lists) / sizeof(lists[0]); i++) {
		if (lists[i].text != text)
			continue;
		const char *near =
			near_of(r, lists[i].source, folded, text == FILTER_PROVIDER);
		if (near)
			screen_line(&s,
				    "No entry has the %s \"%s\"; did you mean \"%s\"?",
				    lists[i].name, folded, near);
	}
}

static void note_filter(struct run *r, const struct filter_node *f)
{
	if (!f)
		return;
	if (f->type != FILTER_TERM) {
		note_filter(r, f->left);
		if (f->type != FILTER_NOT)
			note_filter(r, f->right);
		return;
	}
	if (f->field == FILTER_FIELD_WORD ||
	    (f->field == FILTER_FIELD_PART && f->text == FILTER_PROVIDER))
		note(r, f->text, f->value);
}

static void note_text(struct run *r, const char *text)
{
	struct filter_node *f;
	struct err ignored;

	if (text &&
	    filter_parse(text, r->c->today, "filter", r->c->arena, &f, &ignored) == 0)
		note_filter(r, f);
}

static const char *folded(const struct run *r, const char *word)
{
	return word && *word ? similar_fold(word, r->c->arena) : NULL;
}

int near_note(struct run *r, struct answer *ans)
{
	const struct listed *listed = ans->record;

	if (listed->activities.n || r->o->output != OUTPUT_PEOPLE || r->o->quiet)
		return 0;
	if (run_is(r, METHOD_activity_search)) {
		const struct activity_search_params *p = r->command->params;
		note_text(r, p->filter);
		return 0;
	}
	const struct activity_list_params *p = r->command->params;
	note(r, FILTER_TOPICS, folded(r, p->topic));
	note(r, FILTER_KIND, folded(r, p->kind));
	note(r, FILTER_PROVIDER, folded(r, p->provider));
	note_text(r, p->filter);
	return 0;
}
