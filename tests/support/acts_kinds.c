/* What each method that writes is called with. */
#include "tests/support/acts_kinds.h"
#include "tests/support/transferred.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool chance(struct acts *a, int percent)
{
	return acts_draw(a, 100) < percent;
}

#define PICK(a, words) (words)[acts_draw(a, sizeof(words) / sizeof((words)[0]))]

static void set(json_t *p, const char *name, const char *text)
{
	json_object_set_new(p, name, json_string(text));
}

/* One of the rows, as text; "" where there are none. The rows stand in an order of their own, so that one series of draws
 * comes to the same calls each time. */
static const char *any_of(struct acts *a, const char *sql, char out[64])
{
	char sorted[512];
	sqlite3_stmt *s = NULL;
	int n = 0;

	out[0] = '\0';
	snprintf(sorted, sizeof(sorted), "SELECT * FROM (%s) ORDER BY 1", sql);
	if (sqlite3_prepare_v2(db_handle(a->home->rpc.db), sorted, -1, &s, NULL) !=
	    SQLITE_OK)
		return out;
	while (sqlite3_step(s) == SQLITE_ROW)
		n++;
	for (int k = n ? acts_draw(a, n) : -1; k >= 0; k--)
		(void)sqlite3_step(s);
	if (n)
		snprintf(out, 64, "%s", (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	return out;
}

static void set_credential(struct acts *a, json_t *p, const char *name)
{
	char alias[64];

	set(p, name,
	    chance(a, 3) ? "nobody" : any_of(a, "SELECT alias FROM credential", alias));
}

static void set_id(struct acts *a, json_t *p, const char *name, const char *sql)
{
	char id[64];

	any_of(a, sql, id);
	json_object_set_new(p, name,
			    json_integer(chance(a, 3) ? 999 : strtoll(id, NULL, 10)));
}

static void set_day(struct acts *a, json_t *p, const char *name, int back, int ahead)
{
	char iso[DATE_ISO_SIZE];

	if (chance(a, 4)) {
		set(p, name, "none");
		return;
	}
	date_format_iso(a->today - back + acts_draw(a, back + ahead + 1), iso);
	set(p, name, iso);
}

static void set_list(struct acts *a, json_t *p, const char *name,
		     const char *const *words, int n, int most)
{
	json_t *l = json_array();

	for (int i = acts_draw(a, most + 1); i > 0; i--)
		json_array_append_new(l, json_string(words[acts_draw(a, n)]));
	json_object_set_new(p, name, l);
}

static void set_aliases(struct acts *a, json_t *p, const char *name)
{
	char alias[64];
	json_t *l = json_array();

	for (int i = acts_draw(a, 3); i > 0; i--)
		json_array_append_new(
			l, json_string(any_of(a, "SELECT alias FROM credential", alias)));
	json_object_set_new(p, name, l);
}

static const char *const credits[] = {"0.5h", "1h",  "2h30", "6h", "90m",
				      "1ceu", "12h", "3h",   "0h"};
static const char *const titles[] = {"Reading",	 "Workshop",  "Book club",
				     "Archives", "MARC",      "Story hour",
				     "Webinar",	 "Mentoring", "reading"};
static const char *const topics[] = {"ethics", "law", "literacy", "diversity", "tech"};
static const char *const kinds[] = {"workshop", "course", "self-study", "presenting", ""};
static const char *const splits[] = {"ethics=0.5h", "law=1h", "ethics=1h", "tech=20h"};
static const char *const approvals[] = {"approved", "pending", "refused", "", "maybe"};
static const char *const aliases[] = {"lab", "city", "club", "fp", "tx", "other"};
static const char *const facts[] = {
	"work=school", "work=none", "work=", "group=a", "group=b", "size=3"};
static const char *const repeats[] = {"weekly", "every-2-weeks", "monthly"};
static const char *const openings[] = {"2.5h", "6h, ethics 1h", "2h in 2026", "many",
				       "0"};
static const char *const notes[] = {"a note", "", "another"};

#define LIST(words) words, (int)(sizeof(words) / sizeof((words)[0]))

/* What an activity may have besides its credit and title; of an edit each is as likely. */
static void describe(struct acts *a, json_t *p, int percent)
{
	if (chance(a, percent))
		set_list(a, p, "topics", LIST(topics), 2);
	if (chance(a, percent))
		set(p, "kind", PICK(a, kinds));
	if (chance(a, percent / 2))
		set_list(a, p, "split", LIST(splits), 2);
	if (chance(a, percent / 2))
		set(p, "approval", PICK(a, approvals));
	if (chance(a, percent / 2))
		set(p, "note", PICK(a, notes));
	if (chance(a, percent / 4))
		json_object_set_new(p, "planned", json_boolean(chance(a, 50)));
	if (chance(a, percent / 4))
		json_object_set_new(p, "duty", json_boolean(chance(a, 50)));
	if (chance(a, percent / 2))
		set_aliases(a, p, "only");
	else if (chance(a, percent / 2))
		set_aliases(a, p, "except");
}

static void log_one(struct acts *a, json_t *p)
{
	set(p, "credit", PICK(a, credits));
	set(p, "title", PICK(a, titles));
	if (chance(a, 80))
		set_day(a, p, "done_on", 700, 3);
	describe(a, p, 30);
	json_object_set_new(p, "similar", json_boolean(chance(a, 80)));
}

static void activity_add(struct acts *a, json_t *p)
{
	log_one(a, p);
	if (chance(a, 10))
		set_id(a, p, "again", "SELECT id FROM activity");
	else if (chance(a, 5))
		set_id(a, p, "like", "SELECT id FROM activity");
	if (chance(a, 5)) {
		set(p, "repeat", PICK(a, repeats));
		json_object_set_new(p, "times", json_integer(1 + acts_draw(a, 4)));
	}
}

static void timer_start(struct acts *a, json_t *p)
{
	if (chance(a, 80))
		set(p, "title", PICK(a, titles));
	if (chance(a, 50))
		set_list(a, p, "topics", LIST(topics), 2);
	if (chance(a, 50))
		set(p, "kind", PICK(a, kinds));
}

static void timer_stop(struct acts *a, json_t *p)
{
	timer_start(a, p);
	if (chance(a, 30))
		set(p, "pause", "1m");
	json_object_set_new(p, "discard", json_boolean(chance(a, 30)));
	json_object_set_new(p, "similar", json_true());
}

static void activity_import(struct acts *a, json_t *p)
{
	json_t *l = json_array();

	for (int i = 1 + acts_draw(a, 4); i > 0; i--) {
		json_t *one = json_object();
		log_one(a, one);
		json_array_append_new(l, one);
	}
	json_object_set_new(p, "activities", l);
}

/* Sends one of a few files; the one before is dropped, where nothing has taken it. */
static void send_file(struct acts *a)
{
	static const char *const contents[] = {"first", "second one", "a third"};
	const char *content = PICK(a, contents);
	json_t *drop = json_pack("{s:s}", "token", a->upload[0] ? a->upload : "none");
	json_t *begin = json_pack("{s:i, s:s}", "size", (int)strlen(content), "purpose",
				  "evidence");
	json_t *e;

	(void)home_try(a->home, "upload.drop", drop, &e);
	json_t *r = home_try(a->home, "upload.begin", begin, &e);
	snprintf(a->upload, sizeof(a->upload), "%s", r ? text_at(r, "token") : "none");
	json_t *piece = json_pack("{s:s, s:i, s:{s:s}}", "token", a->upload, "offset", 0,
				  "data", "$bytes", content);
	(void)home_try(a->home, "upload.write", piece, &e);
	json_decref(drop);
	json_decref(begin);
	json_decref(piece);
}

static void import_run(struct acts *a, json_t *p)
{
	static const char *const sources[] = {"c-1", "c-2", "c-3", "c-4"};
	static const char *const fates[] = {"reduce", "keep", "keep", "perhaps"};
	json_t *l = json_array();

	for (int i = 1 + acts_draw(a, 5); i > 0; i--) {
		json_t *one = json_object();
		log_one(a, one);
		json_object_del(one, "only");
		json_object_del(one, "except");
		json_object_set_new(one, "line", json_integer(i));
		if (chance(a, 30))
			set(one, "source_id", PICK(a, sources));
		json_array_append_new(l, one);
	}
	set(p, "file", "log.csv");
	set(p, "layout", "generic");
	/* Left out it is asked for, but not of a dry run. */
	set(p, "opening", PICK(a, fates));
	if (chance(a, 30))
		json_object_set_new(p, "again", json_true());
	if (chance(a, 30))
		json_object_set_new(p, "update", json_true());
	if (chance(a, 40))
		json_object_set_new(p, "similar", json_true());
	if (chance(a, 25)) {
		json_object_set_new(p, "keep", json_true());
		send_file(a);
		set(p, "original", a->upload);
	}
	json_object_set_new(p, "activities", l);
}

static const char *const fates[] = {"reduce", "keep"};

/* A board's list: some lines, now and then of what is there. */
static void reconcile_save(struct acts *a, json_t *p)
{
	char *text = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&text, &n);

	for (int i = acts_draw(a, 4); i >= 0; i--) {
		json_t *one = json_object();
		log_one(a, one);
		json_object_del(one, "only");
		json_object_del(one, "except");
		json_dumpf(one, f, JSON_COMPACT);
		fputc('\n', f);
		json_decref(one);
	}
	(void)fclose(f);
	set_credential(a, p, "credential");
	set(p, "upload", transferred_upload(a->home, text, "import"));
	json_object_set_new(p, "keep", json_boolean(chance(a, 80)));
	json_object_set_new(p, "take", json_boolean(chance(a, 40)));
	set(p, "opening", PICK(a, fates));
	free(text);
}

static const char *const renames[] = {"literacy=reading", "reading=literacy",
				      "ethics=éthique", "literacy", "=x"};

static void set_several(struct acts *a, json_t *p)
{
	char id[64];
	json_t *l = json_array();

	for (int i = 1 + acts_draw(a, 3); i > 0; i--)
		json_array_append_new(
			l, json_integer(strtoll(any_of(a, "SELECT id FROM activity", id),
						NULL, 10)));
	json_object_set_new(p, "ids", l);
}

static void activity_edit(struct acts *a, json_t *p)
{
	if (chance(a, 20))
		set_several(a, p);
	else
		set_id(a, p, "id", "SELECT id FROM activity");
	if (chance(a, 10))
		json_object_set_new(p, "rename", json_pack("[s]", PICK(a, renames)));
	if (chance(a, 3))
		set(p, "filter", "literacy");
	if (chance(a, 30))
		set(p, "credit", PICK(a, credits));
	if (chance(a, 30))
		set(p, "title", PICK(a, titles));
	if (chance(a, 30))
		set_day(a, p, "done_on", 700, 3);
	describe(a, p, 20);
}

static void activity_remove(struct acts *a, json_t *p)
{
	set_several(a, p);
	if (chance(a, 3))
		set(p, "filter", "literacy");
}

/* A credential of a year, with what rules of theirs are about. */
static void hold_pack(struct acts *a, json_t *p, const char *pack)
{
	char day[DATE_ISO_SIZE];
	int year, month, dom;

	date_split(a->today, &year, &month, &dom);
	set(p, "pack", pack);
	date_format_iso(date_make(year, 1, 1), day);
	set(p, "begins", day);
	date_format_iso(date_make(year, 12, 31), day);
	set(p, "expires", day);
	if (chance(a, 50))
		set_list(a, p, "facts", LIST(facts), 2);
	if (chance(a, 30))
		set_list(a, p, "opening", LIST(openings), 1);
}

static void hold(struct acts *a, json_t *p)
{
	switch (acts_draw(a, 4)) {
	case 0:
		hold_pack(a, p, "lab");
		break;
	case 1:
		hold_pack(a, p, "club");
		break;
	case 2:
		set(p, "title", "City archivist");
		set(p, "required", "40h");
		set(p, "every", "2y");
		set_day(a, p, "expires", 20, 700);
		break;
	default:
		set(p, "pack", "clearance");
		set(p, "title", "Prints");
		set_day(a, p, "expires", 20, 90);
	}
	if (chance(a, 80))
		set(p, "alias", PICK(a, aliases));
	if (chance(a, 30))
		set(p, "number", "12340093");
}

static void credential_add(struct acts *a, json_t *p)
{
	hold(a, p);
	if (chance(a, 20))
		set_list(a, p, "endorsements", LIST(topics), 2);
}

static void setup_run(struct acts *a, json_t *p)
{
	if (chance(a, 60))
		set(p, "name", PICK(a, titles));
	if (chance(a, 60))
		hold(a, p);
	json_object_del(p, "begins");
}

static void credential_edit(struct acts *a, json_t *p)
{
	static const char *const numbers[] = {"12340093", "56780093", "", "1"};

	set_credential(a, p, "credential");
	if (chance(a, 10))
		set(p, "alias", PICK(a, aliases));
	if (chance(a, 20))
		set(p, "title", PICK(a, titles));
	if (chance(a, 20))
		set_day(a, p, "expires", 20, 500);
	if (chance(a, 10))
		set_day(a, p, "begins", 500, 10);
	if (chance(a, 20))
		set(p, "number", PICK(a, numbers));
	if (chance(a, 20))
		set_list(a, p, "endorsements", LIST(topics), 2);
	if (chance(a, 10))
		set(p, "required", PICK(a, credits));
	if (chance(a, 40))
		set_list(a, p, "facts", LIST(facts), 2);
	if (chance(a, 20))
		set_list(a, p, "opening", LIST(openings), 1);
	if (chance(a, 15))
		set_day(a, p, "from", 300, 10);
}

static void credential_renew(struct acts *a, json_t *p)
{
	set_credential(a, p, "credential");
	if (chance(a, 50))
		set_day(a, p, "expires", 0, 700);
}

static void cycle_add(struct acts *a, json_t *p)
{
	set_credential(a, p, "credential");
	if (chance(a, 60))
		set_day(a, p, "begins", 1500, 10);
	if (chance(a, 30))
		set_day(a, p, "ends", 1200, 10);
	if (chance(a, 30))
		set(p, "required", PICK(a, credits));
	if (chance(a, 60))
		set(p, "counted", PICK(a, credits));
	if (chance(a, 30))
		set(p, "carried", PICK(a, credits));
}

static void credential_pause(struct acts *a, json_t *p)
{
	set_credential(a, p, "credential");
	if (chance(a, 60))
		set_day(a, p, "from", 60, 30);
	if (chance(a, 60))
		set_day(a, p, "until", 10, 90);
}

static void credential_only(struct acts *a, json_t *p)
{
	set_credential(a, p, "credential");
}

static void item_add(struct acts *a, json_t *p)
{
	set_credential(a, p, "credential");
	set(p, "title", PICK(a, titles));
	if (chance(a, 60))
		set_day(a, p, "due", 30, 90);
	if (chance(a, 30))
		set_day(a, p, "done_on", 30, 1);
}

static const char any_item[] = "SELECT id FROM item";

static void item_edit(struct acts *a, json_t *p)
{
	set_id(a, p, "id", any_item);
	if (chance(a, 40))
		set(p, "title", PICK(a, titles));
	if (chance(a, 40))
		set_day(a, p, "due", 30, 90);
	if (chance(a, 30))
		set_day(a, p, "done_on", 30, 0);
}

static void item_done(struct acts *a, json_t *p)
{
	set_id(a, p, "id", any_item);
	if (chance(a, 50))
		set_day(a, p, "on", 30, 1);
}

static void item_remove(struct acts *a, json_t *p)
{
	set_id(a, p, "id", any_item);
}

static const char any_have[] = "SELECT id FROM have";
static const char *const have_kinds[] = {"degree",     "exam",	 "credits",
					 "experience", "course", "luck"};

/* Its level, score and credits go with some kinds alone. */
static void have_parts(struct acts *a, json_t *p)
{
	static const char *const levels[] = {"master", "bachelor", "initial", ""};

	if (chance(a, 50))
		set(p, "level", PICK(a, levels));
	if (chance(a, 40))
		json_object_set_new(p, "score", json_integer(acts_draw(a, 300) - 5));
	if (chance(a, 40))
		set(p, "credit", PICK(a, credits));
	if (chance(a, 50))
		set_day(a, p, "on", 700, 3);
}

static void have_add(struct acts *a, json_t *p)
{
	set(p, "kind", PICK(a, have_kinds));
	set(p, "title", PICK(a, titles));
	have_parts(a, p);
}

static void have_edit(struct acts *a, json_t *p)
{
	set_id(a, p, "id", any_have);
	if (chance(a, 40))
		set(p, "title", PICK(a, titles));
	have_parts(a, p);
}

static void have_remove(struct acts *a, json_t *p)
{
	set_id(a, p, "id", any_have);
}

static void plan_save(struct acts *a, json_t *p)
{
	static const char *const what[] = {"3h workshop", "2h law monthly until 2027-06",
					   "nothing at all"};

	json_object_set_new(p, "add", json_pack("[s]", PICK(a, what)));
}

/* Names of reminders are told by the daemon alone. */
static void set_reminder(struct acts *a, json_t *p)
{
	json_t *params = json_object(), *e;
	json_t *r = home_try(a->home, "reminder.list", params, &e);
	json_t *all = r ? json_object_get(r, "reminders") : NULL;
	size_t n = json_array_size(all);

	set(p, "reminder",
	    n ? text_at(json_array_get(all, (size_t)acts_draw(a, (int)n)), "id")
	      : "none/1d");
	json_decref(params);
}

static void reminder_named(struct acts *a, json_t *p)
{
	set_reminder(a, p);
}

static void reminder_snooze(struct acts *a, json_t *p)
{
	set_reminder(a, p);
	set_day(a, p, "until", 1, 20);
}

static void reminder_policy(struct acts *a, json_t *p)
{
	static const char *const leads[] = {"90d,30d", "14d,1d,0d", "", "x"};
	static const char *const times[] = {"08:00", "17:30", "25:00"};

	if (chance(a, 70))
		set_credential(a, p, "credential");
	if (chance(a, 50))
		set(p, "lead", PICK(a, leads));
	if (chance(a, 30))
		set(p, "at", PICK(a, times));
	if (chance(a, 20))
		json_object_set_new(p, "usual", json_true());
}

static void reminder_channel(struct acts *a, json_t *p)
{
	static const char *const channels[] = {"desktop", "mail", "command", "calendar",
					       "pigeon"};

	set(p, "channel", PICK(a, channels));
	if (chance(a, 30))
		json_object_set_new(p, "off", json_true());
	else if (chance(a, 30))
		json_object_set_new(p, "on", json_true());
	if (chance(a, 30))
		set(p, "to", "dana@example.org");
	if (chance(a, 20))
		json_object_set_new(p, "seconds", json_integer(acts_draw(a, 30)));
}

/* Their own records, or what they might be in another home. */
static void records_load(struct acts *a, json_t *p)
{
	static const char *const changes[][2] = {
		{"\"uid\":\"a", "\"uid\":\"b"}, /* others, and now and then the same */
		{"\"title\":\"Reading\"", "\"title\":\"Reading again\""},
		{"\"alias\":\"city\"", "\"alias\":\"town\""},
		{"\"version\"", "\"edition\""},
		{"", ""},
	};
	const char *const *change = PICK(a, changes);
	char *is = transferred_document(a->home, "{}", NULL);
	char *text =
		*change[0] ? transferred_replace(is, change[0], change[1]) : strdup(is);

	set(p, "upload", transferred_upload(a->home, text, "records"));
	json_object_set_new(p, "update", json_boolean(chance(a, 50)));
	free(is);
	free(text);
}

static void evidence_add(struct acts *a, json_t *p)
{
	static const char *const names[] = {"cert.pdf", "../letter.txt", "badge.png"};

	send_file(a);
	set(p, "upload", chance(a, 5) ? "none" : a->upload);
	set(p, "name", PICK(a, names));
	if (chance(a, 15))
		set_id(a, p, "item", any_item);
	else if (chance(a, 15))
		set_credential(a, p, "credential");
	else
		set_several(a, p); /* "ids" */
	if (chance(a, 30))
		set(p, "note", PICK(a, notes));
}

static void evidence_add_all(struct acts *a, json_t *p)
{
	json_t *one = json_object();

	evidence_add(a, one);
	json_object_set_new(p, "files", json_array());
	json_array_append_new(json_object_get(p, "files"), one);
}

static void evidence_remove(struct acts *a, json_t *p)
{
	json_t *ids = json_object();

	set_id(a, p, "id", "SELECT id FROM evidence");
	if (chance(a, 30)) {
		set_several(a, ids);
		json_object_set(p, "from", json_object_get(ids, "ids"));
	} else if (chance(a, 20)) {
		set_id(a, p, "item", any_item);
	} else if (chance(a, 20)) {
		set_credential(a, p, "credential");
	}
	json_decref(ids);
}

static void nothing(struct acts *a, json_t *p)
{
	(void)a;
	(void)p;
}

static void change_undo(struct acts *a, json_t *p)
{
	if (chance(a, 70))
		set_id(a, p, "op",
		       "SELECT id FROM (SELECT id FROM change ORDER BY id DESC LIMIT 30)");
}

const struct act_kind act_kinds[] = {
	{"activity.add", 20, activity_add},
	{"activity.import", 6, activity_import},
	{"timer.start", 3, timer_start},
	{"timer.stop", 3, timer_stop},
	{"import.run", 8, import_run},
	{"records.load", 3, records_load},
	{"reconcile.save", 4, reconcile_save},
	{"activity.edit", 14, activity_edit},
	{"activity.remove", 8, activity_remove},
	{"credential.add", 6, credential_add},
	{"credential.edit", 10, credential_edit},
	{"credential.issue", 2, credential_only},
	{"credential.renew", 6, credential_renew},
	{"cycle.add", 3, cycle_add},
	{"credential.pause", 2, credential_pause},
	{"credential.resume", 2, credential_only},
	{"credential.retire", 1, credential_only},
	{"credential.remove", 3, credential_only},
	{"item.add", 3, item_add},
	{"item.edit", 4, item_edit},
	{"item.done", 4, item_done},
	{"item.remove", 3, item_remove},
	{"have.add", 4, have_add},
	{"have.edit", 4, have_edit},
	{"have.remove", 2, have_remove},
	{"evidence.add", 6, evidence_add},
	{"evidence.add_all", 3, evidence_add_all},
	{"evidence.remove", 3, evidence_remove},
	{"evidence.purge", 1, nothing},
	{"plan.save", 1, plan_save},
	{"setup.run", 2, setup_run},
	{"pack.adopt", 1, credential_only},
	{"reminder.shown", 3, reminder_named},
	{"reminder.ack", 3, reminder_named},
	{"reminder.snooze", 3, reminder_snooze},
	{"reminder.policy", 3, reminder_policy},
	{"reminder.channel", 3, reminder_channel},
	{"reminder.test", 1, nothing},
	{"reminder.run", 1, nothing},
	{"change.undo", 12, change_undo},
	{"change.redo", 4, nothing},
};

const size_t act_kind_count = sizeof(act_kinds) / sizeof(act_kinds[0]);
