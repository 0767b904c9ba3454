/* Reading a pack's tree by schema: tables say which keys a map may have, in which order
 * they are read, and by what. Everything else is refused with its line and the nearest
 * word. */
#pragma once

#include "common/kind.h"
#include "common/yaml.h"

struct reader {
	const char *name;    /* of the file, for messages */
	struct arena *arena; /* of the pack */
	bool written;	     /* by a person, who may have slipped */
	struct err *e;
};

struct key {
	const char *word;
	bool needed;
	/* Reads value `v` into the struct that the map describes. 0 or negative. */
	int (*read)(struct reader *r, const struct key *k, const struct yaml *v,
		    void *into);
	size_t offset;	/* of the member that read_text() and read_date() fill */
	enum kind kind; /* of a text */
};

/* Reads a map. Its keys are read in the order of the table, so that what one refers to
 * can be read before. */
int read_map(struct reader *r, const struct yaml *map, const char *what,
	     const struct key *keys, size_t n, void *into);

#define READ_MAP(r, map, what, keys, into) \
	read_map(r, map, what, keys, sizeof(keys) / sizeof((keys)[0]), into)

/* One value, checked as its kind: a `const char *` at the key's offset. */
int read_text(struct reader *r, const struct key *k, const struct yaml *v, void *into);

/* A date: a civil_day at the key's offset. */
int read_date(struct reader *r, const struct key *k, const struct yaml *v, void *into);

/* One of the words of a kind of choices.def: its enum at the key's offset. */
int read_choice(struct reader *r, const struct key *k, const struct yaml *v, void *into);

/* yes or no: a bool at the key's offset. */
int read_yes_no(struct reader *r, const struct key *k, const struct yaml *v, void *into);

/* A length such as "5 years": an int of months at the key's offset. */
int read_span(struct reader *r, const struct key *k, const struct yaml *v, void *into);

/* One of `words`: *ret is its index, as of an enum of the same order. */
int read_word(struct reader *r, const struct yaml *v, const char *what,
	      const char *const *words, size_t n, int *ret);

#define READ_WORD(r, v, what, words, ret) \
	read_word(r, v, what, words, sizeof(words) / sizeof((words)[0]), ret)

/* The same for values without a table; `what` is their name in messages. */
int read_choice_of(struct reader *r, const struct yaml *v, const char *what,
		   enum kind kind, int *ret);
int read_text_of(struct reader *r, const struct yaml *v, const char *what, enum kind kind,
		 const char **ret);

/* `v` is a list or a map as asked; -PDH_REFUSED if it is something else. */
int read_want(struct reader *r, const struct yaml *v, const char *what,
	      enum yaml_kind kind);

/* A name of the pack's own: lower-case letters, digits, - and _, beginning with a letter. */
int read_check_id(struct reader *r, const struct yaml *v, const char *what,
		  const char *id);

/* `word` is one of `words`; the refusal lists them. */
int read_check_word(struct reader *r, const struct yaml *v, const char *what,
		    const char *word, const char *const *words, size_t n);

/* The refusal of a word: "is not supported by this version of pdh" where the vocabulary
 * of rules has it, else "is unknown", with the nearest of `words`. */
int read_refuse_word(struct reader *r, const struct yaml *v, const char *what,
		     const char *word, const char *const *words, size_t n);

#define read_refuse(r, v, ...) yaml_refuse((r)->name, (v)->line, (r)->e, __VA_ARGS__)
