#include "daemon/transfer/load.h"

#include "common/buf.h"
#include "common/digest.h"
#include "common/texts.h"
#include "daemon/method.h"
#include "daemon/record/effect.h"
#include "daemon/record/recarry.h"
#include "daemon/upload/upload.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 4 << 20, CHUNK = 256 << 10 };

/* ---- lines of a file ---------------------------------------------------------------------------------- */

struct reading {
	int fd;
	int64_t at;
	bool ended;
	struct buf buf; /* what was read and not taken */
	size_t taken;
	struct err *e;
};

static int fill(struct reading *r)
{
	char *to;

	buf_consume(&r->buf, r->taken);
	r->taken = 0;
	to = buf_reserve(&r->buf, CHUNK);
	if (!to)
		return err_set(r->e, -PDH_REFUSED, NULL, "the line is too long");
	ssize_t n = pread(r->fd, to, CHUNK, r->at);
	if (n < 0 && errno != EINTR)
		return err_set(r->e, -PDH_STORAGE, NULL, "cannot read the file: %s",
			       strerror(errno));
	r->ended = n == 0;
	r->at += n > 0 ? n : 0;
	r->buf.len += n > 0 ? (size_t)n : 0;
	return 0;
}

/* The next line without its end: 1; 0 at the end of the file. */
static int next_line(struct reading *r, const char **ret, size_t *ret_n)
{
	for (;;) {
		char *from = r->buf.data ? r->buf.data + r->taken : NULL;
		size_t left = r->buf.len - r->taken;
		char *newline = from ? memchr(from, '\n', left) : NULL;
		size_t n = newline ? (size_t)(newline - from) : left;
		if (newline || (r->ended && n)) {
			r->taken += n + (newline != NULL);
			*ret = from;
			*ret_n = n && from[n - 1] == '\r' ? n - 1 : n;
			return 1;
		}
		if (r->ended)
			return 0;
		int s = fill(r);
		if (s < 0)
			return s;
	}
}

/* ---- the document ------------------------------------------------------------------------------------- */

static bool is_text(const char *line, size_t n, const char *text)
{
	return n == strlen(text) && memcmp(line, text, n) == 0;
}

static int take_head(struct load *l, const char *line, size_t n)
{
	static const char begin[] = "{\"schema\":\"" TRANSFER_FORM;
	size_t len = strlen(begin);
	char *end = NULL;
	long number =
		n > len && memcmp(line, begin, len) == 0
			? strtol(arena_dup_n(&l->text, line + len, n - len), &end, 10)
			: 0;

	l->names_lines = true;
	if (!end || strcmp(end, "\",") != 0 || number < 1)
		return err_set(
			l->e, -PDH_REFUSED, NULL,
			"this is not what pdh export wrote: its first line is another");
	if (number > TRANSFER_NUMBER) {
		err_set(l->e, -PDH_INCOMPATIBLE, NULL, "written by a newer pdh (%s%ld)",
			TRANSFER_FORM, number);
		return err_hint(l->e, "upgrade pdh");
	}
	l->names_lines = false;
	return 0;
}

/* "activities":[ */
static int take_heading(struct load *l, const char *line, size_t n, int *part)
{
	const struct part *found = n > 4 && memcmp(line + n - 3, "\":[", 3) == 0
					   ? part_find(line + 1, n - 4)
					   : NULL;

	if (!found)
		return err_set(l->e, -PDH_REFUSED, NULL,
			       "\"%.*s\" is not a part of an export that this pdh knows",
			       (int)(n < 40 ? n : 40), line);
	if (found - transfer_parts <= *part)
		return err_set(l->e, -PDH_REFUSED, NULL, "%s: it is not its turn",
			       found->name);
	*part = (int)(found - transfer_parts);
	return 0;
}

static int take_record(struct load *l, const char *line, size_t n, int part)
{
	json_t *record = NULL;
	int r;

	if (part < 0)
		return err_set(l->e, -PDH_REFUSED, NULL, "it belongs to no part");
	n -= line[n - 1] == ',';
	r = record_line_read(&transfer_parts[part], line, n, &l->text, &record, l->e);
	if (r == 0)
		r = load_take(l, (enum part_id)part, record);
	json_decref(record);
	return r;
}

/* 1: the document has ended. */
static int take_line(struct load *l, const char *line, size_t n, int *part)
{
	if (l->line == 1)
		return take_head(l, line, n);
	if (n == 0 || is_text(line, n, "],") || is_text(line, n, "]"))
		return 0;
	if (is_text(line, n, "}"))
		return 1;
	return *line == '"' ? take_heading(l, line, n, part)
			    : take_record(l, line, n, *part);
}

static int blame_line(struct load *l, int code)
{
	struct err was = *l->e;

	if (code == -PDH_CORRUPT)
		l->e->code = code = -PDH_REFUSED;
	if (!l->names_lines)
		err_reword(l->e, "line %" PRId64 ": %s%s%s", l->line, was.field,
			   was.field[0] ? ": " : "", was.message);
	l->e->field[0] = '\0';
	return code;
}

static int take_all(struct load *l, int fd, int64_t size)
{
	struct reading in = {.fd = fd, .buf.max = LINE_MAX_BYTES, .e = l->e};
	const char *line;
	int part = -1, r;
	size_t n;

	while ((r = next_line(&in, &line, &n)) > 0) {
		l->line++;
		db_tell_far(l->w->db, (struct db_part){0, 800}, (size_t)in.at,
			    (size_t)size);
		r = take_line(l, line, n, &part);
		arena_reset(&l->text);
		if (r != 0)
			break;
	}
	buf_done(&in.buf);
	if (r < 0)
		return blame_line(l, r);
	if (r > 0)
		return 0;
	return err_set(l->e, -PDH_REFUSED, NULL,
		       "the file is cut off after line %" PRId64, l->line);
}

/* ---- the method --------------------------------------------------------------------------------------- */

static int read_begins(struct load *l)
{
	AUTO_STMT s = NULL;
	int r = db_query(l->w->db, Q_load_begins, &s, l->e);

	if (r == 0)
		r = db_step(l->w->db, s, l->e);
	l->begins = r > 0 && db_int(s, 0) == 1;
	return r < 0 ? r : 0;
}

static int check_plan(struct load *l)
{
	l->ret->plan = arena_printf(l->w->arena, "%016" PRIx64, l->plan);
	return !l->p->plan || strcmp(l->p->plan, l->ret->plan) == 0
		       ? 0
		       : err_set(l->e, -PDH_REFUSED, NULL,
				 "the records changed since the preview; look again");
}

/* "2 credentials", "1 proof": what people call theirs; rules, cycles and the like come with it. */
static void tell_stored(struct load *l)
{
	static const struct {
		enum part_id part;
		const char *one, *many;
	} words[] = {
		{PART_credentials, "credential", "credentials"},
		{PART_items, "item", "items"},
		{PART_have, "qualification", "qualifications"},
		{PART_usual, "usual reminder", "usual reminders"},
		{PART_policies, "reminder policy", "reminder policies"},
		{PART_imports, "import", "imports"},
		{PART_evidence, "proof", "proofs"},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		int64_t n = l->stored[words[i].part];
		if (n > 0)
			texts_add(&l->ret->stored,
				  arena_printf(l->w->arena, "%" PRId64 " %s", n,
					       n == 1 ? words[i].one : words[i].many),
				  l->w->arena);
	}
}

static void say_what(struct load *l)
{
	const struct imported *ret = l->ret;
	int64_t n = ret->created + (l->p->update > 0 ? ret->changed : 0);

	if (n == 0 && l->credentials == 0 && ret->stored.n) {
		l->w->what = arena_printf(l->w->arena, "load %s",
					  l->p->name ? l->p->name : "records");
		for (size_t i = 0; i < ret->stored.n; i++)
			l->w->what = arena_printf(l->w->arena, "%s, %s", l->w->what,
						  ret->stored.v[i]);
		return;
	}
	l->w->what = arena_printf(l->w->arena, "load %s, %" PRId64 " %s, %" PRId64 " %s",
				  l->p->name ? l->p->name : "records", n,
				  n == 1 ? "entry" : "entries", l->credentials,
				  l->credentials == 1 ? "credential" : "credentials");
}

/* What came may count in closed cycles: in those that were there, which is told, and in those that came with it. Where
 * nothing was everything is as the file says. */
static int carry_anew(struct load *l, const struct closed_before *closed)
{
	int r = recarry_since(l->w, closed, &l->ret->notes, l->e);

	return r < 0 || l->begins ? r : recarry_again(l->w, DATE_FIRST, l->e);
}

static int run(struct load *l, const struct upload_file *file)
{
	struct effect_before before;
	struct closed_before closed;
	struct list effects;
	struct db_stamp was, is;
	int r = effect_before(l->w, &before, l->e);

	if (r == 0)
		r = db_stamp(l->w->db, &was, l->e);
	if (r == 0)
		r = recarry_before(l->w, DATE_FIRST, &closed, l->e);
	if (r == 0)
		r = take_all(l, file->fd, file->size);
	if (r == 0)
		r = load_check(l);
	if (r == 0)
		r = check_plan(l);
	if (r == 0)
		r = db_stamp(l->w->db, &is, l->e);
	if (r == 0 && is.own != was.own)
		r = carry_anew(l, &closed);
	if (r == 0)
		r = effect_since(l->w, &before, NULL, 0, false, &effects, l->e);
	if (r == 0)
		memcpy(&l->ret->effects, &effects, sizeof(effects));
	return r;
}

int method_records_load(struct work *w, const struct records_load_params *p,
			struct imported *ret, struct err *e)
{
	struct load l = {.w = w, .p = p, .ret = ret, .e = e, .plan = DIGEST_START};
	struct upload_file file;
	int r = upload_open(w, p->upload, "records", &file, e);

	ret->created = ret->have = ret->changed = 0;
	if (r == 0)
		r = read_begins(&l);
	if (r == 0)
		r = run(&l, &file);
	arena_done(&l.text);
	for (size_t i = 0; i < l.imports_n; i++)
		json_decref((json_t *)(uintptr_t)l.imports[i]);
	if (r < 0)
		return r;
	tell_stored(&l);
	say_what(&l);
	ret->dry_run = w->dry_run;
	return 0;
}
