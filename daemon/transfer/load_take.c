#include "daemon/transfer/load_parts.h"

#include "common/digest.h"
#include "common/texts.h"
#include "daemon/record/credential.h"

#include <string.h>

/* ---- person, reminders of all ------------------------------------------------------------------------- */

static int take_person(struct load *l, const json_t *line)
{
	AUTO_STMT s = NULL;
	int r = db_query(l->w->db, Q_person_get, &s, l->e);

	if (r == 0)
		r = db_step(l->w->db, s, l->e);
	if (r < 0 || (r > 0 && *db_word(s, 0) && !l->begins))
		return r < 0 ? r : 0;
	return load_store(l, PART_person, line);
}

static int take_usual(struct load *l, const json_t *line)
{
	AUTO_STMT s = NULL;
	int r = db_query(l->w->db, Q_load_has_usual, &s, l->e);

	if (r == 0)
		r = db_step(l->w->db, s, l->e);
	if (r > 0)
		texts_add(&l->ret->notes, "your own reminders stay as they are",
			  l->w->arena);
	if (r != 0)
		return r;
	l->usual = true;
	return load_store(l, PART_usual, line);
}

/* ---- rules and credentials ---------------------------------------------------------------------------- */

static const char *pack_name(struct load *l, const json_t *line)
{
	return arena_printf(&l->text, "%s %s", record_line_text(line, "pack"),
			    record_line_text(line, "version"));
}

/* The text has to be rules, and those that it is named after. */
static int take_rules(struct load *l, const json_t *line)
{
	const char *name = pack_name(l, line), *body = record_line_text(line, "body");
	uint64_t key = load_digest(name);
	struct pack pack;
	int64_t id;
	int r = load_once(l, &l->packs, key, name);

	if (r == 0)
		r = pack_parse(body, strlen(body), name, &l->text, &pack, l->e);
	if (r == 0 && (strcmp(pack.id, record_line_text(line, "pack")) != 0 ||
		       strcmp(pack.version, record_line_text(line, "version")) != 0))
		r = err_set(l->e, -PDH_REFUSED, NULL, "body: these are the rules %s %s",
			    pack.id, pack.version);
	if (r == 0)
		r = credential_rule_set(l->w, &pack, &id, l->e);
	if (r == 0)
		place_add(&l->packs, key, 1, l->line, l->w->arena);
	return r;
}

static int meet_credential(struct load *l, const json_t *line, int64_t there)
{
	texts_add(&l->there, arena_dup(l->w->arena, record_line_text(line, "alias")),
		  l->w->arena);
	load_note(l, PART_credentials, line, -there);
	return 0;
}

static int take_credential(struct load *l, const json_t *line)
{
	const json_t *list = json_object_get(line, "endorsements"), *member;
	const char *alias = record_line_text(line, "alias");
	struct texts names = {0};
	AUTO_STMT s = NULL;
	size_t i;
	int r = load_once(l, &l->aliases, load_digest(alias), alias);

	if (r == 0)
		r = db_query(l->w->db, Q_load_alias, &s, l->e);
	if (r < 0)
		return r;
	place_add(&l->aliases, load_digest(alias), 0, l->line, l->w->arena);
	db_bind_text(s, ":alias", alias);
	r = db_step(l->w->db, s, l->e);
	if (r < 0)
		return r;
	l->plan = digest_add(l->plan, alias, strlen(alias) + 1);
	if (r > 0)
		return meet_credential(l, line, db_int(s, 0));
	l->credentials++;
	r = load_store(l, PART_credentials, line);
	if (r < 0)
		return r;
	int64_t id = db_last_id(l->w->db);
	json_array_foreach(list, i, member)
		texts_add(&names, json_string_value(member), &l->text);
	return credential_set_endorsements(l->w, id, &names, l->e);
}

static int take_cycle(struct load *l, const json_t *line)
{
	const char *name = pack_name(l, line);

	if (!place_find(&l->packs, load_digest(name)))
		return err_set(l->e, -PDH_REFUSED, NULL,
			       "pack: %s is not among the rules above", name);
	return load_store(l, PART_cycles, line);
}

/* ---- files that activities came from ------------------------------------------------------------------ */

/* Beside what is there an import is known by its rows: one without new ones was taken before. */
static int take_import(struct load *l, const json_t *line)
{
	if (l->begins)
		return load_store(l, PART_imports, line);
	l->imports =
		arena_grow(l->w->arena, l->imports, l->imports_n, sizeof(*l->imports));
	l->imports[l->imports_n++] = json_incref((json_t *)(uintptr_t)line);
	load_note(l, PART_imports, line, LOAD_SKIPPED);
	return 0;
}

static int begin_import(struct load *l, struct place *p)
{
	const json_t *line = NULL;
	AUTO_STMT s = NULL;
	int r = db_query(l->w->db, Q_load_imports, &s, l->e);

	for (size_t i = 0; i < l->imports_n; i++)
		if ((uint64_t)record_line_int(l->imports[i], "id") == p->key)
			line = l->imports[i];
	if (r < 0 || !line)
		return r;
	db_bind_int(s, ":id", INT_NONE);
	record_line_bind(&transfer_parts[PART_imports], line, s);
	r = db_run(l->w->db, s, l->e);
	p->id = db_last_id(l->w->db);
	l->stored[PART_imports] += r == 0;
	return r;
}

static int take_import_row(struct load *l, const json_t *line)
{
	struct place *import = place_find(&l->ids[PART_imports],
					  (uint64_t)record_line_int(line, "import"));
	const struct place *activity = place_find(
		&l->ids[PART_activities], (uint64_t)record_line_int(line, "activity"));
	int r = 0;

	if (import && import->id == LOAD_SKIPPED && activity && activity->id > 0)
		r = begin_import(l, import);
	return r < 0 ? r : load_store(l, PART_import_rows, line);
}

/* The bytes are not in the file: what is kept here already has its own name, and what is not is told as absent. */
static int take_evidence(struct load *l, const json_t *line)
{
	AUTO_STMT s = NULL;
	int r = db_query(l->w->db, Q_load_sha256, &s, l->e);

	if (r < 0)
		return r;
	db_bind_text(s, ":sha256", record_line_text(line, "sha256"));
	r = db_step(l->w->db, s, l->e);
	if (r <= 0)
		return r < 0 ? r : load_store(l, PART_evidence, line);
	load_note(l, PART_evidence, line, db_int(s, 0));
	return 0;
}

/* ---- all parts ---------------------------------------------------------------------------------------- */

int load_take(struct load *l, enum part_id part, const json_t *line)
{
	int r = load_once_id(l, part, line);

	if (r < 0)
		return r;
	switch (part) {
	case PART_person:
		r = take_person(l, line);
		break;
	case PART_rules:
		r = take_rules(l, line);
		break;
	case PART_credentials:
		r = take_credential(l, line);
		break;
	case PART_cycles:
		r = take_cycle(l, line);
		break;
	case PART_activities:
		r = load_activity(l, line);
		break;
	case PART_usual:
		r = take_usual(l, line);
		break;
	case PART_imports:
		r = take_import(l, line);
		break;
	case PART_import_rows:
		r = take_import_row(l, line);
		break;
	case PART_evidence:
		r = take_evidence(l, line);
		break;
	case PART_facts:
	case PART_pauses:
	case PART_items:
	case PART_pursuits:
	case PART_pursuit_steps:
	case PART_have:
	case PART_carried:
	case PART_policies:
	case PART_answers:
	case PART_import_left:
	case PART_standing:
	case PART_evidence_of:
	case PART_COUNT:
	default:
		r = load_store(l, part, line);
	}
	return r < 0 ? r : 0;
}
