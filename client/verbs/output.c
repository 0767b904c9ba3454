#include "client/out/plain.h"
#include "client/out/rows.h"
#include "client/show/bars.h"
#include "client/show/show.h"
#include "client/verbs/run_parts.h"

#include <errno.h>
#include <string.h>

static bool changes_something(const struct run *r)
{
	return (r->command->method->access == ACCESS_WRITE || r->o->save) &&
	       !r->o->dry_run;
}

static int prepare_bar(struct run *r)
{
	r->bar = bars_find(r->o->format, r->e);
	if (!r->bar)
		return r->e->code;
	if (run_is(r, METHOD_status_get))
		return 0;
	return err_set(r->e, -PDH_USAGE, NULL, "--format %.20s goes with pdh status",
		       r->o->format);
}

/* What shapes the answer is checked before anything is done. */
int output_prepare(struct run *r)
{
	const struct shape *result = r->command->method->result;

	if (r->o->output == OUTPUT_JSON)
		return json_pick_read(r->o->json_fields, result, &r->pick, r->e);
	if (r->o->output == OUTPUT_TEMPLATE && r->o->format[0] == '@')
		return prepare_bar(r);
	if (r->o->output == OUTPUT_TEMPLATE)
		return template_read(r->o->format, result, r->c->arena, &r->template,
				     r->e);
	return 0;
}

/* Whatever was printed has arrived, or an error says that it has not. */
int output_finish(const struct run *r)
{
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	/* What failed before this last piece left no number. */
	err_set(r->e, -PDH_FAILED, NULL, "the answer cannot be written%s%s",
		errno ? ": " : "", errno ? strerror(errno) : "");
	if (changes_something(r))
		err_hint(r->e, "what was asked for is stored; pdh history shows it");
	return -PDH_FAILED;
}

static void print_bar(const struct run *r, const struct status *status)
{
	/* A bar is no terminal, whatever it gives for one. */
	const struct term bar = {.utf8 = r->term.utf8, .width = TERM_WIDTH_MAX};
	const struct show v = {
		.s = {.t = &bar, .a = r->c->arena, .out = stdout, .width = bar.width},
		.m = r->command->method,
		.today = r->c->today,
	};

	bars_print(r->bar, &v, status);
}

int output_print(struct run *r, const struct answer *ans)
{
	const struct shape *result = ans->method->result;

	switch (r->o->output) {
	case OUTPUT_JSON:
		json_print(ans, &r->pick, stdout);
		break;
	case OUTPUT_PLAIN:
		plain_print(result, ans->record, r->o->header, r->c->arena, stdout);
		break;
	case OUTPUT_TEMPLATE:
		if (r->bar)
			print_bar(r, ans->record);
		else
			template_print(&r->template, ans->record, r->c->arena, stdout);
		break;
	case OUTPUT_PEOPLE:
		(void)show_answer(ans->method, r->command->params, ans->record, r->o,
				  &r->term, stdout);
		break;
	}
	return output_finish(r);
}

static int worst_check(const struct status *status)
{
	int64_t worst = 0;

	for (size_t i = 0; i < status->credentials.n; i++)
		if (status->credentials.v[i].check > worst)
			worst = status->credentials.v[i].check;
	return (int)worst;
}

static int exit_status(const struct run *r, const struct answer *ans)
{
	const struct course *course = run_course(r);
	struct rows rows;

	if (course && course->status)
		return course->status(ans->record);
	if (r->o->check)
		return worst_check(ans->record);
	rows_of(ans->method->result, ans->record, &rows);
	return r->o->fail_empty && rows.n == 0 ? EXIT_NOT_FOUND : 0;
}

int output_give(struct run *r, struct answer *ans)
{
	int s = output_print(r, ans);

	if (s == 0)
		s = exit_status(r, ans);
	answer_done(ans);
	return s;
}

int output_give_local(struct run *r, void *record)
{
	struct answer ans;

	answer_local(r->command->method, record, r->c->arena, &ans);
	return output_give(r, &ans);
}
