/* A new credential: its pack, its short name, its first cycle, its opening balance. */
#include "common/ascii.h"
#include "common/texts.h"
#include "daemon/judge/follow.h"
#include "daemon/record/credential.h"
#include "daemon/record/credential_facts.h"
#include "daemon/record/cycle.h"
#include "daemon/record/opening.h"
#include "daemon/store/row.h"

#include <string.h>

static bool is_taken(const struct held_list *held, const char *alias)
{
	for (size_t i = 0; i < held->n; i++)
		if (strcmp(held->v[i].alias, alias) == 0)
			return true;
	return false;
}

/* Words that tell nothing apart. */
static bool is_common(const char *word)
{
	static const char *const words[] = {"the", "my",	  "a",
					    "an",  "license",	  "licence",
					    "new", "certificate", "credential"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

/* The first word of `text` that tells it apart as a short name: letters and digits, lower case; else its first, NULL: it
 * has none. */
static const char *short_word(const char *text, struct arena *a)
{
	enum { LONGEST = 12 };
	const char *first = NULL;

	while (*text) {
		char word[LONGEST + 1];
		size_t n = 0;
		while (*text && !ascii_is_letter(*text))
			text++;
		for (; ascii_is_alnum(*text); text++)
			if (n < LONGEST)
				word[n++] = ascii_lower(*text);
		word[n] = '\0';
		if (n && !is_common(word))
			return arena_dup(a, word);
		first = first || !n ? first : arena_dup(a, word);
	}
	return first;
}

/* "us-tx-school-librarian" is tx-librarian, "isc2-cissp" is cissp, "ncees-standard" is ncees. */
static const char *of_pack(const char *pack, struct arena *a)
{
	const char *last = strrchr(pack, '-'), *dash = strchr(pack, '-');
	bool placed = dash && dash - pack == 2 && last > pack + 3;

	if (!last)
		return pack;
	if (placed)
		return arena_printf(a, "%.*s-%.16s", (int)strcspn(pack + 3, "-"),
				    pack + 3, last + 1);
	return strcmp(last, "-standard") == 0
		       ? arena_dup_n(a, pack, (size_t)(dash - pack))
		       : last + 1;
}

/* The pack's, or a title's first word; none bears the number of one that is there unless it must. */
static const char *propose_alias(const struct held_list *held, const char *pack,
				 const char *title, struct arena *a)
{
	const char *word = pack ? of_pack(pack, a) : short_word(title, a);
	const char *base = word ? word : "mine", *alias = base;

	for (int i = 2; is_taken(held, alias); i++)
		alias = arena_printf(a, "%s-%d", base, i);
	return alias;
}

/* Rules that were typed need the total they are a share of; without them it is the cycle's
 * alone, and may be edited there. */
static int parse_own(struct work *w, const struct credential_new *n, const char *id,
		     struct pack *ret, struct err *e)
{
	bool rules = n->needs.n || n->limits.n;
	bool hours = n->required.unit && credit_unit_is_hours(n->required.unit);
	const struct pack_own own = {
		.id = id,
		.title = n->title,
		.jurisdiction = n->jurisdiction,
		.required = rules && hours ? n->required.exact : 0,
		.months = (int)n->every,
		.needs = &n->needs,
		.limits = &n->limits,
	};
	const char *text;

	int r = pack_own_text(w->arena, &own, &text, e);
	return r < 0 ? r : pack_parse(text, strlen(text), id, w->arena, ret, e);
}

static int make_pack(struct work *w, const struct credential_new *n, const char *alias,
		     struct pack *ret, struct err *e)
{
	enum { MOST = 1000 };
	int64_t taken;
	int r = -PDH_REFUSED;

	/* Numbered, so that a name that is used again later meets no older rules. */
	for (int i = 1; r == -PDH_REFUSED && i <= MOST; i++) {
		const char *id = arena_printf(w->arena, "own-%s-%d", alias, i);
		if (parse_own(w, n, id, ret, e) < 0)
			return e->code;
		r = credential_rule_set(w, ret, &taken, e);
	}
	return r;
}

/* A named pack, or one made for a board without. */
static int find_pack(struct work *w, const struct credential_new *n, const char *alias,
		     struct pack *own, const struct pack **ret, struct err *e)
{
	const char *field = n->needs.n ? "needs" : "limits";

	*ret = own;
	if (n->pack && (n->needs.n || n->limits.n)) {
		err_set(e, -PDH_USAGE, field, "is for a board without a rules pack");
		return err_hint(e, "pdh rules edit %.60s --overlay changes a pack",
				n->pack);
	}
	if (n->pack)
		return pack_library_find(w->packs, n->pack, ret, e);
	if (!n->title) {
		err_set(e, -PDH_USAGE, "title",
			"is needed for a credential without a rules pack");
		return err_hint(e, "pdh rules list shows the packs");
	}
	return make_pack(w, n, alias, own, e);
}

static int insert_credential(struct work *w, const struct credential_new *n,
			     const char *alias, const struct pack *pack, int64_t *ret_id,
			     struct err *e)
{
	struct credential row;
	AUTO_STMT s = NULL;

	shape_none(&shape_credential, &row);
	row.alias = alias;
	row.title = n->title ? n->title : pack->title;
	row.jurisdiction = n->jurisdiction ? n->jurisdiction : pack->jurisdiction;
	row.level = n->level;
	row.number = n->number;
	row.issued = n->issued;
	row.note = n->note;
	int r = db_query(w->db, Q_credential_insert, &s, e);
	if (r < 0)
		return r;
	row_bind(s, &shape_credential, &row);
	r = db_run(w->db, s, e);
	*ret_id = db_last_id(w->db);
	return r;
}

static int insert_cycle(struct work *w, int64_t credential_id, const struct pack *pack,
			const struct period *days, int64_t required, struct err *e)
{
	int64_t rule_set;

	int r = credential_rule_set(w, pack, &rule_set, e);
	if (r == 0)
		r = DB_DO(
			w->db, Q_cycle_insert, e, DB_INT(":credential_id", credential_id),
			DB_INT(":rule_set_id", rule_set), DB_DATE(":begins", days->from),
			DB_DATE(":ends", days->to), DB_INT(":required", required));
	return r;
}

/* The rest, once it is known under which pack. */
static int create_under(struct work *w, const struct credential_new *n, const char *alias,
			const struct pack *pack, const struct opening_list *opening,
			int64_t *ret_opening, struct err *e)
{
	struct cycle_told told = {
		.pack = pack,
		.facts = &n->facts,
		.issued = n->issued,
		.begins = n->begins,
		.expires = n->expires,
		.every = (int)n->every,
		.has_total = pack->rules.has_total || n->required.unit,
	};
	int64_t id, required = INT_NONE;
	struct period days;

	int r = n->required.unit ? credential_amount(&pack->rules, n->required,
						     "required", &required, e)
				 : 0;
	if (r == 0)
		r = follow_expires(w, pack, &told.expires, e);
	if (r == 0)
		r = cycle_days(&told, w->today, &days, e);
	if (r == 0)
		r = insert_credential(w, n, alias, pack, &id, e);
	if (r == 0)
		r = credential_set_endorsements(w, id, &n->endorsements, e);
	if (r == 0)
		r = credential_set_facts(w,
					 &(struct fact_holder){id, pack, days, DATE_NONE},
					 &n->facts, e);
	if (r == 0)
		r = insert_cycle(w, id, pack, &days, required, e);
	if (r == 0)
		r = opening_store(w, alias, &days, opening, ret_opening, e);
	return r < 0 ? r : credential_sync(w, alias, e);
}

/* Without an amount that was said to be none. A pack that asks for hours goes on asking. */
static int take_amounts(struct credential_new *n, struct err *e)
{
	bool none = n->required.unit && n->required.exact == 0;

	if (none && n->pack)
		return err_set(e, -PDH_REFUSED, "required",
			       "%s says how many hours are required; leave it out",
			       n->pack);
	if (none)
		n->required.unit = NULL;
	return 0;
}

int credential_create(struct work *w, const struct credential_new *told,
		      const char **ret_alias, int64_t *ret_opening, struct err *e)
{
	struct credential_new taken = *told, *n = &taken;
	const struct pack *pack;
	struct opening_list opening;
	struct held_list held;
	struct pack own;

	int r = take_amounts(n, e);
	if (r == 0)
		r = opening_read(w, &n->opening, &opening, e);
	if (r == 0)
		r = held_all(w, DATE_NONE, &held, e);
	if (r < 0)
		return r;
	*ret_opening = INT_NONE;
	*ret_alias = n->alias ? n->alias
			      : propose_alias(&held, n->pack ? n->pack : n->alias_of,
					      n->title ? n->title : "", w->arena);
	r = find_pack(w, n, *ret_alias, &own, &pack, e);
	return r < 0 ? r : create_under(w, n, *ret_alias, pack, &opening, ret_opening, e);
}
