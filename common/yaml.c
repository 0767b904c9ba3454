#include "common/yaml.h"

#include "common/kind.h"
#include "common/yaml_text.h"

#include <libfyaml.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
	NODES_MAX =
		1
		<< 14, /* values and keys in one text; the longest pack has some hundreds */
};

/* A list or map that is not closed yet. */
struct level {
	struct yaml *node;
	struct yaml **tail; /* where the next member goes */
	const char *key; /* read, its value not yet; NULL: a key comes next, or this is a
			    list */
	int key_line;
};

struct builder {
	const char *name, *what; /* of struct yaml_source */
	struct arena *arena;
	struct level open[YAML_DEPTH_MAX];
	size_t depth, nodes;
	struct yaml *root;
	int line; /* of the last token seen */
	struct err *e;
};

int yaml_refuse(const char *name, int line, struct err *e, const char *fmt, ...)
{
	enum { LONGEST = 160 };
	size_t len = strlen(name);
	char text[320];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return err_set(e, -PDH_REFUSED, NULL, "%s:%d: %s",
		       len > LONGEST ? name + len - LONGEST : name, line, text);
}

#define refuse(b, ...) yaml_refuse((b)->name, (b)->line, (b)->e, __VA_ARGS__)

static void see(struct builder *b, struct fy_token *t)
{
	const struct fy_mark *mark = t ? fy_token_start_mark(t) : NULL;

	if (mark)
		b->line = mark->line + 1;
}

/* What makes one value mean another, or be read as something it does not look like. */
static int refuse_magic(struct builder *b, struct fy_token *anchor, struct fy_token *tag)
{
	see(b, anchor ? anchor : tag);
	if (anchor)
		return refuse(b, "anchors and aliases (& and *) do not belong in a %s",
			      b->what);
	if (tag)
		return refuse(b, "tags (!) do not belong in a %s", b->what);
	return 0;
}

/* Piece by piece: fy_token_get_text() of libfyaml 0.7.12 leaks where a text has many pieces, and its
 * fy_token_iter_read() mixes them up. */
static int copy_text(struct builder *b, struct fy_token *value, const char **ret)
{
	const size_t room = value ? fy_token_get_text_length(value) : 0;
	char *text = arena_alloc(b->arena, room + 1);
	const struct fy_iter_chunk *piece = NULL;
	int failed = 0;
	size_t n = 0;

	struct fy_token_iter *pieces = value ? fy_token_iter_create(value) : NULL;
	while (pieces && (piece = fy_token_iter_chunk_next(pieces, piece, &failed))) {
		if (piece->len > room - n)
			break;
		memcpy(text + n, piece->str, piece->len);
		n += piece->len;
	}
	fy_token_iter_destroy(pieces);
	if (failed || piece || memchr(text, '\0', n))
		return refuse(b, "this text cannot be read");
	*ret = text;
	return 0;
}

static int add_key(struct builder *b, struct level *in, const struct yaml *node)
{
	const char *key;
	struct err why;

	if (node->kind != YAML_TEXT)
		return refuse(b, "a key is one word or a few, not a list or a map");
	if (kind_check_text(KIND_WORD, node->text, strlen(node->text), b->arena, &key,
			    &why) < 0)
		return refuse(b, "this key cannot be read: %s", why.message);
	if (!*key)
		return refuse(b, "a value without a key");
	if (strcmp(key, "<<") == 0)
		return refuse(b, "merge keys (<<) do not belong in a %s", b->what);
	const struct yaml *twin = yaml_get(in->node, key);
	if (twin)
		return refuse(b, "\"%.60s\" is here already, on line %d", key,
			      twin->line);
	in->key = key;
	in->key_line = node->line;
	return 0;
}

static int add(struct builder *b, struct yaml *node)
{
	struct level *in = b->depth ? &b->open[b->depth - 1] : NULL;

	if (++b->nodes > NODES_MAX)
		return refuse(b, "a %s holds at most %d values", b->what, NODES_MAX);
	if (!in) {
		b->root = node;
		return 0;
	}
	if (in->node->kind == YAML_MAP && !in->key)
		return add_key(b, in, node);
	if (in->key)
		node->line = in->key_line;
	node->key = in->key;
	in->key = NULL;
	*in->tail = node;
	in->tail = &node->next;
	in->node->n++;
	return 0;
}

static struct yaml *node_new(struct builder *b, enum yaml_kind kind)
{
	struct yaml *node = arena_alloc(b->arena, sizeof(*node));

	node->kind = kind;
	node->line = b->line;
	return node;
}

static int add_text(struct builder *b, const struct fy_event *ev)
{
	int r = refuse_magic(b, ev->scalar.anchor, ev->scalar.tag);

	if (r < 0)
		return r;
	see(b, ev->scalar.value);
	struct yaml *node = node_new(b, YAML_TEXT);
	r = copy_text(b, ev->scalar.value, &node->text);
	return r < 0 ? r : add(b, node);
}

static int open_level(struct builder *b, enum yaml_kind kind, struct fy_token *start,
		      struct fy_token *anchor, struct fy_token *tag)
{
	int r = refuse_magic(b, anchor, tag);

	if (r < 0)
		return r;
	see(b, start);
	if (b->depth == YAML_DEPTH_MAX)
		return refuse(b, "lists and maps go at most %d deep", YAML_DEPTH_MAX);
	struct yaml *node = node_new(b, kind);
	r = add(b, node);
	if (r == 0)
		b->open[b->depth++] = (struct level){node, &node->first, NULL, 0};
	return r;
}

/* 1 at the end of the text, 0 to go on, or negative. */
static int take(struct builder *b, const struct fy_event *ev)
{
	switch (ev->type) {
	case FYET_SCALAR:
		return add_text(b, ev);
	case FYET_MAPPING_START:
		return open_level(b, YAML_MAP, ev->mapping_start.mapping_start,
				  ev->mapping_start.anchor, ev->mapping_start.tag);
	case FYET_SEQUENCE_START:
		return open_level(b, YAML_LIST, ev->sequence_start.sequence_start,
				  ev->sequence_start.anchor, ev->sequence_start.tag);
	case FYET_MAPPING_END:
	case FYET_SEQUENCE_END:
		b->depth--;
		return 0;
	case FYET_ALIAS:
		return refuse_magic(b, ev->alias.anchor, NULL);
	case FYET_DOCUMENT_START:
		see(b, ev->document_start.document_start);
		return b->root ? refuse(b, "a file holds one %s", b->what) : 0;
	case FYET_STREAM_END:
		return 1;
	case FYET_NONE:
	case FYET_STREAM_START:
	case FYET_DOCUMENT_END:
		return 0;
	}
	return 0;
}

/* libfyaml's first complaint, which would else go to standard error. */
static int complaint(struct builder *b, struct fy_diag *diag)
{
	void *at = NULL;
	const struct fy_diag_error *first = fy_diag_errors_iterate(diag, &at);
	const char *message = first && first->msg ? first->msg : "";
	struct err ignored;

	if (first && first->line > 0)
		b->line = first->line;
	/* It may quote the text. */
	if (kind_check_text(KIND_TEXT, message, strlen(message), b->arena, &message,
			    &ignored) < 0)
		message = "";
	return refuse(b, "this is not YAML%s%.200s", *message ? ": " : "", message);
}

static int build(struct builder *b, struct fy_parser *parser, struct fy_diag *diag)
{
	int r = 0;

	while (r == 0) {
		struct fy_event *ev = fy_parser_parse(parser);
		if (!ev)
			return complaint(b, diag);
		r = take(b, ev);
		fy_parser_event_free(parser, ev);
	}
	return r < 0 ? r : 0;
}

static void swallow(struct fy_diag *diag, void *user, const char *text, size_t n)
{
	(void)diag;
	(void)user;
	(void)text;
	(void)n;
}

static int parse_with(struct builder *b, const char *text, size_t n)
{
	const struct fy_diag_cfg quiet = {
		.output_fn = swallow, .level = FYET_ERROR, .module_mask = ~0U};
	struct fy_diag *diag = fy_diag_create(&quiet);
	if (!diag)
		oom();
	fy_diag_set_collect_errors(diag, true);

	const struct fy_parse_cfg cfg = {
		.flags = FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE, .diag = diag};
	struct fy_parser *parser = fy_parser_create(&cfg);
	if (!parser)
		oom();
	int r = fy_parser_set_string(parser, text, n) < 0 ? complaint(b, diag)
							  : build(b, parser, diag);
	fy_parser_destroy(parser);
	fy_diag_destroy(diag);
	return r;
}

const struct yaml *yaml_get(const struct yaml *map, const char *key)
{
	for (const struct yaml *m = map->first; m; m = m->next)
		if (strcmp(m->key, key) == 0)
			return m;
	return NULL;
}

int yaml_parse(const struct yaml_source *source, struct arena *a, const struct yaml **ret,
	       struct err *e)
{
	struct builder b = {
		.name = source->name, .what = source->what, .arena = a, .e = e};

	if (source->n > YAML_SIZE_MAX)
		return yaml_refuse(source->name, 1, e, "a %s has at most %d bytes",
				   source->what, YAML_SIZE_MAX);
	const char *fault = yaml_text_fault(source->text, source->n, &b.line);
	if (fault)
		return refuse(&b, "%s", fault);
	b.line = 1;
	int r = parse_with(&b, source->text, source->n);
	if (r < 0)
		return r;
	if (!b.root)
		return refuse(&b, "there is nothing in it");
	*ret = b.root;
	return 0;
}
