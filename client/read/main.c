/* pdh-read: reads a file of other people from standard input and writes what is in it as JSON lines (write.h).
 *
 * Layouts are loaded and the encoding is looked up first; then the box is shut, and only then the first byte of the file
 * is read. pdh starts it; by hand: pdh-read [--unit hour] [--map hours=Credits] ... < FILE */
#include "client/read/box.h"
#include "client/read/layout_options.h"
#include "client/read/source.h"
#include "client/read/write.h"
#include "common/buf.h"
#include "common/clock.h"
#include "common/texts.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- the command line ---------------------------------------------------------------------------------- */

struct option {
	const char *name;
	const char **text;   /* where its value goes; or */
	struct texts *texts; /* where it is added */
	bool words;	     /* several between commas */
};

static int take_value(const struct option *o, const char *value, struct arena *a)
{
	if (o->text)
		*o->text = value;
	for (const char *p = value; o->texts && *p;) {
		size_t n = o->words ? strcspn(p, ",") : strlen(p);
		texts_add(o->texts, arena_dup_n(a, p, n), a);
		p += n + (p[n] != '\0');
	}
	return 2;
}

/* How many words the option took, or negative. */
static int take_option(char **argv, struct read_options *o, struct arena *a,
		       struct err *e)
{
	const struct option all[] = {
		{"--name", &o->name, NULL, false},
		{"--layout", &o->layout, NULL, false},
		{"--dates", &o->dates, NULL, false},
		{"--unit", &o->unit, NULL, false},
		{"--encoding", &o->encoding, NULL, false},
		{"--separator", &o->separator, NULL, false},
		{"--decimal", &o->decimal, NULL, false},
		{"--sheet", &o->sheet, NULL, false},
		{"--save-layout", &o->save_layout, NULL, false},
		{"--map", NULL, &o->map, true},
		{"--where", NULL, &o->where, false},
		{"--match", NULL, &o->match, true},
	};

	if (strcmp(argv[0], "--lenient") == 0)
		return o->lenient = true;
	if (strcmp(argv[0], "--certificate") == 0)
		return o->certificate = true;
	if (strcmp(argv[0], "--hours") == 0 && argv[1])
		return credit_parse(argv[1], &o->hours, e) < 0
			       ? err_set(e, -PDH_USAGE, "hours",
					 "--hours takes an amount, such as 2h")
			       : 2;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(argv[0], all[i].name) == 0 && argv[1])
			return take_value(&all[i], argv[1], a);
	return err_set(e, -PDH_USAGE, NULL,
		       "pdh-read: \"%.60s\" is not an option of it, or its value "
		       "is missing",
		       argv[0]);
}

static int check_options(const struct read_options *o, struct err *e)
{
	static const char *const orders[] = {"m/d/y", "d/m/y", "d.m.y", "m.d.y", "y-m-d"};
	bool known = !o->dates;

	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
		known = known || strcmp(o->dates, orders[i]) == 0;
	if (!known)
		return err_set(e, -PDH_USAGE, "dates",
			       "--dates is m/d/y, d/m/y, d.m.y or y-m-d");
	if (o->decimal && strcmp(o->decimal, ".") != 0 && strcmp(o->decimal, ",") != 0)
		return err_set(e, -PDH_USAGE, "decimal", "--decimal is . or ,");
	return 0;
}

static int read_options(char **argv, struct read_options *o, struct arena *a,
			struct err *e)
{
	for (char **p = argv + 1; *p;) {
		int r = take_option(p, o, a, e);
		if (r < 0)
			return r;
		p += r;
	}
	return check_options(o, e);
}

/* ---- the file -------------------------------------------------------------------------------------------- */

/* All of standard input, and one byte more than is allowed at most. */
static int read_input(struct buf *in, struct err *e)
{
	enum { PIECE = 64 << 10 };

	in->max = SOURCE_MAX + PIECE;
	while (in->len <= SOURCE_MAX) {
		char *to = buf_reserve(in, PIECE);
		ssize_t n = to ? read(STDIN_FILENO, to, PIECE) : 0;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(e, -PDH_FAILED, NULL, "it cannot be read: %s",
				       strerror(errno));
		if (n == 0)
			break;
		in->len += (size_t)n;
	}
	return 0;
}

/* What a layout that is named says of files that a heading alone does not tell. */
static void heed_layout(struct read_options *o, const struct layouts *layouts,
			struct arena *a)
{
	const char *near;
	const struct layout *l =
		o->layout ? layouts_find(layouts, o->layout, &near, a) : NULL;

	if (!l)
		return;
	*o = layout_options_of(l, o);
	o->encoding = o->encoding ? o->encoding : l->encoding;
	o->separator = o->separator ? o->separator : l->separator;
	o->sheet = o->sheet ? o->sheet : l->sheet;
}

/* What needs files, before the box is shut. */
static int prepare(struct read_options *o, struct arena *a, struct layouts *layouts,
		   struct decoder *decoder, struct err *e)
{
	struct pack_layer folders[PATH_PACK_LAYERS];
	int r = box_limit(e);

	tzset();
	if (r == 0)
		r = path_layouts(a, folders, e);
	if (r < 0)
		return r;
	layouts_load(folders, a, layouts);
	heed_layout(o, layouts, a);
	return decoder_open(decoder, o->encoding, e);
}

static int run(char **argv, struct arena *a, struct err *e)
{
	struct read_options o = {.today = clock_today()};
	AUTO_BUF in = {0};
	struct layouts layouts;
	struct decoder decoder;
	struct read_result result;
	struct box box;

	int r = read_options(argv, &o, a, e);
	if (r == 0)
		r = prepare(&o, a, &layouts, &decoder, e);
	if (r == 0)
		r = box_shut(&box, e);
	if (r == 0)
		r = read_input(&in, e);
	if (r == 0)
		r = source_read(&(struct source){in.data ? in.data : "", in.len, &layouts,
						 &decoder},
				&o, a, &result, e);
	if (r < 0)
		return r;
	for (size_t i = 0; i < layouts.faults.n; i++)
		texts_add(&result.notes, layouts.faults.v[i], a);
	decoder_close(&decoder);
	return write_result(&result, &box, stdout) == 0
		       ? 0
		       : err_set(e, -PDH_FAILED, NULL, "the answer cannot be written");
}

#ifdef __SANITIZE_ADDRESS__
/* The search for leaks looks around in /proc when the program ends, which the box forbids. */
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void)
{
	return 1;
}
#endif

int main(int argc, char **argv)
{
	AUTO_ARENA a = {0};
	struct err e = {0};

	if (argc < 1 || run(argv, &a, &e) == 0)
		return 0;
	(void)write_error(&e, stdout);
	return err_kind(e.code)->exit_status;
}
