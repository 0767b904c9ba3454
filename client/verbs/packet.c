#include "client/verbs/packet_parts.h"

#include "client/doc/render.h"
#include "client/show/reports.h"
#include "client/show/show.h"
#include "client/verbs/paper.h"
#include "client/verbs/tool.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- files of the bag ------------------------------------------------------------------- */

static int fail(struct packing *k, const char *what)
{
	return err_set(k->e, -PDH_STORAGE, NULL, "%.200s: %s", what, strerror(errno));
}

static int write_file(struct packing *k, const char *name, const char *bytes, size_t n)
{
	const char *path = arena_printf(k->r->c->arena, "%s/%s", k->bag, name);
	FILE *f = fopen(path, "wxe");

	if (!f)
		return fail(k, path);
	size_t wrote = fwrite(bytes, 1, n, f);
	return fclose(f) == 0 && wrote == n ? 0 : fail(k, path);
}

static int write_text(struct packing *k, const char *name, const char *text)
{
	return write_file(k, name, text, strlen(text));
}

/* Into memory and then into the bag: FILE is what `put` writes to. */
struct writing {
	FILE *to;
	char *text;
	size_t n;
};

static void begin(struct writing *w)
{
	*w = (struct writing){.text = NULL};
	w->to = open_memstream(&w->text, &w->n);
	if (!w->to)
		oom();
}

static int end(struct packing *k, struct writing *w, const char *name)
{
	if (fclose(w->to) != 0)
		oom();
	int s = write_file(k, name, w->text, w->n);
	free(w->text);
	return s;
}

/* ---- data ------------------------------------------------------------------------------- */

static int put_transcript(struct packing *k)
{
	struct doc d = {.a = k->r->c->arena};
	struct writing w;
	const char *pdf, *program;
	size_t n;

	begin(&w);
	const struct show v = paper_show(k->r, w.to);
	reports_transcript(&v, k->p->transcript->record, &d);
	if (k->key_name) {
		doc_heading(&d, 2, "Signature");
		doc_text(&d, arena_printf(d.a, "Packed with the minisign key %s.",
					  k->key_name));
	}
	doc_html(&d, w.to);
	int s = end(k, &w, "data/transcript.html");
	if (s < 0 || !tool_find(d.a, "pdh-pdf", &program))
		return s;
	s = paper_pdf(k->r, &d, k->p->audited->as_of, "transcript.pdf", &pdf, &n, k->e);
	return s < 0 ? s : write_file(k, "data/transcript.pdf", pdf, n);
}

static int put_entries(struct packing *k)
{
	struct writing w;

	begin(&w);
	const struct show v = paper_show(k->r, w.to);
	reports_transcript_csv(&v, k->p->transcript->record, w.to);
	return end(k, &w, "data/entries.csv");
}

/* What pdh explain prints. */
static int put_why(struct packing *k)
{
	const struct method *m = &api_methods[METHOD_explain_get];
	const struct term t = {.utf8 = true, .width = TERM_WIDTH_USUAL};
	const struct options plain = {.color = COLOR_NEVER};
	struct explain_get_params p;
	struct answer ans;
	struct writing w;

	shape_none(m->params, &p);
	p.subject = k->p->audited->alias;
	p.as_of = k->p->audited->as_of;
	int s = call_method(&k->r->call, m, &p, false, &ans, k->e);
	if (s < 0)
		return s;
	begin(&w);
	(void)show_answer(m, &p, ans.record, &plain, &t, w.to);
	answer_done(&ans);
	return end(k, &w, "data/why.txt");
}

static int put_data(struct packing *k)
{
	int s = put_transcript(k);

	if (s == 0)
		s = put_entries(k);
	if (s == 0)
		s = put_why(k);
	if (s == 0)
		s = packet_put_proofs(k);
	return s < 0 ? s : write_text(k, "data/rules.yaml", k->p->audited->rules);
}

/* ---- beside the data -------------------------------------------------------------------- */

static int put_readme(struct packing *k)
{
	const char *sign = k->key_name
				   ? arena_printf(k->r->c->arena,
						  "  minisign -Vm tagmanifest-sha256.txt "
						  "-p pdh.pub     (key %s)\n",
						  k->key_name)
				   : "";
	const char *text = arena_printf(
		k->r->c->arena,
		"A bag (RFC 8493) that pdh made. To verify it, unzip it, and in its folder:\n"
		"  sha256sum -c manifest-sha256.txt && sha256sum -c tagmanifest-sha256.txt\n"
		"%s"
		"data/ has the transcript, its entries as CSV, why each hour counts or not,\n"
		"the rules it was judged by, and the proofs that are kept, if any are.\n"
		"This is an estimate that pdh made from the holder's own record%s: it\n"
		"does not prove what is true. The board has the final say.\n",
		sign, k->key_name ? ", and a signature says whose" : "");

	return write_text(k, "README.txt", text);
}

static int64_t payload_bytes,
	payload_files; /* of the walk at hand: nftw() passes nothing */

static int count_file(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)path;
	(void)at;
	if (type == FTW_F) {
		payload_bytes += st->st_size;
		payload_files++;
	}
	return 0;
}

static int put_info(struct packing *k)
{
	const struct audited *r = k->p->audited;
	struct arena *a = k->r->c->arena;
	char day[DATE_ISO_SIZE];

	payload_bytes = payload_files = 0;
	if (nftw(arena_printf(a, "%s/data", k->bag), count_file, 8, FTW_PHYS) != 0)
		return fail(k, k->bag);
	date_format_iso(r->as_of, day);
	return write_text(
		k, "bag-info.txt",
		arena_printf(a,
			     "Bag-Software-Agent: pdh\nBagging-Date: %s\n"
			     "Contact-Name: %s\nExternal-Description: %s\n"
			     "External-Identifier: %s\nPayload-Oxum: %lld.%lld\n",
			     day, r->person ? r->person : "not said",
			     r->title ? r->title : r->alias, packet_bag_name(r, a),
			     (long long)payload_bytes, (long long)payload_files));
}

static int put_tags(struct packing *k)
{
	int s = write_text(k, "bagit.txt",
			   "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");

	if (s == 0)
		s = put_readme(k);
	return s < 0 ? s : put_info(k);
}

/* ---- programs --------------------------------------------------------------------------- */

static int run_program(struct packing *k, const char *const *words, size_t n)
{
	struct arena *a = k->r->c->arena;
	char **v = arena_array(a, n + 1, sizeof(*v));

	for (size_t i = 0; i < n; i++)
		v[i] = arena_dup(a, words[i]);
	int s = tool_run(v, STDIN_FILENO, -1, k->e);
	return s > 0 ? err_set(k->e, -PDH_FAILED, NULL,
			       "%.100s failed; nothing was written", words[0])
		     : s;
}

static int run_minisign(struct packing *k, const char *const *words, size_t n)
{
	int s = run_program(k, words, n);

	if (s < 0 && strstr(k->e->message, "cannot be started"))
		return err_set(k->e, -PDH_FAILED, "sign",
			       "needs minisign, which is not installed");
	return s;
}

/* The public key, and its name, which its first line ends with. */
static int read_key(struct packing *k)
{
	struct arena *a = k->r->c->arena;
	const char *public = arena_printf(a, "%s/pdh.pub", k->bag);
	const char *const words[] = {"minisign", "-R", "-s", k->p->key, "-p", public};
	char line[200] = "";

	if (access(k->p->key, R_OK) < 0)
		return err_set(k->e, -PDH_NOT_FOUND, "sign", "%.200s: %s", k->p->key,
			       strerror(errno));
	int s = run_minisign(k, words, sizeof(words) / sizeof(words[0]));
	if (s < 0)
		return s;
	FILE *f = fopen(public, "re");
	if (!f || !fgets(line, sizeof(line), f))
		line[0] = '\0';
	if (f)
		(void)fclose(f);
	line[strcspn(line, "\n")] = '\0';
	const char *last = strrchr(line, ' ');
	if (!last)
		return err_set(k->e, -PDH_REFUSED, "sign",
			       "%.200s is not a key of minisign", k->p->key);
	k->key_name = arena_dup(a, last + 1);
	return 0;
}

static int seal(struct packing *k)
{
	struct arena *a = k->r->c->arena;
	const char *const words[] = {k->program, "seal", k->bag};
	int s = run_program(k, words, 3);

	if (s == 0)
		s = packet_check_proofs(k);
	if (s < 0 || !k->key_name)
		return s;
	const char *tags = arena_printf(a, "%s/tagmanifest-sha256.txt", k->bag);
	const char *comment =
		arena_printf(a, "packet %s", packet_bag_name(k->p->audited, a));
	const char *const sign[] = {"minisign", "-S",	"-s", k->p->key,
				    "-m",	tags,	"-c", "signature of pdh",
				    "-t",	comment};
	return run_minisign(k, sign, sizeof(sign) / sizeof(sign[0]));
}

/* The zip is whole and on the disk before it has its name. */
static int put_in_place(struct packing *k, const char *zip)
{
	int fd = open(zip, O_RDONLY | O_CLOEXEC);
	bool stored = fd >= 0 && fchmod(fd, 0600) == 0 && fsync(fd) == 0;

	if (fd >= 0)
		(void)close(fd);
	if (!stored || rename(zip, k->p->out) < 0)
		return fail(k, k->p->out);
	return 0;
}

static int zip(struct packing *k)
{
	struct arena *a = k->r->c->arena;
	const char *file = arena_printf(a, "%s/packet.zip", k->folder);
	char day[DATE_ISO_SIZE];

	date_format_iso(k->p->audited->as_of, day);
	const char *const words[] = {k->program, "zip", k->bag, file, day};
	int s = run_program(k, words, 5);
	return s < 0 ? s : put_in_place(k, file);
}

/* ---- the whole -------------------------------------------------------------------------- */

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

static int make_folders(struct packing *k)
{
	struct arena *a = k->r->c->arena;
	const char *slash = strrchr(k->p->out, '/');
	char *folder = arena_printf(a, "%.*s.pdh-packet-XXXXXX",
				    slash ? (int)(slash - k->p->out) + 1 : 0, k->p->out);
	struct stat st;

	if (lstat(k->p->out, &st) == 0 && !S_ISREG(st.st_mode))
		return err_set(k->e, -PDH_STORAGE, "out",
			       "%.200s is there and is not a regular file", k->p->out);
	if (!mkdtemp(folder))
		return fail(k, k->p->out);
	k->folder = folder;
	k->bag = arena_printf(a, "%s/%s", folder, packet_bag_name(k->p->audited, a));
	if (mkdir(k->bag, 0700) < 0 ||
	    mkdir(arena_printf(a, "%s/data", k->bag), 0700) < 0)
		return fail(k, k->bag);
	return 0;
}

int packet_write(struct run *r, const struct packet *p, struct err *e)
{
	struct packing k = {.r = r, .p = p, .e = e};

	if (!tool_find(r->c->arena, "pdh-packet", &k.program))
		return err_set(
			e, -PDH_FAILED, NULL,
			"a packet needs pdh-packet, which is not installed beside pdh");
	int s = make_folders(&k);
	if (s == 0 && p->key)
		s = read_key(&k);
	if (s == 0)
		s = put_data(&k);
	if (s == 0)
		s = put_tags(&k);
	if (s == 0)
		s = seal(&k);
	if (s == 0)
		s = zip(&k);
	if (k.folder)
		(void)nftw(k.folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	return s;
}
