/* pdh report and what is below it: the record is asked for, put into a document, and written. */
#include "client/verbs/paper.h"

#include "client/out/pages.h"
#include "client/show/reports.h"
#include "client/verbs/packet.h"
#include "common/ascii.h"

#include <string.h>

enum {
	WRITTEN = 1 << PAPER_TEXT | 1 << PAPER_MARKDOWN | 1 << PAPER_HTML |
		  1 << PAPER_JSON | 1 << PAPER_PDF, /* what each of them can be */
};

/* Gives the usual answer, or writes the report; the answer is freed. */
static int give(struct run *r, const struct paper_said *said, enum paper_form form,
		struct answer *ans, const struct paper *p)
{
	if (paper_is_usual(r, said, form))
		return output_give(r, ans);
	int s = paper_write(r, said, form, p, r->e);
	answer_done(ans);
	return s < 0 ? s : output_finish(r);
}

/* ---- transcript ------------------------------------------------------------------------- */

static bool is_of_one_record(const struct answer *ans)
{
	const struct transcript *first = ans->record;

	for (size_t i = 0; i < ans->pages_n; i++) {
		const struct transcript *page = ans->pages[i].record;
		if (page->change != first->change)
			return false;
	}
	return true;
}

/* The command's own, or with `same` what that says. */
static int ask_transcript(struct run *r, const struct report_transcript_params *same,
			  struct answer *ans)
{
	for (int i = 0; i < PAGES_TRIES; i++) {
		struct report_transcript_params p =
			same ? *same : (struct report_transcript_params){0};
		const struct pages pages = {
			&r->call, &api_methods[METHOD_report_transcript], &p, PAGES_ALL};
		int s = same ? pages_join(&pages, ans, r->e) : request_send(r, ans);
		if (s < 0 || is_of_one_record(ans))
			return s;
		answer_done(ans);
	}
	return pages_keep_changing(r->e);
}

static void transcript_csv(const struct show *v, const void *record, FILE *out)
{
	reports_transcript_csv(v, record, out);
}

int own_transcript(struct run *r)
{
	const struct report_transcript_params *p = r->command->params;
	const struct paper_said said = {.md = p->md,
					.html = p->html,
					.csv = p->csv,
					.out = p->out,
					.forms = WRITTEN | 1 << PAPER_CSV};
	struct doc doc = {.a = r->c->arena};
	enum paper_form form;
	struct answer ans;

	int s = paper_choose(r, &said, &form, r->e);
	if (s == 0 && request_is_streamed(r))
		return request_stream(r);
	if (s == 0)
		s = ask_transcript(r, NULL, &ans);
	if (s < 0)
		return s;
	const struct show v = paper_show(r, stdout);
	const struct transcript *t = ans.record;
	reports_transcript(&v, t, &doc);
	const struct paper paper = {.ans = &ans,
				    .doc = &doc,
				    .day = t->as_of,
				    .csv = transcript_csv,
				    .brief = reports_transcript_brief(&v, ans.record)};
	return give(r, &said, form, &ans, &paper);
}

/* ---- audit ------------------------------------------------------------------------------ */

static bool is_packet(const char *file)
{
	const char *dot = file ? strrchr(file, '.') : NULL;

	return dot && ascii_same(dot, ".zip");
}

/* The transcript of the same cycle and day. */
static int ask_same(struct run *r, const struct audited *audited, struct answer *ret)
{
	const struct report_audit_params *p = r->command->params;
	struct report_transcript_params same;

	shape_none(&shape_report_transcript_params, &same);
	same.credential = audited->alias;
	same.cycle = p->cycle;
	same.as_of = p->as_of;
	same.reveal = p->reveal;
	return ask_transcript(r, &same, ret);
}

static int pack(struct run *r, const struct answer *ans)
{
	const struct report_audit_params *p = r->command->params;
	struct packet packet = {.audited = ans->record, .out = p->out, .key = p->sign};
	struct answer transcript;
	int s = ask_same(r, ans->record, &transcript);

	if (s < 0)
		return s;
	packet.transcript = &transcript;
	s = packet_write(r, &packet, r->e);
	answer_done(&transcript);
	return s;
}

static void say_packed(const struct run *r, const struct audited *a, const char *out)
{
	const struct screen s = {
		.t = &r->term, .a = r->c->arena, .out = stdout, .width = r->term.width};

	if (r->o->quiet || r->o->output != OUTPUT_PEOPLE)
		return;
	screen_line(&s, "%s: %s", out, packet_bag_name(a, r->c->arena));
	if (a->failing)
		screen_line(
			&s,
			"%lld of %zu entries would fail an audit today: pdh report audit %s",
			(long long)a->failing, a->entries.n, a->alias);
}

int own_audit(struct run *r)
{
	const struct report_audit_params *p = r->command->params;
	struct answer ans;

	if (p->out && !is_packet(p->out))
		return err_set(r->e, -PDH_USAGE, "out",
			       "\"%.100s\" is to end in .zip: a packet is one", p->out);
	if (p->sign && !p->out)
		return err_set(r->e, -PDH_USAGE, "sign",
			       "signs a packet, which -o FILE.zip writes");
	int s = request_send(r, &ans);
	if (s < 0)
		return s;
	if (!p->out)
		return output_give(r, &ans);
	s = pack(r, &ans);
	if (s == 0)
		say_packed(r, ans.record, p->out);
	answer_done(&ans);
	return s < 0 ? s : output_finish(r);
}

/* ---- charts and years ------------------------------------------------------------------- */

int own_chart(struct run *r)
{
	const struct report_chart_params *p = r->command->params;
	const struct paper_said said = {.svg = p->svg,
					.out = p->out,
					.forms = 1 << PAPER_TEXT | 1 << PAPER_JSON |
						 1 << PAPER_SVG};
	struct doc doc = {.a = r->c->arena};
	enum paper_form form;
	struct answer ans;

	int s = paper_choose(r, &said, &form, r->e);
	if (s == 0)
		s = request_send(r, &ans);
	if (s < 0)
		return s;
	const struct show v = paper_show(r, stdout);
	reports_chart(&v, ans.record, &doc);
	const struct paper paper = {
		.ans = &ans, .doc = &doc, .brief = reports_chart_title(&v, ans.record)};
	return give(r, &said, form, &ans, &paper);
}

static void year_csv(const struct show *v, const void *record, FILE *out)
{
	reports_year_csv(v, record, out);
}

int own_year(struct run *r)
{
	const struct report_year_params *p = r->command->params;
	const struct paper_said said = {.md = p->md,
					.html = p->html,
					.csv = p->csv,
					.out = p->out,
					.forms = WRITTEN | 1 << PAPER_CSV};
	struct doc doc = {.a = r->c->arena};
	enum paper_form form;
	struct answer ans;

	int s = paper_choose(r, &said, &form, r->e);
	if (s == 0)
		s = request_send(r, &ans);
	if (s < 0)
		return s;
	const struct show v = paper_show(r, stdout);
	reports_year(&v, ans.record, &doc);
	const struct paper paper = {.ans = &ans,
				    .doc = &doc,
				    .csv = year_csv,
				    .day = r->c->today,
				    .brief = doc.about};
	return give(r, &said, form, &ans, &paper);
}

/* ---- everything ------------------------------------------------------------------------- */

/* A request of another method; the record lives as long as the run. */
static int ask(struct run *r, enum method_id id, void *params, void *ret)
{
	const struct pages pages = {&r->call, &api_methods[id], params, PAGES_ALL};
	struct answer ans;
	int s = pages_are(pages.method)
			? pages_join(&pages, &ans, r->e)
			: call_method(&r->call, pages.method, params, false, &ans, r->e);

	if (s == 0)
		memcpy(ret, &ans.record, sizeof(ans.record));
	return s;
}

/* The days of the open cycles; of one without a first day all there are. */
static struct period days_of(const struct status *s)
{
	struct period days = {DATE_NONE, DATE_NONE};

	for (size_t i = 0; i < s->credentials.n; i++) {
		const struct cycle *y = s->credentials.v[i].cycle;
		if (!s->credentials.v[i].required.unit || !y)
			continue;
		if (y->from == DATE_NONE)
			return (struct period){DATE_NONE, DATE_NONE};
		if (days.from == DATE_NONE || y->from < days.from)
			days.from = y->from;
	}
	return days;
}

/* The last day of those cycles; DATE_NONE where one has none. */
static civil_day last_of(const struct status *s)
{
	civil_day last = DATE_NONE;

	for (size_t i = 0; i < s->credentials.n; i++) {
		const struct cycle *y = s->credentials.v[i].cycle;
		if (!s->credentials.v[i].required.unit || !y)
			continue;
		if (y->to == DATE_NONE)
			return DATE_NONE;
		last = y->to > last ? y->to : last;
	}
	return last;
}

static int ask_charts(struct run *r, struct period days, struct overview *ret)
{
	const struct {
		const char *by;
		struct chart **to;
	} charts[] = {
		{"month", &ret->months}, {"kind", &ret->kinds}, {"topic", &ret->topics}};
	int s = 0;

	for (size_t i = 0; s == 0 && i < sizeof(charts) / sizeof(charts[0]); i++) {
		struct report_chart_params p;
		shape_none(&shape_report_chart_params, &p);
		p.by = charts[i].by;
		p.period = days.from == DATE_NONE && days.to == DATE_NONE
				   ? (struct period){DATE_FIRST, DATE_LAST}
				   : days;
		s = ask(r, METHOD_report_chart, &p, charts[i].to);
	}
	return s;
}

static int ask_overview(struct run *r, struct overview *ret)
{
	const struct report_params *p = r->command->params;
	bool said = p->period.from != DATE_NONE || p->period.to != DATE_NONE;
	struct activity_list_params list;
	struct status_get_params status;
	struct listed *listed = NULL;

	shape_none(&shape_overview, ret);
	shape_none(&shape_status_get_params, &status);
	shape_none(&shape_activity_list_params, &list);
	status.cycle = p->cycle;
	int s = ask(r, METHOD_status_get, &status, &ret->status);
	if (s < 0)
		return s;
	struct period days = said ? p->period : days_of(ret->status);
	if (p->cycle && !said)
		days.to = last_of(ret->status);
	ret->from = days.from;
	ret->to = days.to;
	list.period = days;
	s = ask(r, METHOD_activity_list, &list, &listed);
	if (s < 0)
		return s;
	ret->activities.n = listed->activities.n;
	ret->activities.v = listed->activities.v;
	return ask_charts(r, days, ret);
}

int own_overview(struct run *r)
{
	const struct report_params *p = r->command->params;
	const struct paper_said said = {
		.md = p->md, .html = p->html, .out = p->out, .forms = WRITTEN};
	struct doc doc = {.a = r->c->arena};
	struct overview overview;
	enum paper_form form;
	struct answer ans;

	int s = paper_choose(r, &said, &form, r->e);
	if (s == 0)
		s = ask_overview(r, &overview);
	if (s < 0)
		return s;
	answer_local(r->command->method, &overview, r->c->arena, &ans);
	const struct show v = paper_show(r, stdout);
	reports_overview(&v, &overview, &doc);
	const struct paper paper = {.ans = &ans,
				    .doc = &doc,
				    .brief = arena_printf(r->c->arena,
							  "%zu credentials, %zu entries",
							  overview.status->credentials.n,
							  overview.activities.n)};
	return give(r, &said, form, &ans, &paper);
}
