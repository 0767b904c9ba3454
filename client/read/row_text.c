#include "client/read/row_parts.h"

#include "common/similar.h"
#include "common/texts.h"

#include <string.h>

const char *row_cell(const struct one *x, const struct bound_source *s, size_t i)
{
	return s->columns[i] < 0 ? "" : table_cell(x->cells, (size_t)s->columns[i]);
}

/* The first cell that is not empty; "" where all are. */
const char *row_first(const struct one *x, const struct bound_source *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (*row_cell(x, s, i))
			return row_cell(x, s, i);
	return "";
}

const char *row_raw(const struct one *x, enum layout_field f,
		    const struct bound_source **ret)
{
	const struct bound_field *field = &x->all->b->fields[f];

	for (size_t i = 0; i < field->n; i++) {
		const struct bound_source *s = &field->v[i];
		const char *text = s->source->value ? s->source->value : row_first(x, s);
		*ret = s;
		if (*text)
			return text;
	}
	return "";
}

/* A text as written, or by the layout's word for it; NULL where it is empty. */
static const char *text_of(const struct one *x, enum layout_field f)
{
	const struct bound_source *s = NULL;
	const char *text = row_raw(x, f, &s);

	if (!*text)
		return NULL;
	const char *word =
		s->source->words.n
			? layout_word(&s->source->words, layout_fold(text, x->all->arena))
			: NULL;
	return word ? word : text;
}

/* The same as a word of pdh: lower case. */
static const char *word_of(const struct one *x, enum layout_field f)
{
	const char *text = text_of(x, f);

	return text ? similar_lower(text, x->all->arena) : NULL;
}

const char *row_part(const char **rest, struct arena *a)
{
	char *part = arena_dup(a, *rest), *to = part;
	const char *p = *rest;

	for (; *p && (*p != ';' || p[1] == ';'); p++) {
		p += *p == ';';
		*to++ = *p;
	}
	*to = '\0';
	*rest = p + (*p == ';') + (*p == ';' && p[1] == ' ');
	return part;
}

static void add_own_topics(struct one *x, const char *text)
{
	while (*text)
		texts_add(&x->row->activity.topics, row_part(&text, x->all->arena),
			  x->all->arena);
}

static void add_topics(struct one *x, const char *text, const struct layout_source *s)
{
	struct arena *a = x->all->arena;
	const char *split = s && s->split ? s->split : "";
	size_t ignored = 0;

	for (const char *p = text; *p;) {
		size_t n = *split ? strcspn(p, split) : strlen(p);
		const char *topic = similar_lower(table_clean(p, n, a, &ignored), a);
		const char *folded = layout_fold(topic, a);
		const char *word = s ? layout_word(&s->words, folded) : NULL;
		topic = word ? word : topic;
		if (*topic && !(s && layout_has(&s->drop, folded)) &&
		    !texts_has(&x->row->activity.topics, topic))
			texts_add(&x->row->activity.topics, topic, a);
		p += n + (p[n] != '\0');
	}
}

/* Of what a board says only these three are known; any other word says nothing. */
static const char *approval_of(const struct one *x)
{
	const char *word = word_of(x, LAYOUT_APPROVAL);

	return word && (strcmp(word, "approved") == 0 || strcmp(word, "pending") == 0 ||
			strcmp(word, "refused") == 0)
		       ? word
		       : NULL;
}

static bool is_yes(const char *word)
{
	static const char *const yes[] = {"yes", "true", "x",	"1",
					  "y",	 "ja",	 "oui", "si"};

	for (size_t i = 0; word && i < sizeof(yes) / sizeof(yes[0]); i++)
		if (strcmp(word, yes[i]) == 0)
			return true;
	return false;
}

static void set_field(struct one *x, const char *field, const char *word)
{
	struct read_activity *v = &x->row->activity;

	switch (layout_field_find(word ? field : "")) {
	case LAYOUT_KIND:
		v->kind = word;
		break;
	case LAYOUT_FORMAT:
		v->format = word;
		break;
	case LAYOUT_ROLE:
		v->role = word;
		break;
	case LAYOUT_APPROVAL:
		v->approval = word;
		break;
	case LAYOUT_TOPICS:
		add_topics(x, word, NULL);
		break;
	case LAYOUT_PROVIDER:
		v->provider = word;
		break;
	case LAYOUT_DUTY:
		v->duty = is_yes(word);
		break;
	case LAYOUT_PLANNED:
		v->planned = is_yes(word);
		break;
	default:
		break;
	}
}

void row_set(struct one *x, const struct layout_words *set)
{
	for (size_t i = 0; i < set->n; i++)
		set_field(x, set->v[i].pattern, set->v[i].word);
}

void row_texts(struct one *x)
{
	struct read_activity *v = &x->row->activity;
	const struct bound_source *s = NULL;
	bool exact = x->all->b->layout->exact;

	v->title = text_of(x, LAYOUT_TITLE);
	v->kind = word_of(x, LAYOUT_KIND);
	v->format = word_of(x, LAYOUT_FORMAT);
	v->role = word_of(x, LAYOUT_ROLE);
	v->provider = text_of(x, LAYOUT_PROVIDER);
	v->provider_id = text_of(x, LAYOUT_PROVIDER_ID);
	v->place = text_of(x, LAYOUT_PLACE);
	v->course = text_of(x, LAYOUT_COURSE);
	v->note = text_of(x, LAYOUT_NOTE);
	/* A column of descriptions may be both. */
	if (!exact && v->note && v->title && strcmp(v->note, v->title) == 0)
		v->note = NULL;
	v->proof = text_of(x, LAYOUT_PROOF);
	v->approval = approval_of(x);
	v->duty = is_yes(word_of(x, LAYOUT_DUTY));
	v->planned = is_yes(word_of(x, LAYOUT_PLANNED));
	const char *topics = row_raw(x, LAYOUT_TOPICS, &s);
	if (exact)
		add_own_topics(x, topics);
	else
		add_topics(x, topics, s ? s->source : NULL);
}

/* "tx-lib, il-pel" */
static bool read_aliases(struct one *x, enum layout_field f, struct texts *ret)
{
	struct arena *a = x->all->arena;
	const struct bound_source *s;
	const char *p = row_raw(x, f, &s);
	const char *alias;
	struct err why;

	for (p += strspn(p, ", "); *p; p += strspn(p, ", ")) {
		size_t n = strcspn(p, ",");
		if (kind_check_text(KIND_ALIAS, p, n, a, &alias, &why) < 0) {
			read_row_bad(x->row, layout_fields[f], arena_dup_n(a, p, n),
				     *p == '(' ? "the credential that it counted for is "
						 "gone; name another, or none"
					       : "not the short name of a credential");
			return false;
		}
		texts_add(ret, alias, a);
		p += n;
	}
	return true;
}

bool row_scope(struct one *x)
{
	struct read_activity *v = &x->row->activity;

	return read_aliases(x, LAYOUT_ONLY, &v->only) &&
	       read_aliases(x, LAYOUT_EXCEPT, &v->except);
}
