/* What the answers have in common: amounts, days and states in words, and the lines about effects. */
#pragma once

#include "client/term/screen.h"
#include "common/api.h"

struct show {
	struct screen s;
	const struct method *m;
	const void *params; /* of `m`; NULL: not known */
	civil_day today;
	bool one_line; /* --short */
};

enum { SHOW_INDENT = 2 };

/* ---- amounts ------------------------------------------------------------------------------------ */

/* 1, or 2 where one decimal would hide something that is there. */
int show_decimals(int64_t exact);

/* "134.0"; with a sign: "+2.5", "-7.3". */
const char *show_number(const struct show *v, int64_t exact, int decimals);
const char *show_signed(const struct show *v, int64_t exact, int decimals);

/* "200" where whole, else as show_number(). */
const char *show_whole(const struct show *v, int64_t exact);

const char *show_unit(struct credit c); /* "h" */
const char *show_credit(const struct show *v,
			struct credit c); /* "2.5 h", never broken; "" for none */

/* ---- days --------------------------------------------------------------------------------------- */

const char *show_day(const struct show *v, civil_day d); /* "13 Mar 2026"; "" for none */
const char *show_weekday(const struct show *v, civil_day d); /* "Fri 13 Mar 2026" */
const char *show_day_cell(const struct show *v, civil_day d,
			  bool year); /* "Sun  8 Feb", of one width */
const char *show_days(const struct show *v, int64_t days); /* "1 day", "535 days" */
const char *show_days_left(const struct show *v,
			   int64_t days); /* "535 days", "today", "12 days ago" */
const char *show_span(const struct show *v, civil_day from,
		      civil_day to); /* "1 Sep 2022 to 31 Aug 2027" */

/* ---- words -------------------------------------------------------------------------------------- */

/* "entry" and "entries": the text for `n`, with the number before it. */
const char *show_count(const struct show *v, int64_t n, const char *one,
		       const char *many);

/* "a, b, c"; "" for none. */
const char *show_texts(const struct show *v, const struct texts *t,
		       const char *separator);

/* "due soon" of due-soon. */
const char *show_spaced(const struct show *v, const char *word);

/* A state for people: "on pace", "due soon"; "no-hours" is valid, since that is what it says. */
const char *show_state(const struct show *v, enum credential_state state);
const char *show_state_upper(const struct show *v, enum credential_state state);
enum tint show_state_tint(enum credential_state state);

/* "us-tx-school-librarian 2026.1", or "rules of its own": what --hours, --need and --limit made. */
const char *show_pack_name(const struct show *v, const char *pack, const char *version);
bool show_is_made_by_hand(const char *pack);

bool show_is(const char *word, const char *other); /* equal; NULL is none */

/* ---- lines -------------------------------------------------------------------------------------- */

/* "TX School Librarian (tx-lib)      BEHIND": it is the title that is cut, since commands want the name. */
void show_credential_head(const struct show *v, const char *title, const char *alias,
			  enum credential_state state);

/* One line for each: "  tx-lib   +2.5   134.0 / 200 h   why not". Nothing for no effects. */
void show_effects(const struct show *v, const struct effect *effects, size_t n);

/* "  note   topic …", broken under itself. */
void show_notes(const struct show *v, const struct texts *notes);

/* "topic litaracy -> literacy", for each. */
void show_differences(const struct show *v, int at, const struct difference *d, size_t n);

/* The last line of a change: how to take it back, or that nothing was stored or is other than before. */
void show_undo_hint(const struct show *v, bool dry_run, int64_t op);

/* "#3 is as it was", where a change was asked for. */
void show_as_it_was(const struct show *v, const char *what, int64_t op);

/* What is outstanding about an item: "not yet done", "due 31 Aug 2027, 535 days". */
const char *show_item(const struct show *v, const struct item *item);
/* "Done? pdh credential item done 3", of one whose day was over before pdh knew of it; else
 * empty. */
const char *show_item_question(const struct show *v, const struct item *item);
enum tint show_item_tint(const struct item *item);

/* What is to be done of an item, or what it is: "pay", "clearance". */
const char *show_item_label(const struct item *item);

/* To have done the hours by the last day of their cycle is what the screen says anyhow. */
bool show_item_is_plain(const struct item *item, const struct cycle *c);
