/* What a machine reads may be shown on a terminal all the same, and what a daemon sends is not trusted there: characters
 * that command the terminal, that turn the direction of the text, or that nobody sees do not pass as they are. */
#pragma once

#include <stdio.h>

/* For columns: a tab, a newline and a backslash are written \t, \n and \\, such characters \u200b or \U000e0001, so that
 * nothing is lost. What is not UTF-8 becomes U+FFFD. */
void visible_put_column(FILE *out, const char *text);

/* For templates, which have no escapes: characters that command or turn become a space, those that nobody sees go. */
void visible_put_line(FILE *out, const char *text);

/* For a JSON document that is whole: such characters become \u200B, which is the same to whoever reads JSON. */
void visible_put_json(FILE *out, const char *document);

/* For a document that is printed as it is: its newlines and tabs stay. What commands a terminal becomes U+FFFD; on a
 * terminal what turns the direction and what nobody sees goes too. */
void visible_put_document(FILE *out, const char *text, int tty);
