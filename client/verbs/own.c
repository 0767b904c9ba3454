#include "client/help/complete.h"
#include "client/help/help.h"
#include "client/help/man.h"
#include "client/out/rows.h"
#include "client/out/schema.h"
#include "client/show/event.h"
#include "client/verbs/doctor.h"
#include "client/verbs/prompt.h"
#include "client/verbs/rules_edit.h"
#include "client/verbs/run_parts.h"
#include "client/verbs/stop.h"
#include "client/verbs/watch.h"
#include "common/clock.h"
#include "common/paths.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

enum { PROMPT_MS = 500 }; /* nobody waits longer for a prompt, or with a tab */

int own_version(struct run *r)
{
	struct version version = {.version = PDH_VERSION, .level = PDH_API_LEVEL};

	return output_give_local(r, &version);
}

int own_help(struct run *r)
{
	const struct help_params *p = r->command->params;
	int s = 0;

	if (r->o->man)
		man_print(stdout);
	else if (r->o->markdown)
		man_print_markdown(stdout);
	else if (p->words.n)
		s = help_words(&p->words, &r->term, stdout, r->e);
	else
		help_bare(&r->term, true, stdout);
	return s < 0 ? s : output_finish(r);
}

int own_completion(struct run *r)
{
	const struct completion_params *p = r->command->params;
	int s = complete_script(p->shell, stdout, r->e);

	return s < 0 ? s : output_finish(r);
}

/* Values in use, where a daemon runs that answers at once. */
static void add_in_use(struct run *r, const char *source, struct completion *c)
{
	const struct word_list_params p = {.of = source, .about = c->about};
	struct arena *a = r->c->arena;
	struct answer ans;

	r->call.may_spawn = false;
	if (r->call.peer.timeout_ms > PROMPT_MS)
		r->call.peer.timeout_ms = PROMPT_MS;
	if (call_method(&r->call, &api_methods[METHOD_word_list], &p, false, &ans, r->e) <
	    0)
		return;
	const struct words *in_use = ans.record;
	for (size_t i = 0; i < in_use->words.n; i++) {
		const struct word *w = &in_use->words.v[i];
		complete_add(c, arena_dup(a, w->value),
			     arena_dup(a, w->about ? w->about : ""), a);
	}
	answer_done(&ans);
}

/* "generic" of generic.yaml, of each folder of layouts. */
static void add_layouts(struct run *r, struct completion *c)
{
	struct pack_layer folders[PATH_PACK_LAYERS];
	struct arena *a = r->c->arena;

	if (path_layouts(a, folders, r->e) < 0)
		return;
	for (size_t i = 0; i < PATH_PACK_LAYERS; i++) {
		DIR *d = opendir(folders[i].folder);
		const struct dirent *f;
		while (d && (f = readdir(d))) {
			const char *end = strstr(f->d_name, ".yaml");
			if (end && end > f->d_name && !end[5])
				complete_add(c,
					     arena_dup_n(a, f->d_name,
							 (size_t)(end - f->d_name)),
					     NULL, a);
		}
		if (d)
			(void)closedir(d);
	}
}

/* What --json= takes: the fields of a row. */
static void add_columns(struct run *r, struct completion *c)
{
	const struct shape *row = c->columns ? rows_shape(c->columns->result) : NULL;

	for (size_t i = 0; row && i < row->n; i++)
		complete_add(c, row->fields[i].name, row->fields[i].doc, r->c->arena);
}

int own_complete(struct run *r)
{
	const struct complete_params *p = r->command->params;
	struct completion c;

	complete_words(&p->words, r->c->arena, &c);
	for (size_t i = 0; i < sizeof(c.sources) / sizeof(c.sources[0]); i++)
		if (c.sources[i])
			add_in_use(r, c.sources[i], &c);
	if (c.layouts)
		add_layouts(r, &c);
	add_columns(r, &c);
	if (c.files) {
		c.prefix = c.suffix = c.typed = "";
		complete_add(&c, ":files", NULL, r->c->arena);
	}
	struct words words = {.words = {.n = c.n, .v = c.words}};
	return output_give_local(r, &words);
}

int own_checkup(struct run *r)
{
	struct checkup checkup = {0};

	doctor_look(&r->call, r->c->arena, &checkup);
	return output_give_local(r, &checkup);
}

/* A prompt is drawn whatever happens: where nobody can tell there is nothing to say. */
int own_prompt(struct run *r)
{
	struct prompt prompt;
	struct answer ans;

	shape_none(&shape_prompt, &prompt);
	if (prompt_read(path_line(r->c->arena, r->call.peer.path), r->c->today,
			r->c->arena, &prompt))
		return output_give_local(r, &prompt);
	r->call.may_spawn = false;
	if (r->call.peer.timeout_ms > PROMPT_MS)
		r->call.peer.timeout_ms = PROMPT_MS;
	if (call_method(&r->call, r->command->method, r->command->params, false, &ans,
			r->e) == 0)
		return output_give(r, &ans);
	return output_give_local(r, &prompt);
}

/* The day stands above its events. */
static void print_day(const struct run *r, const struct event *event, civil_day *last)
{
	civil_day day = clock_day_of(event->at);
	const struct screen s = {
		.t = &r->term, .a = r->c->arena, .out = stdout, .width = r->term.width};

	if (r->o->output == OUTPUT_PEOPLE && day != *last)
		show_event_day(&s, event->at);
	*last = day;
}

struct watched {
	struct run *run;
	civil_day day;
};

/* Nobody reads any more is no failure of a command that never ends by itself. */
static int give_event(void *data, const struct answer *ans, struct arena *a,
		      struct err *e)
{
	struct watched *w = data;
	struct kind_context c = *w->run->c;
	struct run r = *w->run;

	c.arena = a;
	r.c = &c;
	r.e = e;
	print_day(&r, ans->record, &w->day);
	int s = output_print(&r, ans);
	w->run->command->options.header = false;
	if (s < 0)
		return errno == EPIPE ? 1 : s;
	return r.o->once;
}

int own_events(struct run *r)
{
	struct watched w = {r, DATE_NONE};

	return watch(&r->call, r->command->params, give_event, &w, r->e);
}

int own_edited(struct run *r)
{
	struct pack_edited edited;

	shape_none(&shape_pack_edited, &edited);
	int s = rules_edit(&r->call, r->command->params,
			   questions_may_ask(r) && r->term.tty, &edited, r->e);
	return s < 0 ? s : output_give_local(r, &edited);
}

int own_schemas(struct run *r)
{
	int s = schema_write(r->o->schema, stdout, r->c->arena, r->e);

	return s < 0 ? s : output_finish(r);
}

/* Stopping what does not run is no failure: there is nothing more to do. */
int own_stopped(struct run *r)
{
	struct answer ans;
	int s = stop_daemon(&r->call, &ans, r->e);

	return s < 0 ? s : output_give(r, &ans);
}
