#include "client/cli/asked.h"

#include <string.h>

/* The first row that fits is meant: `verb` begins the command, "" begins all; `name` is the parameter. */
static const struct {
	const char *verb, *name, *question;
} rows[] = {
	{"credential item add", "title", "What is it? Give a title."},
	{"credential item ", "id",
	 "Which item? Give its number (pdh credential show NAME)."},
	{"have add", "kind",
	 "What do you have? Give its kind, such as degree, exam or experience."},
	{"have add", "title", "What is it? Give its name, subject or position."},
	{"have ", "id", "Which one? Give its number (pdh have)."},
	{"evidence ", "id", "Which proof? Give its number (pdh evidence)."},
	{"evidence save", "file",
	 "Where should the copy go? Give a file, a folder, or - for standard output."},
	{"import show", "import", "Which import? Give its number (pdh import list)."},
	{"explain", "subject",
	 "Explain what? Give the number of an activity (pdh list) or a credential."},
	{"rules search", "text",
	 "Search for what? Give your job and state, such as librarian texas."},
	{"rules diff", "rules",
	 "Compare what? Give a credential, a rules pack or a file."},
	{"remind snooze", "until", "Until when? Give a day, such as fri or 2026-06-01."},
	{"", "reminder", "Which reminder? Give its name (pdh remind list)."},
	{"", "id", "Which activity? Give its number (pdh list)."},
	{"", "ids", "Which activity? Give its number (pdh list)."},
	{"", "entry", "Which activity? Give its number (pdh list)."},
	{"", "credential",
	 "Which credential? Give its short name (pdh credential list)."},
	{"", "pack", "Which rules pack? Give its name (pdh rules list)."},
	{"", "packs", "Which places? Give states or rules packs, such as tx co."},
	{"", "file", "Which file? Give its name."},
	{"", "folder", "Which backup? Give its folder."},
	{"", "shell", "Which shell? Give bash, zsh or fish."},
	{"", "title", "What did you do? Give a title."},
};

const char *asked_question(const struct method *m, const struct field *f)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strncmp(m->verb, rows[i].verb, strlen(rows[i].verb)) == 0 &&
		    strcmp(f->name, rows[i].name) == 0)
			return rows[i].question;
	return NULL;
}
