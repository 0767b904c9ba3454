/* The verb pdh query. */
#include "client/cli/blame.h"
#include "client/verbs/query.h"
#include "client/verbs/run_parts.h"
#include "common/views.h"

static int check(const struct query_params *p, const struct options *o, struct err *e)
{
	if (o->output == OUTPUT_TEMPLATE)
		return err_set(e, -PDH_USAGE, NULL,
			       "the SQL of a query shapes its rows; --format does not go "
			       "with it");
	if (o->json_fields)
		return err_set(
			e, -PDH_USAGE, NULL,
			"the SQL of a query chooses its columns; say --json alone");
	if (p->csv > 0 && o->output != OUTPUT_PEOPLE)
		return err_set(e, -PDH_USAGE, "csv",
			       "is a form of its own, beside --json and --plain");
	if (p->csv > 0 && !p->sql)
		return err_set(e, -PDH_USAGE, "csv", "goes with SQL");
	return 0;
}

/* Without SQL: what there is. */
static int list_views(struct run *r)
{
	struct queried q;

	shape_none(&shape_queried, &q);
	q.views.n = VIEW_COUNT;
	q.views.v = arena_array(r->c->arena, VIEW_COUNT, sizeof(*q.views.v));
	for (size_t i = 0; i < VIEW_COUNT; i++) {
		struct query_view *v = &q.views.v[i];
		v->name = views[i].name;
		v->doc = views[i].doc;
		v->columns.n = views[i].n;
		v->columns.v =
			arena_array(r->c->arena, views[i].n, sizeof(*v->columns.v));
		for (size_t k = 0; k < views[i].n; k++) {
			const struct view_column *c = &views[i].columns[k];
			v->columns.v[k] = (struct query_column){
				.name = c->name, .type = c->type, .doc = c->doc};
		}
	}
	return output_give_local(r, &q);
}

/* The records of the home, or those of the daemon whose socket alone was named. */
static int find_database(struct run *r, const char **ret)
{
	struct answer ans;

	*ret = r->call.find.database;
	if (r->call.find.meant.path)
		return 0;
	int s = call_method(&r->call, &api_methods[METHOD_daemon_status], NULL, false,
			    &ans, r->e);
	if (s < 0)
		return s;
	*ret = arena_dup(r->c->arena,
			 ((const struct daemon_status *)ans.record)->database);
	answer_done(&ans);
	return 0;
}

static void print(struct run *r, const struct query_answer *q)
{
	const struct query_params *p = r->command->params;

	if (p->csv > 0)
		query_print_csv(q, r->c->arena, stdout);
	else if (r->o->output == OUTPUT_JSON)
		query_print_json(q, r->c->arena, stdout);
	else if (r->o->output == OUTPUT_PLAIN)
		query_print_plain(q, r->o->header, r->c->arena, stdout);
	else
		query_print_table(q, &r->term, r->c->arena, stdout);
}

int own_query(struct run *r)
{
	const struct query_params *p = r->command->params;
	struct query_answer q;
	const char *database;

	int s = check(p, r->o, r->e);
	if (s == 0 && !p->sql)
		return list_views(r);
	if (s == 0)
		s = find_database(r, &database);
	if (s == 0)
		s = query_ask(database, p->sql, r->c->arena, &q, r->e);
	if (s < 0) {
		blame_daemon(r->e, r->command->method);
		return s;
	}
	print(r, &q);
	s = output_finish(r);
	if (s == 0 && r->o->fail_empty && json_array_size(q.rows) == 0)
		s = EXIT_NOT_FOUND;
	query_done(&q);
	return s;
}
