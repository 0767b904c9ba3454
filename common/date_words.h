/* The words of a date that a person types. For date_parse.c, date_phrase.c and date_period.c. */
#pragma once

#include "common/date.h"

#include <stddef.h>

enum { DATE_TYPED_MAX = 100, DATE_WORDS_MAX = 16, DATE_TEXT_SIZE = 4 * DATE_TYPED_MAX };

/* A text cut into runs of digits and of other characters, in lower case (typed_plain()). Blanks, commas, full stops,
 * slashes, dashes and apostrophes are left out; `before` says which of them stood in front of each word, '\0' where the text goes on
 * without one ("3days"). */
struct date_words {
	const char *v[DATE_WORDS_MAX];
	char before[DATE_WORDS_MAX];
	size_t n;
};

/* Cuts into `buffer`, which the words point into. 0, or -1 where it has none or too many, or a sign in
 * front. */
int date_words_cut(const char *text, char buffer[DATE_TEXT_SIZE], struct date_words *ret);

/* Without the first words. */
struct date_words date_words_from(const struct date_words *w, size_t from);

bool date_word_is(const struct date_words *w, size_t i, const char *word);

/* A number of digits alone, or -1; typed_count() reads words too. */
int date_word_number(const char *word);

/* 1 to 12, and 1 (Monday) to 7; 0: it is none. Three letters of a name are enough. */
int date_word_month(const char *word);
int date_word_weekday(const char *word);

/* Days of a word such as "weeks"; months are told by a negative number; 0: it is none. */
int date_word_unit(const char *word);

/* The year of four digits, or of two: the last such year that is not more than 20 years ahead. -1: it is neither. */
int date_word_year(const char *word, civil_day today);

/* So many of a unit later, or earlier; DATE_NONE past the years there are. */
civil_day date_words_move(civil_day today, int count, int unit);

/* The weekday at or around today, on the side it leans to; `strict` leaves today out. */
civil_day date_words_weekday(civil_day today, int weekday, enum date_lean lean,
			     bool strict);

/* Leaves out what names no day: "on" and "by" in front; a time and a part of the day ("at 3pm", "evening"), and "today" behind
 * "ago". "last night" becomes "yesterday". */
void date_words_trim(struct date_words *w);

/* The Monday of a week as ISO 8601 numbers them; DATE_NONE where the year has none such. */
civil_day date_words_week(int year, int week);

/* A day that is said by others around it: "the 14th", "two fridays ago", "monday of last week", "two weeks from friday",
 * "the end of June", "2026-W10-3". DATE_NONE: it is none of these. */
civil_day date_words_phrase(const struct date_words *w, civil_day today,
			    enum date_lean lean);

/* Whether the words are a period of several days. */
bool date_words_period(const struct date_words *w, civil_day today, struct period *ret);

/* A day, as date_parse() reads it: 1, 0 where the text is none, or -PDH_USAGE with what is wrong about it. */
int date_words_day(const char *text, civil_day today, enum date_order order,
		   enum date_lean lean, civil_day *ret, struct err *e);
