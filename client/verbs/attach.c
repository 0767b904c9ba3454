/* pdh attach: each file is sent, then kept as a proof; and pdh evidence save and check. */
#include "client/verbs/attach.h"
#include "client/cli/blame.h"
#include "client/net/upload.h"
#include "client/verbs/media.h"
#include "client/verbs/propose.h"
#include "client/verbs/reader.h"
#include "common/filename.h"
#include "common/files.h"
#include "common/texts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A certificate is synced to the disk, and a large one takes its time. */
static void wait_for_disk(struct run *r)
{
	enum { DISK_MS = 60000 };

	if (r->call.peer.timeout_ms == TIMEOUT_MS)
		r->call.peer.timeout_ms = DISK_MS;
}

/* ---- the files ----------------------------------------------------------------------------------- */

static void describe(int fd, const char *file, struct arena *a,
		     struct evidence_add_params *p, bool *ret_program)
{
	char head[MEDIA_HEAD];
	size_t len = media_head(fd, head);

	p->name = filename_clean(file, strlen(file), a);
	p->media_type = media_type(head, len, p->name);
	*ret_program = media_is_program(head, len);
}

/* Adds what the daemon answered to the answer for all files. */
static void join(struct run *r, const struct attached *one, struct attached *to)
{
	for (size_t i = 0; i < one->evidence.n; i++) {
		to->evidence.v = arena_grow(r->c->arena, to->evidence.v, to->evidence.n,
					    sizeof(*to->evidence.v));
		to->evidence.v[to->evidence.n++] = one->evidence.v[i];
	}
	for (size_t i = 0; i < one->notes.n; i++)
		texts_add(&to->notes, one->notes.v[i], r->c->arena);
	to->op = one->op == INT_NONE ? to->op : one->op;
	to->dry_run = one->dry_run;
	to->missing = one->missing;
}

enum { FILES_MOST = 64 };

/* Files that are sent and stored together. */
struct sending {
	size_t n;
	struct evidence_add_params *v;
	struct texts notes; /* about those that are programs */
};

static void forget_all(struct run *r, const struct sending *x)
{
	for (size_t i = 0; i < x->n; i++)
		upload_forget(&r->call, x->v[i].upload);
}

static int add_sent(struct run *r, const struct sending *x, struct attached *to)
{
	struct evidence_add_all_params all;
	const struct method *m = &api_methods[METHOD_evidence_add];
	const void *p = x->v;
	struct answer ans;

	if (x->n > 1) {
		m = &api_methods[METHOD_evidence_add_all];
		all.files.n = x->n;
		all.files.v = x->v;
		p = &all;
	}
	int s = call_method(&r->call, m, p, r->o->dry_run, &ans, r->e);
	if (s < 0) {
		blame_daemon(r->e, m);
		return s;
	}
	join(r, ans.record, to);
	answer_done(&ans);
	return 0;
}

static int send_one(struct run *r, const char *file, struct evidence_add_params *p,
		    struct texts *notes)
{
	bool program;
	int fd = reader_open(file, r->e);

	if (fd < 0)
		return fd;
	describe(fd, file, r->c->arena, p, &program);
	int s = upload_file(&r->call, fd, p->name, "evidence", &p->upload, r->e);
	(void)close(fd);
	if (s < 0 && !r->e->field[0])
		blame_subject(r->e, file);
	if (s == 0 && program)
		texts_add(notes,
			  arena_printf(r->c->arena,
				       "%s is a program; it is kept as a file, and pdh "
				       "never starts it",
				       p->name),
			  r->c->arena);
	return s;
}

/* All of them or none. */
static int send_all(struct run *r, const struct evidence_add_params *of,
		    const struct texts *files, struct attached *to)
{
	struct sending x = {
		.v = arena_array(r->c->arena, files->n, sizeof(*x.v)),
	};
	int s = 0;

	for (size_t i = 0; s == 0 && i < files->n; i++) {
		x.v[i] = *of;
		s = send_one(r, files->v[i], &x.v[i], &x.notes);
		x.n += s == 0;
	}
	if (s == 0)
		s = add_sent(r, &x, to);
	if (s < 0 || r->o->dry_run) {
		struct err kept = *r->e;
		forget_all(r, &x);
		*r->e = kept;
	}
	for (size_t i = 0; s == 0 && i < x.notes.n; i++)
		texts_add(&to->notes, x.notes.v[i], r->c->arena);
	return s;
}

/* A daemon that ended on the way has taken with it what it had got. */
static bool is_gone(const struct run *r)
{
	return r->e->code == -PDH_NOT_FOUND &&
	       (strcmp(r->e->field, "token") == 0 || strcmp(r->e->field, "upload") == 0);
}

int attach_files(struct run *r, const struct evidence_add_params *of,
		 const struct texts *files, struct attached *to)
{
	if (files->n > FILES_MOST)
		return err_set(r->e, -PDH_USAGE, "files",
			       "%zu files are more than one change takes; at most %d",
			       files->n, FILES_MOST);
	int s = send_all(r, of, files, to);
	return s < 0 && is_gone(r) ? send_all(r, of, files, to) : s;
}

/* ---- pdh attach --------------------------------------------------------------------------------- */

/* Numbers, with commas between them and # before each. */
static bool is_ids(const char *word)
{
	return *word && word[strspn(word, "0123456789,#")] == '\0';
}

static int read_ids(struct run *r, const char *word, struct ids *ret)
{
	int s = kind_from_text(KIND_IDS, word, r->c, ret, r->e);

	if (s < 0)
		blame_subject(r->e, "entry");
	return s;
}

/* Which words are files, and what they are to prove. */
static int sort_words(struct run *r, const struct attach_params *p,
		      struct evidence_add_params *of, struct texts *files)
{
	const char *first = p->entry.v[0];

	*files = p->files;
	if (p->item == INT_NONE && !p->credential && is_ids(first))
		return read_ids(r, first, &of->ids);
	files->n = p->files.n + 1;
	files->v = arena_array(r->c->arena, files->n, sizeof(*files->v));
	files->v[0] = first;
	for (size_t i = 1; i < files->n; i++)
		files->v[i] = p->files.v[i - 1];
	return 0;
}

int own_attach(struct run *r)
{
	const struct attach_params *p = r->command->params;
	struct evidence_add_params of;
	struct attached all;
	struct texts files;

	shape_none(&shape_attached, &all);
	shape_none(&shape_evidence_add_params, &of);
	of.item = p->item;
	of.credential = p->credential;
	of.note = p->note;
	int s = sort_words(r, p, &of, &files);
	if (s == 0 && p->unit && (of.ids.n || of.item != INT_NONE || of.credential))
		s = err_set(r->e, -PDH_USAGE, "unit",
			    "is for what a badge or certificate says; say no entry then");
	if (s == 0 && files.n == 0) {
		err_set(r->e, -PDH_USAGE, "files", "say which file proves it");
		s = err_hint(r->e, "such as: pdh attach %.40s cert.pdf", p->entry.v[0]);
	}
	wait_for_disk(r);
	bool named = of.ids.n || of.item != INT_NONE || of.credential;
	if (s == 0)
		s = named ? attach_files(r, &of, &files, &all)
			  : propose(r, &files, p->note, &all);
	if (all.evidence.n == 0)
		return s;
	/* Of what was asked about those before the one that failed are kept. */
	int printed = output_give_local(r, &all);
	return s < 0 ? s : printed;
}

/* ---- pdh evidence save -------------------------------------------------------------------------- */

static int get_piece(struct run *r, int64_t id, int64_t offset, struct answer *ret)
{
	const struct evidence_get_params p = {
		.id = id, .offset = offset, .length = INT_NONE};
	const struct method *m = &api_methods[METHOD_evidence_get];
	int s = call_method(&r->call, m, &p, false, ret, r->e);

	if (s < 0)
		blame_daemon(r->e, m);
	return s;
}

static int cannot_write(struct run *r, const char *file)
{
	if (errno == EEXIST) {
		err_set(r->e, -PDH_REFUSED, "file", "%.300s is there already", file);
		return err_hint(r->e, "give it another name, or remove that one first");
	}
	return err_set(r->e, -PDH_FAILED, "file", "%.300s cannot be written: %s", file,
		       strerror(errno));
}

/* From the first piece on, which is there already, to the end. */
static int write_pieces(struct run *r, int64_t id, int fd, const char *file,
			struct answer *first)
{
	struct answer ans = *first;
	int64_t at = 0;
	int s = 0;

	for (;;) {
		const struct evidence_piece *piece = ans.record;
		size_t n = piece->data.n;
		if (file_write_all(fd, piece->data.v, n) < 0)
			s = cannot_write(r, file);
		at += (int64_t)n;
		answer_done(&ans);
		if (s < 0 || n == 0)
			return s;
		s = get_piece(r, id, at, &ans);
		if (s < 0)
			return s;
	}
}

static const char *place_of(struct run *r, const char *file, const char *name)
{
	struct stat st;

	if (stat(file, &st) < 0 || !S_ISDIR(st.st_mode))
		return file;
	return arena_printf(r->c->arena, "%s/%s", file,
			    filename_clean(name, strlen(name), r->c->arena));
}

int attach_save(struct run *r, const struct evidence_save_params *p,
		struct evidence_saved *ret)
{
	struct answer ans;
	int s = get_piece(r, p->id, 0, &ans);

	if (s < 0)
		return s;
	const struct evidence_piece *piece = ans.record;
	bool out = strcmp(p->file, "-") == 0;
	*ret = (struct evidence_saved){.id = p->id, .size = piece->size};
	ret->file = out ? p->file : place_of(r, p->file, piece->name);
	int fd = out ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
		     : open(ret->file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0) {
		answer_done(&ans);
		return cannot_write(r, ret->file);
	}
	s = write_pieces(r, p->id, fd, ret->file, &ans);
	if (close(fd) < 0 && s == 0)
		s = cannot_write(r, ret->file);
	if (s < 0 && !out)
		(void)unlink(ret->file);
	return s;
}

static int check(struct run *r, int64_t id, struct evidence_checked *all);

int own_saved(struct run *r)
{
	const struct evidence_save_params *p = r->command->params;
	struct evidence_checked checked;
	struct evidence_saved saved;

	int s = attach_save(r, p, &saved);
	if (s == 0)
		s = check(r, p->id, &checked);
	if (s == 0 && checked.damaged.n + checked.absent.n) {
		err_set(r->e, -PDH_FAILED, NULL,
			"%.200s is not what was stored: the file of proof %lld is damaged",
			saved.file, (long long)p->id);
		return err_hint(r->e, "take it from a backup");
	}
	if (s < 0 || strcmp(saved.file, "-") == 0)
		return s;
	return output_give_local(r, &saved);
}

/* ---- pdh evidence check ------------------------------------------------------------------------- */

static void add_proofs(struct arena *a, struct list *to, const void *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		to->v = arena_grow(a, to->v, to->n, sizeof(struct evidence));
		((struct evidence *)to->v)[to->n++] = ((const struct evidence *)v)[i];
	}
}

struct checking {
	struct evidence_checked *all;
	struct list damaged, absent;
};

static void add_page(struct run *r, const struct evidence_checked *page,
		     struct checking *c)
{
	c->all->checked += page->checked;
	c->all->bytes += page->bytes;
	add_proofs(r->c->arena, &c->damaged, page->damaged.v, page->damaged.n);
	add_proofs(r->c->arena, &c->absent, page->absent.v, page->absent.n);
	memcpy(&c->all->orphans, &page->orphans, sizeof(page->orphans));
	memcpy(&c->all->missing, &page->missing, sizeof(page->missing));
}

static int check(struct run *r, int64_t id, struct evidence_checked *all)
{
	const struct method *m = &api_methods[METHOD_evidence_check];
	struct evidence_check_params p = {.id = id};
	struct checking c = {.all = all};

	shape_none(&shape_evidence_checked, all);
	all->checked = all->bytes = 0;
	do {
		struct answer ans;
		int s = call_method(&r->call, m, &p, false, &ans, r->e);
		if (s < 0) {
			blame_daemon(r->e, m);
			return s;
		}
		const struct evidence_checked *page = ans.record;
		add_page(r, page, &c);
		p.after = page->next;
		answer_done(&ans);
	} while (p.after);
	memcpy(&all->damaged, &c.damaged, sizeof(c.damaged));
	memcpy(&all->absent, &c.absent, sizeof(c.absent));
	return 0;
}

int own_evidence_checked(struct run *r)
{
	const struct evidence_check_params *p = r->command->params;
	struct evidence_checked all;
	int s = check(r, p->id, &all);

	return s < 0 ? s : output_give_local(r, &all);
}

int attach_check_status(const void *record)
{
	const struct evidence_checked *r = record;

	return r->damaged.n + r->absent.n ? err_kind(PDH_FAILED)->exit_status : 0;
}
